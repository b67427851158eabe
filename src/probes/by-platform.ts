import type { FactMap, FactName } from '../model/facts.js';
import { unavailable, type Observation } from '../model/observation.js';
import type { Platform } from '../model/platform.js';
import type { Probe, ProbeContext } from './probe.js';

type Observe<N extends FactName> = (context: ProbeContext) => Promise<Observation<FactMap[N]>>;

/** A probe that asks each system in its own way; a system without a way is `unsupported`. */
export function probeByPlatform<N extends FactName>(name: N, ways: Partial<Record<Platform, Observe<N>>>): Probe<N> {
  return {
    name,
    observe: async (context) => {
      const observe = ways[context.host.platform];
      return observe === undefined ? unavailable('unsupported') : observe(context);
    },
  };
}
