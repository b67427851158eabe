import type { Host } from '../../host/host.js';
import type { UnixSocket } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { describeProcess } from '../process/describe.js';
import type { ProbeContext } from '../probe.js';

/** unix(7): sun_path has 108 bytes, of which the last is NUL. */
const PATH_LIMIT = 107;

/** __SO_ACCEPTCON of the kernel: the socket listens. */
const ACCEPTS_CONNECTIONS = 0x10000;

/** Flags, type and state of a listening stream socket, as its line has them. */
const LISTENING_STREAM = ' 00010000 0001 01 ';

/** The listening sockets in /proc/net/unix that have a path. */
function parseListening(table: string): { inode: number; path: string }[] {
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const listens = (Number.parseInt(fields[3] ?? '', 16) & ACCEPTS_CONNECTIONS) !== 0;
    const path = fields.slice(7).join(' ');
    return listens && path !== '' ? [{ inode: Number(fields[6]), path }] : [];
  });
}

/** The inode of the listening socket with this path in /proc/net/unix; null when none listens. */
export function parseListeningInode(table: string, path: string): number | null {
  return parseListening(table).find((socket) => socket.path === path)?.inode ?? null;
}

/** The path of the first of these sockets that listens; null when none does. */
export async function listeningPath(host: Host, inodes: readonly number[]): Promise<string | null> {
  const table = await host.readLines('/proc/net/unix', LISTENING_STREAM, 500);
  const sockets = table.ok ? parseListening(table.text) : [];
  return sockets.find(({ inode }) => inodes.includes(inode))?.path ?? null;
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
