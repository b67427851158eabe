import type { Host } from '../../host/host.js';

/** __SO_ACCEPTCON of the kernel: the socket listens. */
const ACCEPTS_CONNECTIONS = 0x10000;

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

/** Flags, type and state of a listening stream socket, as its line has them. */
const LISTENING_STREAM = ' 00010000 0001 01 ';

/** The path of the first of these sockets that listens; null when none does. */
export async function listeningPath(host: Host, inodes: readonly number[]): Promise<string | null> {
  const table = await host.readLines('/proc/net/unix', LISTENING_STREAM, 500);
  const paths = parseListeningPaths(table.ok ? table.text : '');
  return inodes.map((inode) => paths.get(inode)).find((path) => path !== undefined) ?? null;
}
