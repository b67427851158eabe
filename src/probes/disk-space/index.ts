import type { DiskSpace } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';

/** The folders that a debug server writes to: its log's, the working directory, and the temporary one. */
async function observe({ host, target, see }: ProbeContext): Promise<Observation<DiskSpace>> {
  const log = await see('server-log-file');
  const temporary =
    host.environment(host.platform === 'win32' ? 'TEMP' : 'TMPDIR') ?? (host.platform === 'win32' ? null : '/tmp');
  const paths = [log.status === 'ok' ? log.value.directory : null, target.cwd, temporary].filter(
    (path) => path !== null,
  );
  const folders: DiskSpace['folders'][number][] = [];
  for (const path of new Set(paths)) {
    const space = await host.freeSpace(path);
    if (space.ok) folders.push({ path, freeBytes: space.freeBytes, freeInodes: space.freeInodes });
  }
  if (folders.length === 0)
    return unavailable('not-permitted', evidence('no folder could be asked for its free space'));
  const lines = folders.map(({ path, freeBytes }) => evidence(`${path}: ${freeBytes} bytes free`, { file: path }));
  return observed({ folders }, ...lines);
}

export const diskSpace: Probe<'disk-space'> = { name: 'disk-space', observe };
