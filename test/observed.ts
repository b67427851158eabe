import type { Observations } from '../src/engine/evaluate.js';
import { createReplayHost } from '../src/host/replay.js';
import type { FactName } from '../src/model/facts.js';
import type { Target } from '../src/model/target.js';
import { createObserver } from '../src/observe.js';
import { PROBES } from '../src/probes/index.js';
import { DEFAULT_OPTIONS } from '../src/diagnose.js';
import type { RecordedRun } from '../src/recording.js';

export const FACT_NAMES = Object.keys(PROBES) as FactName[];

/** A recorded machine as the probes see it. */
export interface Scene {
  target: Target;
  observations: Observations;
}

/** Asks every probe about every target of a recording. */
export async function observeRecording(recorded: RecordedRun): Promise<Scene[]> {
  const host = createReplayHost(recorded);
  return Promise.all(
    recorded.targets.map(async (target) => {
      const observer = createObserver(host, target, DEFAULT_OPTIONS);
      await Promise.all(FACT_NAMES.map((name) => observer.see(name)));
      return { target, observations: observer.observations() };
    }),
  );
}

/** The values of all facts that were seen. */
export function seenFacts({ observations }: Scene): Partial<Record<FactName, unknown>> {
  const facts: Partial<Record<FactName, unknown>> = {};
  for (const name of FACT_NAMES) {
    const observation = observations[name];
    if (observation?.status === 'ok') facts[name] = observation.value;
  }
  return facts;
}

/** Where a value stands, such as `port-sockets.sockets[].row.state`. */
function walk(value: unknown, path: string, visit: (path: string, value: unknown) => void): void {
  visit(path, value);
  if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`, visit);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`, visit);
  }
}

/** All values that were ever seen at a place: what may stand there by its type. */
export function collectPool(scenes: readonly Scene[]): ReadonlyMap<string, readonly unknown[]> {
  const pool = new Map<string, Map<string, unknown>>();
  for (const scene of scenes) {
    for (const [name, fact] of Object.entries(seenFacts(scene))) {
      walk(fact, name, (path, value) => {
        const values = pool.get(path) ?? new Map<string, unknown>();
        values.set(JSON.stringify(value), value);
        pool.set(path, values);
      });
    }
  }
  return new Map([...pool].map(([path, values]) => [path, [...values.values()]]));
}

/** Picks a number from 0 to `below` - 1. */
export type Choose = (below: number) => number;

/** The same value, some of whose parts are replaced by what was seen at the same place elsewhere, or left out of lists. */
export function mutate(
  value: unknown,
  path: string,
  pool: ReadonlyMap<string, readonly unknown[]>,
  choose: Choose,
): unknown {
  if (choose(8) === 0) {
    const others = pool.get(path) ?? [value];
    return others[choose(others.length)];
  }
  if (Array.isArray(value)) {
    return value.filter(() => choose(6) !== 0).map((item) => mutate(item, `${path}[]`, pool, choose));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, mutate(item, `${path}.${key}`, pool, choose)]),
    );
  }
  return value;
}
