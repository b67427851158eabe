import { isDeepStrictEqual } from 'node:util';
import type { CauseId } from '../model/cause-ids.js';
import type { Cause } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import { RISKS } from '../model/remedy.js';
import type { RemedyPlan, Risk, StepPlan } from '../model/remedy.js';
import type { DiagnosisRun, PlannedRemedy, RankedCause } from '../model/report.js';
import { isProtectedName, programName } from './protected.js';

export type Catalogue = Readonly<Record<CauseId, Cause>>;

/**
 * - `manual`: only a person can or should do it.
 * - `unsure`: the cause is only possible, and a wrong remedy is worse than none.
 * - `protected-process`: it would end a process that must not be ended.
 * - `identity-unchecked`: it would end a process through a program, which cannot compare the start time first.
 * - `placeholder`: something about the case is not known.
 * - `risk-above-max`: allowed only with a higher `maxRisk`.
 * - `needs-elevation`: needs rights that we do not have.
 * - `already-planned`: the same remedy serves an earlier target.
 */
export type LeaveOutReason =
  | 'manual'
  | 'unsure'
  | 'protected-process'
  | 'identity-unchecked'
  | 'placeholder'
  | 'risk-above-max'
  | 'needs-elevation'
  | 'already-planned';

export interface LeftOutRemedy extends PlannedRemedy {
  reason: LeaveOutReason;
}

/** What `fix` would do, in order, and the changes that it passed over before it found one, or instead of one. */
export interface FixPlan {
  remedies: readonly PlannedRemedy[];
  leftOut: readonly LeftOutRemedy[];
}

export interface PlanOptions {
  maxRisk: Risk;
  platform: Platform;
}

const PROGRAMS_THAT_END_PROCESSES = ['kill', 'killall', 'pkill', 'skill', 'xkill', 'fuser', 'taskkill', 'tskill'];

/**
 * Chooses at most one remedy a target: the first one that changes something and may be applied, for the first-ranked
 * error. Warnings are looked at only when no target has an error. Pure.
 */
export function planRemedies(run: DiagnosisRun, causes: Catalogue, options: PlanOptions): FixPlan {
  const remedies: PlannedRemedy[] = [];
  const leftOut: LeftOutRemedy[] = [];
  const all = run.targets.flatMap(({ conclusion }) => conclusion.rootCauses);
  const severity = all.some((root) => root.severity === 'error') ? 'error' : 'warning';
  for (const { target, conclusion } of run.targets) {
    const root = conclusion.rootCauses.find((candidate) => candidate.severity === severity);
    if (root === undefined) continue;
    const { cause, check, args } = root;
    for (const remedy of causes[cause].remedies[options.platform](args)) {
      if (remedy.risk === 'safe') continue;
      const planned = { cause, check, args, target, remedy };
      const repeated = remedies.some((earlier) => isDeepStrictEqual(earlier.remedy, remedy));
      const reason = repeated ? 'already-planned' : reasonAgainst(remedy, root, run.host.elevated, options.maxRisk);
      if (reason === null) remedies.push(planned);
      else leftOut.push({ ...planned, reason });
      if (reason === null || reason === 'already-planned') break;
    }
  }
  return { remedies, leftOut };
}

function reasonAgainst(remedy: RemedyPlan, root: RankedCause, elevated: boolean, maxRisk: Risk): LeaveOutReason | null {
  const { steps, risk, needsElevation } = remedy;
  if (risk === 'manual' || steps.every((step) => step.kind === 'instruct')) return 'manual';
  if (root.confidence === 'possible') return 'unsure';
  if (isProtected(root) && steps.some((step) => endsProcess(step))) return 'protected-process';
  if (steps.some((step) => step.kind === 'signal' && step.pid <= 1)) return 'protected-process';
  if (steps.some((step) => step.kind === 'run' && endsProcess(step))) return 'identity-unchecked';
  if (steps.some((step) => hasPlaceholder(step))) return 'placeholder';
  if (RISKS.indexOf(risk) > RISKS.indexOf(maxRisk)) return 'risk-above-max';
  return needsElevation && !elevated ? 'needs-elevation' : null;
}

function isProtected({ args }: RankedCause): boolean {
  if (args.protectedProcess === true) return true;
  return isProtectedName(args.processName ?? '') || isProtectedName(args.command?.[0] ?? '');
}

function endsProcess(step: StepPlan): boolean {
  if (step.kind === 'signal') return step.signal !== 'CONT';
  if (step.kind !== 'run') return false;
  return step.argv.slice(0, 2).some((word) => PROGRAMS_THAT_END_PROCESSES.includes(programName(word)));
}

/** `src/causes` writes `<name>` for what the case does not tell. */
function hasPlaceholder(step: StepPlan): boolean {
  const words =
    step.kind === 'run' ? step.argv : step.kind === 'edit' ? [step.file, ...step.keyPath, String(step.value)] : [];
  return words.some((word) => /<[^<>]+>/.test(word));
}
