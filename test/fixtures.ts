import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHECKS } from '../checks/index.js';
import { vocabulary } from '../src/reporters/vocabulary.js';
import { diagnose } from '../src/diagnose.js';
import { exitCodeOf } from '../src/engine/exit-code.js';
import { createReplayHost } from '../src/host/replay.js';
import type { CauseId } from '../src/model/cause-ids.js';
import type { Confidence } from '../src/model/check.js';
import type { CheckOutcome, HopState, Report, Status } from '../src/model/report.js';
import { parseRecordedRun, type RecordedRun } from '../src/recording.js';
import { createReport } from '../src/reporters/report.js';

const FIXTURES = resolve(import.meta.dirname, '../fixtures');

/** What must be concluded from a recording. */
export interface Expected {
  status: Status;
  symptom: string | null;
  /** The likeliest first. */
  rootCauses: readonly { cause: CauseId; check: string; confidence: Confidence }[];
  path: Readonly<Record<string, HopState>>;
  checks: Readonly<Record<string, CheckOutcome>>;
  ruledOut: readonly CauseId[];
}

export interface Fixture {
  /** Platform and scenario, such as `linux/wrong-port`. */
  id: string;
  folder: string;
}

/** Every folder of fixtures/<platform>/. */
export function listFixtures(): Fixture[] {
  return (
    ['linux', 'darwin', 'win32']
      .filter((platform) => existsSync(join(FIXTURES, platform)))
      .flatMap((platform) => readdirSync(join(FIXTURES, platform)).map((scenario) => join(platform, scenario)))
      // The folder of a check that is being written has no recording yet.
      .filter((id) => existsSync(join(FIXTURES, id, 'recording.json')))
      .map((id) => ({ id, folder: join(FIXTURES, id) }))
  );
}

export function readRecordedRun({ id, folder }: Fixture): RecordedRun {
  const run = parseRecordedRun(JSON.parse(readFileSync(join(folder, 'recording.json'), 'utf8')));
  if (run === null) throw new Error(`${id} is no recording`);
  return run;
}

export function readExpected({ folder }: Fixture): Expected {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
}

/** Diagnoses a recorded machine, without this one. */
export async function replay(recorded: RecordedRun): Promise<Report> {
  const run = await diagnose(createReplayHost(recorded), recorded.targets, CHECKS);
  return createReport(
    run,
    vocabulary,
    '0.0.0',
    exitCodeOf(
      run.targets.map(({ conclusion }) => conclusion),
      'error',
    ),
  );
}

/** A report in the words of an expectation. */
export function concludedIn({ targets }: Report): Expected {
  const [target] = targets;
  if (target === undefined) throw new Error('the report has no target');
  const { symptom, rootCauses, ruledOut } = target.diagnosis;
  const byName = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
    Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return {
    status: target.status,
    symptom: symptom?.id ?? null,
    rootCauses: rootCauses.map(({ cause, check, confidence }) => ({ cause, check, confidence })),
    path: Object.fromEntries(target.path.map(({ hop, state }) => [hop, state])),
    checks: byName(target.results.map(({ check, outcome }) => [check, outcome] as const)),
    ruledOut: ruledOut.map(({ cause }) => cause).toSorted(),
  };
}
