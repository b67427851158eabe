import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../host/host.js';
import { createRecordingHost } from '../host/record.js';
import { createReplayHost } from '../host/replay.js';
import type { Target } from '../model/target.js';
import { formatRecording, parseRecordedRun, trimCalls, type RecordedRun } from '../recording.js';
import { redactDeep } from '../reporters/redact.js';
import { UsageError } from './usage-error.js';

const FILE_NAME = 'recording.json';

/** A host that records, and what writes the recording when the run is over. */
export function startRecording(
  host: Host,
  targets: readonly Target[],
  folder: string,
): { host: Host; finish: () => Promise<void> } {
  const recorder = createRecordingHost(host);
  return {
    host: recorder.host,
    finish: async () => {
      const recording = recorder.recording();
      const document: RecordedRun = {
        ...recording,
        calls: trimCalls(recording.calls, targets),
        targets,
        system: await host.describeSystem(),
      };
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, FILE_NAME), formatRecording(redactDeep(document)), { mode: 0o600 });
    },
  };
}

/** The machine and the targets of a recording. */
export async function readRecording(folder: string): Promise<{ host: Host; targets: readonly Target[] }> {
  const file = join(folder, FILE_NAME);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The recording ${file} cannot be read (${error.code ?? error.message}).`);
  });
  const run = parseJson(text);
  if (run === null) throw new UsageError(`${file} is not a recording of debug-doctor.`);
  return { host: createReplayHost(run), targets: run.targets };
}

function parseJson(text: string): RecordedRun | null {
  try {
    return parseRecordedRun(JSON.parse(text));
  } catch {
    return null;
  }
}
