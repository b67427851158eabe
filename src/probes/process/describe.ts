import type { Host, ProcessEntry } from '../../host/host.js';
import type { ProcessInfo, ProcessRef } from '../../model/facts.js';
import { parseCgroup } from './cgroup.js';
import { redactCommand } from './redact.js';

const MAX_PARENTS = 8;

/** USER_HZ: the unit of start times in /proc is 1/100 s on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Names of uids from a passwd file; unknown ones are shown as their number. */
export function parseUserName(passwd: string, uid: number): string {
  for (const line of passwd.split('\n')) {
    const [name, , id] = line.split(':', 3);
    if (name !== undefined && name !== '' && id === String(uid)) return name;
  }
  return String(uid);
}

export async function userNameOf(host: Host, uid: number): Promise<string> {
  const passwd = await host.readFile('/etc/passwd');
  return passwd.ok ? parseUserName(passwd.text, uid) : String(uid);
}

async function parentsOf(host: Host, entry: ProcessEntry): Promise<ProcessRef[]> {
  const parents: ProcessRef[] = [];
  let { ppid } = entry;
  while (ppid > 0 && parents.length < MAX_PARENTS) {
    const parent = await host.process(ppid);
    if (parent === null) break;
    parents.push({ pid: parent.pid, name: parent.name, command: redactCommand(parent.command) });
    ({ ppid } = parent);
  }
  return parents;
}

async function startedAtOf(host: Host, startTime: number): Promise<string | null> {
  const boot = await host.readLines('/proc/stat', 'btime ', 1);
  if (!boot.ok) return null;
  const bootSeconds = Number(boot.text.split(' ')[1]);
  return Number.isFinite(bootSeconds)
    ? new Date((bootSeconds + startTime / TICKS_PER_SECOND) * 1000).toISOString()
    : null;
}

/** The soft limit of open files in /proc/PID/limits; null when the line is missing or says unlimited. */
export function parseOpenFilesLimit(limits: string): number | null {
  const line = limits.split('\n').find((text) => text.startsWith('Max open files'));
  const soft = Number(line?.slice('Max open files'.length).trim().split(/\s+/, 1)[0]);
  return Number.isFinite(soft) ? soft : null;
}

/** Everything about one Linux process that helps to decide what it is. What may not be read is null. */
export async function describeProcess(host: Host, entry: ProcessEntry): Promise<ProcessInfo> {
  const root = `/proc/${entry.pid}`;
  const [cwd, executable, cgroup, limits, descriptors, user, parents, startedAt] = await Promise.all([
    host.readLink(`${root}/cwd`),
    host.readLink(`${root}/exe`),
    host.readFile(`${root}/cgroup`),
    host.readFile(`${root}/limits`),
    host.listDirectory(`${root}/fd`),
    userNameOf(host, entry.uid),
    parentsOf(host, entry),
    startedAtOf(host, entry.startTime),
  ]);
  return {
    pid: entry.pid,
    ppid: entry.ppid,
    name: entry.name,
    command: redactCommand(entry.command),
    uid: entry.uid,
    user,
    cwd: cwd.ok ? cwd.text : null,
    executable: executable.ok ? executable.text : null,
    startTime: entry.startTime,
    startedAt,
    state: entry.state,
    tracerPid: entry.tracerPid,
    sessionId: entry.sessionId,
    parents,
    ...parseCgroup(cgroup.ok ? cgroup.text : ''),
    openFiles: descriptors.ok ? descriptors.names.length : null,
    openFilesLimit: limits.ok ? parseOpenFilesLimit(limits.text) : null,
  };
}
