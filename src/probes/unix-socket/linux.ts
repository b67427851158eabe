import type { UnixSocket } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { describeProcess } from '../process/describe.js';
import type { ProbeContext } from '../probe.js';
import { parseListeningPaths } from './listening-paths.js';

/** unix(7): sun_path has 108 bytes, of which the last is NUL. */
const PATH_LIMIT = 107;

/** The inode of the listening socket with this path in /proc/net/unix; null when none listens. */
export function parseListeningInode(table: string, path: string): number | null {
  return [...parseListeningPaths(table)].find(([, listening]) => listening === path)?.[0] ?? null;
}

/** A Unix socket's file, and who listens on it. */
export async function observeUnixSocket({ host, target }: ProbeContext): Promise<Observation<UnixSocket>> {
  const path = target.socketPath;
  if (path === null) return unavailable('unsupported', evidence('the target is no Unix socket'));
  const [status, table, rights] = await Promise.all([
    host.pathStatus(path),
    host.readLines('/proc/net/unix', path, 50),
    host.mayWrite(path),
  ]);
  const inode = table.ok ? parseListeningInode(table.text, path) : null;
  const { pids } = await host.socketOwners(inode === null ? [] : [inode]);
  const pid = inode === null ? undefined : pids[String(inode)]?.[0];
  const entry = pid === undefined ? null : await host.process(pid);
  const found = status.ok ? (status.kind === 'directory' ? 'other' : status.kind) : 'missing';
  return observed(
    {
      path,
      kind: found,
      pathBytes: Buffer.byteLength(path),
      pathLimit: PATH_LIMIT,
      listening: inode !== null,
      process: entry === null ? null : await describeProcess(host, entry),
      writable: rights.ok,
    },
    evidence(`${path}: ${found}${inode === null ? ', nobody listens' : ', somebody listens'}`, { file: path }),
  );
}
