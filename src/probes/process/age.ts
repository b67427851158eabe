import type { ProcessInfo } from '../../model/facts.js';

/** Starting up takes no longer; the clocks behind a start time agree to about a second. */
const STARTING_MS = 5000;

/** Whether a process was started so recently that it may still be getting ready. `now` in milliseconds since 1970. */
export function mayBeStarting({ startedAt }: ProcessInfo, now: number): boolean {
  return startedAt !== null && now - Date.parse(startedAt) < STARTING_MS;
}
