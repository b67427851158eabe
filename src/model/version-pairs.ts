/** Major and minor of a version such as `1.20.2`, `go1.19.8` or `3.11`. */
export type ShortVersion = readonly [number, number];

export function parseShortVersion(text: string): ShortVersion | null {
  const match = /^(?:go|v)?(\d{1,4})\.(\d{1,4})(?!\d)/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

function isBefore(one: ShortVersion, other: ShortVersion): boolean {
  return one[0] === other[0] ? one[1] < other[1] : one[0] < other[0];
}

/** The newest rule that a version falls under; null when it is older than all of them. */
function ruleFor<R extends { since: ShortVersion }>(rules: readonly R[], version: ShortVersion): R | null {
  return rules.findLast(({ since }) => !isBefore(version, since)) ?? null;
}

/**
 * The oldest Go that a Delve takes: MinSupportedVersionOfGo in its pkg/goversion/compat.go, for the releases whose value
 * was seen (1.20.2 also says it to RPCServer.GetVersion). It only ever rises, so that a release between two of them
 * takes no older Go than the earlier one.
 */
const OLDEST_GO: readonly { since: ShortVersion; go: ShortVersion }[] = [
  { since: [1, 20], go: [1, 18] },
  { since: [1, 21], go: [1, 19] },
  { since: [1, 23], go: [1, 21] },
];

/**
 * Why Delve refuses programs that this Go builds; null where nothing is known against the pair. Since 1.20 Delve has
 * the number of the newest Go that it takes (MaxSupportedVersionOfGo of the same file: 20, 21, 23, 25 and 27 seen).
 */
export function whyDelveRefuses(delve: ShortVersion, go: ShortVersion): string | null {
  const rule = ruleFor(OLDEST_GO, delve);
  if (rule === null) return null;
  if (isBefore(delve, go)) return `Delve ${delve.join('.')} takes programs of Go ${delve.join('.')} at most`;
  return isBefore(go, rule.go) ? `Delve ${delve.join('.')} takes programs of Go ${rule.go.join('.')} at least` : null;
}

/**
 * The oldest Python that a debugpy runs on. 1.6: an assertion in its __init__.py, seen with 1.6.3 on Python 3.6; 1.8:
 * its release notes and `python_requires`.
 */
const OLDEST_PYTHON: readonly { since: ShortVersion; python: ShortVersion }[] = [
  { since: [1, 6], python: [3, 7] },
  { since: [1, 8], python: [3, 8] },
];

/** Why debugpy does not run on this Python; null where nothing is known against the pair. */
export function whyDebugpyRefuses(debugpy: ShortVersion, python: ShortVersion): string | null {
  const rule = ruleFor(OLDEST_PYTHON, debugpy);
  if (rule === null || !isBefore(python, rule.python)) return null;
  return `debugpy ${debugpy.join('.')} runs on Python ${rule.python.join('.')} or later`;
}
