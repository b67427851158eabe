import type { Observations, ProbeDurations } from './engine/evaluate.js';
import type { Host } from './host/host.js';
import type { FactMap, FactName } from './model/facts.js';
import { evidence, unavailable, type Observation } from './model/observation.js';
import type { ProbeLevel } from './model/probe-level.js';
import type { Target } from './model/target.js';
import { PROBES } from './probes/index.js';
import type { ProbeContext } from './probes/probe.js';

export interface ObserveOptions {
  offline: boolean;
  probeLevel: ProbeLevel;
  /** Told, before it is done, what may disturb a server. */
  announce: (text: string) => void;
  /** The longest that one probe may take. */
  probeTimeoutMs: number;
  connectTimeoutMs: number;
  signal: AbortSignal | null;
}

/** Observations of one target. Each probe runs when it is first asked for, and once. */
export interface Observer {
  see<N extends FactName>(name: N): Promise<Observation<FactMap[N]>>;
  observations(): Observations;
  durations(): ProbeDurations;
}

/** Runs a probe with a deadline that also ends its child processes. A probe that throws has seen nothing. */
async function observeInTime<N extends FactName>(
  name: N,
  context: Omit<ProbeContext, 'host'>,
  host: Host,
  options: ObserveOptions,
): Promise<Observation<FactMap[N]>> {
  const deadline = AbortSignal.timeout(options.probeTimeoutMs);
  const signal = options.signal === null ? deadline : AbortSignal.any([deadline, options.signal]);
  const tooLate = new Promise<Observation<never>>((resolve) => {
    const giveUp = (): void =>
      resolve(unavailable('timed-out', evidence(`${name} took longer than ${options.probeTimeoutMs} ms`)));
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([PROBES[name].observe({ ...context, host: host.withSignal(signal) }), tooLate]);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return unavailable('unparsable', evidence(`${name} failed: ${text}`));
  }
}

/** Prepares the observation of a target; nothing is looked at before `see` is called. */
export function createObserver(host: Host, target: Target, options: ObserveOptions): Observer {
  const running = new Map<FactName, Promise<Observation<unknown>>>();
  const observations: Partial<Record<FactName, Observation<unknown>>> = {};
  const durations: Partial<Record<FactName, number>> = {};
  const start = async <N extends FactName>(name: N): Promise<Observation<FactMap[N]>> => {
    const startedAt = performance.now();
    const { offline, probeLevel, announce, connectTimeoutMs } = options;
    const observation = await observeInTime(
      name,
      { target, see, offline, probeLevel, announce, connectTimeoutMs },
      host,
      options,
    );
    observations[name] = observation;
    durations[name] = Math.round((performance.now() - startedAt) * 10) / 10;
    return observation;
  };
  const see = <N extends FactName>(name: N): Promise<Observation<FactMap[N]>> => {
    const known = running.get(name);
    if (known !== undefined) return known as Promise<Observation<FactMap[N]>>;
    const promise = start(name);
    running.set(name, promise);
    return promise;
  };
  return { see, observations: () => observations as Observations, durations: () => durations };
}
