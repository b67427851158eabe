import type { Host } from '../host/host.js';

/**
 * What a process has to do with a TCP port: it listens there; it only holds connections that came in on it; it is a
 * client of it; nothing; or we may not see.
 */
export type PortRole = 'listener' | 'connection' | 'client' | 'none' | 'unseen';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const MAX_ROWS = 10_000;
const LISTEN = '0A';

/** Reads the role from the kernel's own tables (proc(5), /proc/net/tcp), so only Linux ever answers. */
export async function observePortRole(host: Host, pid: number, port: number): Promise<PortRole> {
  const held = await host.socketsOf(pid);
  if (held === null) return 'unseen';
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set(held.map(String));
  let role: PortRole = 'none';
  for (const table of TABLES) {
    const read = await host.readLines(table, `${ending} `, MAX_ROWS);
    // A kernel without IPv6 has no second table.
    if (!read.ok && read.code === 'ENOENT' && table.endsWith('6')) continue;
    if (!read.ok || read.truncated) return 'unseen';
    for (const line of read.text.split('\n')) {
      const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
      if (inode === undefined || !inodes.has(inode)) continue;
      if (local?.endsWith(ending) === true && state === LISTEN) return 'listener';
      if (local?.endsWith(ending) === true) role = 'connection';
      else if (remote?.endsWith(ending) === true && role === 'none') role = 'client';
    }
  }
  return role;
}
