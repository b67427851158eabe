import type { Host } from '../host/host.js';
import type { FactMap, FactName } from '../model/facts.js';
import type { Observation } from '../model/observation.js';
import type { ProbeLevel } from '../model/probe-level.js';
import type { Target } from '../model/target.js';

/** What a probe may lean on besides the host. */
export interface ProbeContext {
  host: Host;
  target: Target;
  /** Another probe's observation; each probe runs at most once a run and target. */
  see<N extends FactName>(name: N): Promise<Observation<FactMap[N]>>;
  /** True when no other machine may be asked anything (`--offline`). */
  offline: boolean;
  probeLevel: ProbeLevel;
  /** Tells the user, before it is done, what may disturb a server. */
  announce(text: string): void;
  /** The longest that one attempt to connect may take, in milliseconds. */
  connectTimeoutMs: number;
}

/** Asks the host one thing. Never judges. */
export interface Probe<N extends FactName> {
  name: N;
  observe(context: ProbeContext): Promise<Observation<FactMap[N]>>;
}
