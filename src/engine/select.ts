import type { Check } from '../model/check.js';
import type { Target } from '../model/target.js';

export interface Selection {
  /** Check ids; empty: all. */
  only: readonly string[];
  skip: readonly string[];
}

/** The checks that make sense for a target and were not deselected. */
export function selectChecks(checks: readonly Check[], target: Target, { only, skip }: Selection): Check[] {
  return checks.filter(
    (check) =>
      check.requests.includes(target.request) &&
      (only.length === 0 || only.includes(check.id)) &&
      !skip.includes(check.id) &&
      check.appliesTo(target),
  );
}

/** Ids in a selection that no check has. */
export function unknownCheckIds(checks: readonly Check[], { only, skip }: Selection): string[] {
  const ids = new Set(checks.map(({ id }) => id));
  return [...only, ...skip].filter((id) => !ids.has(id));
}

/** Every check after those it depends on. Dependencies that are not in the list do not count. */
export function orderChecks(checks: readonly Check[]): Check[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const ordered = new Set<Check>();
  const visit = (check: Check, trail: readonly string[]): void => {
    if (trail.includes(check.id)) throw new Error(`checks depend on each other in a circle: ${trail.join(' → ')}`);
    for (const id of check.dependsOn) {
      const dependency = byId.get(id);
      if (dependency !== undefined) visit(dependency, [...trail, check.id]);
    }
    ordered.add(check);
  };
  for (const check of checks) visit(check, []);
  return [...ordered];
}
