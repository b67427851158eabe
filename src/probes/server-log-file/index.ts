import { posix, win32 } from 'node:path';
import type { Host } from '../../host/host.js';
import type { WritableFile } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';

async function nearestFolder(host: Host, file: string): Promise<string> {
  const path = host.platform === 'win32' ? win32 : posix;
  let folder = path.dirname(file);
  for (;;) {
    const status = await host.pathStatus(folder);
    const parent = path.dirname(folder);
    if (status.ok || parent === folder) return folder;
    folder = parent;
  }
}

/** Whether the log that the server will write can be written by this user. Asks, and writes nothing. */
async function observe({ host, target }: ProbeContext): Promise<Observation<WritableFile>> {
  const file = target.serverLogFile;
  if (file === null) return unavailable('unsupported', evidence('no log file is configured'));
  const status = await host.pathStatus(file);
  const directory = await nearestFolder(host, file);
  const base = { file, exists: status.ok, directory };
  if (status.ok && status.kind === 'directory') return observed({ ...base, writable: false, errorCode: 'EISDIR' });
  const subject = status.ok ? file : directory;
  const rights = await host.mayWrite(subject);
  const errorCode = rights.ok ? null : rights.code;
  const text = rights.ok ? `${subject} is writable` : `${subject} is not writable (${rights.code})`;
  return observed({ ...base, writable: rights.ok, errorCode }, evidence(text, { file: subject }));
}

export const serverLogFile: Probe<'server-log-file'> = { name: 'server-log-file', observe };
