import type { TraceeRights, TracerRights, TraceRights } from '../../model/facts.js';

/** capabilities(7): the bit of CAP_SYS_PTRACE. */
const CAP_SYS_PTRACE = 19n;

/** One line of /proc/PID/status (proc_pid_status(5)), without its name. */
function fieldOf(status: string, name: string): string | null {
  const line = status.split('\n').find((text) => text.startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}

function numbersOf(status: string, name: string): number[] {
  return (fieldOf(status, name) ?? '')
    .split(/\s+/)
    .filter((text) => /^\d+$/.test(text))
    .map(Number);
}

function capabilitiesOf(status: string, name: string): string | null {
  const field = fieldOf(status, name);
  return field !== null && /^[0-9a-f]{1,16}$/.test(field) ? field : null;
}

function mayTrace(capabilities: string | null): boolean | null {
  return capabilities === null ? null : ((BigInt(`0x${capabilities}`) >> CAP_SYS_PTRACE) & 1n) === 1n;
}

/** The user and group ids but for the last, which counts for files alone. */
function rightsOf(status: string): Omit<TraceRights, 'profile'> {
  return {
    uids: numbersOf(status, 'Uid').slice(0, 3),
    gids: numbersOf(status, 'Gid').slice(0, 3),
    permitted: capabilitiesOf(status, 'CapPrm'),
  };
}

/** Reads /proc/self/status. */
export function parseTracerStatus(status: string): Omit<TracerRights, 'profile' | 'container'> {
  const [seccomp] = numbersOf(status, 'Seccomp');
  return {
    ...rightsOf(status),
    mayTraceOthers: mayTrace(capabilitiesOf(status, 'CapEff')),
    mayGetThatRight: mayTrace(capabilitiesOf(status, 'CapBnd')),
    isFiltered: seccomp === undefined ? null : seccomp !== 0,
  };
}

/** Reads /proc/PID/status of the process that would be traced. `tracerPid` 0: nobody traces it. */
export function parseTraceeStatus(
  status: string,
): Omit<TraceeRights, 'profile' | 'tracer' | 'dumpable'> & { tracerPid: number } {
  const pids = numbersOf(status, 'NSpid');
  return {
    ...rightsOf(status),
    isKernelThread: fieldOf(status, 'Kthread') === '1',
    tracerPid: numbersOf(status, 'TracerPid')[0] ?? 0,
    innerPid: pids.length > 1 ? (pids.at(-1) ?? null) : null,
  };
}
