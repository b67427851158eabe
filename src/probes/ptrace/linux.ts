import type { Host, ReadResult } from '../../host/host.js';
import type { Ptrace, SecurityProfile, TraceeRights, TracerRights } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { observeOwnContainer } from '../process/own-container.js';
import type { ProbeContext } from '../probe.js';
import { parseTraceeStatus, parseTracerStatus } from './status.js';

/** Reads /proc/PID/attr/current: `docker-default (enforce)` of AppArmor, `user:role:type:level` of SELinux. */
export function parseProfile(text: string): SecurityProfile | null {
  const label = text.replace(/[\0\n]+$/, '');
  const apparmor = /^(.{1,400}) \(([a-z]+)\)$/.exec(label);
  if (apparmor?.[1] !== undefined) {
    return { module: 'apparmor', label: apparmor[1], enforced: apparmor[2] === 'enforce' || apparmor[2] === 'kill' };
  }
  if (label === 'unconfined') return { module: 'apparmor', label, enforced: false };
  if (/^[^:\s]+:[^:\s]+:[^:\s]+(:\S+)?$/.test(label)) return { module: 'selinux', label, enforced: true };
  return null;
}

/** Reads kernel.yama.ptrace_scope; a kernel without Yama restricts nothing. */
export function parseScope(read: ReadResult): number | null {
  if (!read.ok) return read.code === 'ENOENT' ? 0 : null;
  return /^\d+\s*$/.test(read.text) ? Number(read.text) : null;
}

async function profileOf(host: Host, pid: number | 'self'): Promise<SecurityProfile | null> {
  const read = await host.readFile(`/proc/${pid}/attr/current`);
  return read.ok ? parseProfile(read.text) : null;
}

async function isDeniedBySelinux(host: Host): Promise<boolean> {
  const [mode, denial] = await Promise.all([
    host.readFile('/sys/fs/selinux/enforce'),
    host.readFile('/sys/fs/selinux/booleans/deny_ptrace'),
  ]);
  return mode.ok && mode.text.trim() === '1' && denial.ok && denial.text.startsWith('1');
}

async function observeOwnRights(host: Host): Promise<TracerRights | null> {
  const status = await host.readFile('/proc/self/status');
  if (!status.ok) return null;
  const [profile, container] = await Promise.all([profileOf(host, 'self'), observeOwnContainer(host)]);
  return { ...parseTracerStatus(status.text), profile, container };
}

/** The same mapping of user ids proves nothing; another one belongs to another namespace. */
async function isSameUserNamespace(
  host: Host,
  own: ReadResult,
  other: ReadResult,
  pid: number,
): Promise<boolean | null> {
  if (own.ok && other.ok) return own.text === other.text;
  const [ownMap, otherMap] = await Promise.all([
    host.readFile('/proc/self/uid_map'),
    host.readFile(`/proc/${pid}/uid_map`),
  ]);
  return ownMap.ok && otherMap.ok && ownMap.text !== otherMap.text ? false : null;
}

/**
 * The files of a process in /proc belong to its effective user, or to root while it is not dumpable. That cannot be
 * told apart for root, whoever that is in another user namespace.
 */
async function isDumpable(host: Host, pid: number, effectiveUid: number | undefined): Promise<boolean | null> {
  if (effectiveUid === undefined || effectiveUid === 0) return null;
  const status = await host.pathStatus(`/proc/${pid}/environ`);
  return status.ok ? status.uid === effectiveUid : null;
}

async function observeTracee(host: Host, pid: number, sameNamespace: boolean | null): Promise<TraceeRights | null> {
  const status = await host.readFile(`/proc/${pid}/status`);
  if (!status.ok) return null;
  const { tracerPid, ...rights } = parseTraceeStatus(status.text);
  const [profile, dumpable, tracer] = await Promise.all([
    profileOf(host, pid),
    sameNamespace === false ? null : isDumpable(host, pid, rights.uids[1]),
    tracerPid === 0 ? null : host.process(tracerPid),
  ]);
  return {
    ...rights,
    profile,
    dumpable,
    tracer: tracerPid === 0 ? null : { pid: tracerPid, name: tracer?.name ?? null },
  };
}

/** Reads what decides on an attach. None is tried, since that would stop the program. */
export async function observePtrace({ host, see }: ProbeContext): Promise<Observation<Ptrace>> {
  const seen = await see('target-process');
  if (seen.status !== 'ok') return seen;
  const { pid, process, server } = seen.value;
  if (process === null) return unavailable('unsupported', evidence(`there is no process ${pid}`));
  if (server !== null) return unavailable('not-asked', evidence(`${server.adapter} serves process ${pid}`));
  // The kernel shows this link only to those who pass its examination for ptrace (PTRACE_MODE_READ_FSCREDS).
  const [ownNamespace, namespace, scope] = await Promise.all([
    host.readLink('/proc/self/ns/user'),
    host.readLink(`/proc/${pid}/ns/user`),
    host.readFile('/proc/sys/kernel/yama/ptrace_scope'),
  ]);
  const sameUserNamespace = await isSameUserNamespace(host, ownNamespace, namespace, pid);
  const [own, target] = await Promise.all([observeOwnRights(host), observeTracee(host, pid, sameUserNamespace)]);
  if (own === null || target === null) {
    return unavailable('not-permitted', evidence(`the rights of process ${pid} or our own may not be seen`));
  }
  const mayLook = namespace.ok ? true : namespace.code === 'EACCES' ? false : null;
  return observed(
    {
      own,
      target,
      mayLook,
      sameUserNamespace,
      scope: parseScope(scope),
      deniedBySelinux: await isDeniedBySelinux(host),
    },
    evidence(`the rights of process ${pid}`, { file: `/proc/${pid}/status` }),
  );
}
