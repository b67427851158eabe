import { listFixtures, readRecordedRun, replay } from '../fixtures.js';
import type { Report } from '../../src/model/report.js';

/** The report of a recorded machine. */
export async function reportOf(scenario: string): Promise<Report> {
  const fixture = listFixtures().find(({ id }) => id === `linux/${scenario}`);
  if (fixture === undefined) throw new Error(`there is no fixture linux/${scenario}`);
  return replay(readRecordedRun(fixture));
}

/** Members whose values are words of a closed list; every other text may come from outside. */
const CLOSED = new Set(
  'schemaVersion platform status hop state outcome severity confidence risk kind signal check cause id request adapter'.split(
    ' ',
  ),
);

/** The same document, with every text that may come from outside replaced. */
export function replaceTexts<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === 'string') return replace(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => replaceTexts(item, replace)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => [
    key,
    CLOSED.has(key) ? item : replaceTexts(item, replace),
  ]);
  return Object.fromEntries(entries) as T;
}
