import { processes, type Systeminformation } from 'systeminformation';
import type { ProcessEntry, SocketOwners } from './host.js';

/** One row of systeminformation's list. It knows no uid, session or tracer; the start time is in whole seconds since 1970. */
export function entryOf(row: Systeminformation.ProcessesProcessData): ProcessEntry {
  return {
    pid: row.pid,
    ppid: row.parentPid,
    uid: -1,
    name: row.name,
    command: [row.path === '' ? row.command : row.path, ...row.params.split(' ').filter((part) => part !== '')],
    state: row.state === 'stopped' ? 'T' : 'S',
    startTime: Math.floor(Date.parse(row.started) / 1000) || 0,
    sessionId: 0,
    tracerPid: 0,
  };
}

/** Every process of a system without /proc, newest first as far as pids tell. */
export async function readProcesses(): Promise<ProcessEntry[]> {
  const { list } = await processes();
  return list.map((row) => entryOf(row)).toSorted((a, b) => b.pid - a.pid);
}

export async function readProcess(pid: number): Promise<ProcessEntry | null> {
  return (await readProcesses()).find((entry) => entry.pid === pid) ?? null;
}

/** These systems have no socket inodes: probes there ask other tools. */
export function findSocketOwners(): SocketOwners {
  return { pids: {}, hidden: true };
}

export function readSocketsOf(): null {
  return null;
}

/** Their process lists tell neither variables nor mapped files. */
export function readVariablesOf(): null {
  return null;
}

export function readHasMapped(): null {
  return null;
}

/** Only Linux has network namespaces. */
export function findOtherNetworkNamespaces(): { namespaces: []; hidden: boolean } {
  return { namespaces: [], hidden: false };
}
