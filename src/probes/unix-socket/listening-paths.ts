import type { Host } from '../../host/host.js';

/** __SO_ACCEPTCON of the kernel: the socket listens. */
const ACCEPTS_CONNECTIONS = 0x10000;

const MAX_BYTES = 4 * 1024 * 1024;

/** The paths of the listening sockets in /proc/net/unix, by inode. Those without a file have none and are left out. */
export function parseListeningPaths(table: string): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  for (const line of table.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const listens = (Number.parseInt(fields[3] ?? '', 16) & ACCEPTS_CONNECTIONS) !== 0;
    const path = fields.slice(7).join(' ');
    if (listens && path !== '') paths.set(Number(fields[6]), path);
  }
  return paths;
}

/** The Unix sockets on which a process listens; none where it may not be looked into. */
export async function listeningPathsOf(host: Host, pid: number): Promise<string[]> {
  const [table, inodes] = await Promise.all([
    host.readFile('/proc/net/unix', { maxBytes: MAX_BYTES }),
    host.socketsOf(pid),
  ]);
  if (!table.ok || inodes === null) return [];
  const paths = parseListeningPaths(table.text);
  return inodes.flatMap((inode) => paths.get(inode) ?? []);
}
