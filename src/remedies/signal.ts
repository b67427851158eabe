import type { MutableHost, ProcessEntry } from '../host/host.js';
import type { StepPlan } from '../model/remedy.js';
import { failure, type Failure } from './failure.js';
import { observePortRole, type PortRole } from './listener.js';
import { isProtectedName } from './protected.js';

export type SignalStep = Extract<StepPlan, { kind: 'signal' }>;

export type SignalOutcome = 'continued' | 'ended' | 'killed' | 'already-gone';

const POLL_MS = 50;

/** How long the system may take to remove a process after KILL. */
const KILL_MS = 2000;

const MAX_ANCESTORS = 64;

/** The port that ending the process should free, and what the process had to do with it at the diagnosis. */
export interface ExpectedRole {
  port: number;
  role: PortRole;
}

/**
 * Sends a step's signal to the very process that was diagnosed: pid and start time are compared right before it. Never
 * to pid 1, ourselves, an ancestor, another user's process or the system's. TERM is followed by KILL when the process
 * outlives `graceMs`. With `expected`, the process must still do with the port what it did then, and be no mere client.
 */
export async function sendSignal(
  host: MutableHost,
  step: SignalStep,
  expected: ExpectedRole | null,
): Promise<{ ok: true; outcome: SignalOutcome } | Failure> {
  const entry = await host.process(step.pid);
  if (step.pid > 1 && (entry === null || hasEnded(entry))) return { ok: true, outcome: 'already-gone' };
  const refusal = (await reasonToSpare(host, step, entry)) ?? (await reasonOfRole(host, step, expected));
  if (refusal !== null) return refusal;
  // What was asked since took time, in which a pid can change hands.
  if (!(await isSame(host, step))) return failure('process-changed', String(step.pid));
  const sent = await host.signal(step.pid, step.signal);
  if (!sent.ok)
    return sent.code === 'ESRCH' ? { ok: true, outcome: 'already-gone' } : failure('signal-refused', sent.code);
  if (step.signal === 'CONT') return { ok: true, outcome: 'continued' };
  if (await endsWithin(host, step, step.graceMs)) return { ok: true, outcome: 'ended' };
  if (await isSame(host, step)) await host.signal(step.pid, 'KILL');
  if (await endsWithin(host, step, KILL_MS)) return { ok: true, outcome: 'killed' };
  return failure('did-not-end', String(step.pid));
}

async function reasonToSpare(host: MutableHost, step: SignalStep, entry: ProcessEntry | null): Promise<Failure | null> {
  if (step.pid <= 1 || entry === null) return failure('protected-process', String(step.pid));
  if (entry.startTime !== step.startTime) return failure('process-changed', `${step.pid}: ${entry.name.slice(0, 100)}`);
  const identity = await host.identity();
  if (entry.uid !== identity.uid) return failure('other-user', `${step.pid}: uid ${entry.uid}`);
  const own = [identity.pid, ...(await ancestorsOf(host, identity.ppid))];
  if (own.includes(step.pid) || isProtectedName(entry.name) || isProtectedName(entry.command[0] ?? '')) {
    return failure('protected-process', `${step.pid}: ${entry.name.slice(0, 100)}`);
  }
  return null;
}

async function reasonOfRole(
  host: MutableHost,
  step: SignalStep,
  expected: ExpectedRole | null,
): Promise<Failure | null> {
  if (expected === null || step.signal === 'CONT') return null;
  const role = await observePortRole(host, step.pid, expected.port);
  if (role === 'unseen') return failure('not-visible', `${step.pid}: port ${expected.port}`);
  if (role === 'client' || role !== expected.role) return failure('not-the-listener', `${step.pid}: ${role}`);
  return null;
}

async function ancestorsOf(host: MutableHost, parent: number): Promise<number[]> {
  const pids: number[] = [];
  let pid = parent;
  while (pid > 0 && pids.length < MAX_ANCESTORS) {
    pids.push(pid);
    pid = (await host.process(pid))?.ppid ?? 0;
  }
  return pids;
}

/** Ended, or waiting for its parent to take note: a zombie holds no socket any more. */
function hasEnded(entry: ProcessEntry): boolean {
  return entry.state === 'Z' || entry.state === 'X';
}

async function isSame(host: MutableHost, { pid, startTime }: SignalStep): Promise<boolean> {
  const entry = await host.process(pid);
  return entry !== null && entry.startTime === startTime && !hasEnded(entry);
}

async function endsWithin(host: MutableHost, step: SignalStep, timeoutMs: number): Promise<boolean> {
  const deadline = host.now() + timeoutMs;
  while (await isSame(host, step)) {
    if (host.now() >= deadline) return false;
    await host.sleep(POLL_MS);
  }
  return true;
}
