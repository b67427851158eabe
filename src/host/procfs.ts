import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ProcessEntry, SocketOwners } from './host.js';

/** Longest command line kept, in bytes: they are untrusted and can reach megabytes. */
const MAX_COMMAND_BYTES = 16 * 1024;

/** Most processes hold their listener among the first descriptors; looking there first finds nearly every owner. */
const FIRST_DESCRIPTORS = 40;

function tryRead(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function pidsNewestFirst(): number[] {
  const pids: number[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) pids.push(pid);
  }
  return pids.toSorted((a, b) => b - a);
}

/** Parses /proc/PID/stat (proc(5)). The name stands in brackets and may itself hold brackets and spaces. */
export function parseStat(text: string): Omit<ProcessEntry, 'uid' | 'command' | 'tracerPid'> | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = text.slice(close + 2).split(' ');
  const pid = Number(text.slice(0, open));
  const [state, ppid, , session] = fields;
  const startTime = Number(fields[19]);
  if (state === undefined || !Number.isInteger(pid) || !Number.isFinite(startTime)) return null;
  return { pid, ppid: Number(ppid), name: text.slice(open + 1, close), state, startTime, sessionId: Number(session) };
}

/** Parses /proc/PID/cmdline: arguments end with NUL; a process that rewrote its title may leave one text instead. */
export function parseCommandLine(text: string): string[] {
  const clipped = text.slice(0, MAX_COMMAND_BYTES);
  const parts = clipped.split('\0');
  while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
}

function statusNumber(status: string, field: string): number {
  const start = status.indexOf(`\n${field}:`);
  return start < 0 ? 0 : Number.parseInt(status.slice(start + field.length + 2), 10) || 0;
}

/** One process from /proc; null when it is gone or hidden. */
export function readProcess(pid: number): ProcessEntry | null {
  const stat = tryRead(`/proc/${pid}/stat`);
  const parsed = stat === null ? null : parseStat(stat);
  if (parsed === null) return null;
  const status = tryRead(`/proc/${pid}/status`) ?? '';
  return {
    ...parsed,
    uid: statusNumber(status, 'Uid'),
    tracerPid: statusNumber(status, 'TracerPid'),
    command: parseCommandLine(tryRead(`/proc/${pid}/cmdline`) ?? ''),
  };
}

/** Every process that /proc shows us, newest first. */
export function readProcesses(): ProcessEntry[] {
  return pidsNewestFirst()
    .map((pid) => readProcess(pid))
    .filter((entry) => entry !== null);
}

function descriptorsOf(pid: number): string[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return null;
  }
}

function linkOf(pid: number, descriptor: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return null;
  }
}

/** Inodes of the sockets that a process holds; null when it may not be looked into or is gone. */
export function readSocketsOf(pid: number): number[] | null {
  const descriptors = descriptorsOf(pid);
  if (descriptors === null) return null;
  const inodes: number[] = [];
  for (const descriptor of descriptors) {
    const link = linkOf(pid, descriptor);
    if (link?.startsWith('socket:[') === true) inodes.push(Number(link.slice(8, -1)));
  }
  return inodes;
}

/** Longest environment read, in bytes. */
const MAX_ENVIRONMENT_BYTES = 256 * 1024;

/** The named variables of a process; null when it may not be looked into or is gone. */
export function readVariablesOf(pid: number, names: readonly string[]): Record<string, string> | null {
  const text = tryRead(`/proc/${pid}/environ`);
  if (text === null) return null;
  const found: Record<string, string> = {};
  for (const entry of text.slice(0, MAX_ENVIRONMENT_BYTES).split('\0')) {
    const equals = entry.indexOf('=');
    const name = entry.slice(0, Math.max(equals, 0));
    if (names.includes(name)) found[name] = entry.slice(equals + 1);
  }
  return found;
}

/** Whether a process has mapped a file whose path holds the text; null when it may not be looked into or is gone. */
export function readHasMapped(pid: number, text: string): boolean | null {
  const maps = tryRead(`/proc/${pid}/maps`);
  // A kernel thread has none, and another user's process shows an empty file.
  return maps === null || maps === '' ? null : maps.includes(text);
}

/**
 * Who holds the given sockets. Looks at the newest processes and their first descriptors first and stops when every
 * socket has an owner; then asks every process for the same descriptor number, which finds the forked sharers.
 */
export function findSocketOwners(inodes: readonly number[]): SocketOwners {
  const wanted = new Map(inodes.map((inode) => [`socket:[${inode}]`, String(inode)]));
  const found = new Map<string, { pid: number; descriptor: string }>();
  const pids = pidsNewestFirst();
  const late: [number, string[]][] = [];
  let hidden = false;
  const search = (pid: number, descriptors: readonly string[]): void => {
    for (const descriptor of descriptors) {
      const link = linkOf(pid, descriptor);
      const inode = link === null ? undefined : wanted.get(link);
      if (inode !== undefined && !found.has(inode)) found.set(inode, { pid, descriptor });
    }
  };
  for (const pid of pids) {
    if (found.size === wanted.size) break;
    const descriptors = descriptorsOf(pid);
    if (descriptors === null) {
      hidden = true;
      continue;
    }
    search(pid, descriptors.slice(0, FIRST_DESCRIPTORS));
    if (descriptors.length > FIRST_DESCRIPTORS) late.push([pid, descriptors.slice(FIRST_DESCRIPTORS)]);
  }
  for (const [pid, descriptors] of late) {
    if (found.size === wanted.size) break;
    search(pid, descriptors);
  }
  const owners: Record<string, number[]> = {};
  for (const [inode, { pid, descriptor }] of found) {
    const link = `socket:[${inode}]`;
    owners[inode] = pids.filter((other) => other === pid || linkOf(other, descriptor) === link);
  }
  return { pids: owners, hidden };
}

/** Network namespaces other than our own, each with its oldest visible process. */
export function findOtherNetworkNamespaces(): { namespaces: { inode: string; pid: number }[]; hidden: boolean } {
  const own = readlinkSync('/proc/self/ns/net');
  const byInode = new Map<string, number>();
  let hidden = false;
  for (const pid of pidsNewestFirst()) {
    try {
      const inode = readlinkSync(`/proc/${pid}/ns/net`);
      if (inode !== own) byInode.set(inode, pid);
    } catch (error) {
      // Kernel threads and finished processes have none; only a refusal hides something.
      if ((error as NodeJS.ErrnoException).code === 'EACCES') hidden = true;
    }
  }
  return { namespaces: [...byInode].map(([inode, pid]) => ({ inode, pid })), hidden };
}
