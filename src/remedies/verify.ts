import { overallStatus } from '../engine/exit-code.js';
import type { DiagnosisRun, PlannedRemedy, Status } from '../model/report.js';

/** `unseen`: the check that would tell could not be answered. */
export type Verification = 'verified' | 'failed' | 'unseen';

/** The state of a whole run. */
export function statusOf(run: DiagnosisRun): Status {
  return overallStatus(run.targets.map(({ conclusion }) => conclusion.status));
}

/**
 * Whether an applied remedy did its work, by a diagnosis made after it. The remedy's own check must pass; without one
 * the cause must be gone, and the check that found it must have been answered.
 * @param index the target's place in the run that the remedy was planned from: an edit may change a target's name
 */
export function verify(
  { target, cause, check, remedy }: PlannedRemedy,
  index: number,
  after: DiagnosisRun,
): Verification {
  const samePlace = after.targets[index];
  const checked =
    samePlace?.target.name === target.name
      ? samePlace
      : (after.targets.find((one) => one.target.name === target.name) ?? samePlace);
  if (checked === undefined) return 'unseen';
  const { results, status, rootCauses } = checked.conclusion;
  const result = results.find((one) => one.check === (remedy.verify ?? check));
  if (result?.outcome === 'pass') return 'verified';
  if (result?.outcome === 'fail') {
    const remains = remedy.verify !== null || result.findings.some((found) => found.cause === cause);
    return remains ? 'failed' : 'verified';
  }
  if (rootCauses.some((root) => root.cause === cause)) return 'failed';
  return status === 'healthy' ? 'verified' : 'unseen';
}
