import type { MutableHost } from '../host/host.js';
import type { Risk } from '../model/remedy.js';
import type { DiagnosisRun, PlannedRemedy } from '../model/report.js';
import { applyRemedy } from './apply.js';
import { takeBaseline, type Baseline } from './baseline.js';
import type { Failure } from './failure.js';
import { saveEntry, type JournalEntry } from './journal.js';
import { withLock } from './lock.js';
import { planRemedies, type Catalogue, type FixPlan } from './plan.js';
import { statusOf, verify, type Verification } from './verify.js';

/** A fix may bring another root cause to light, which is then fixed in its turn. */
const MAX_ROUNDS = 3;

export interface FixOptions {
  diagnose: () => Promise<DiagnosisRun>;
  causes: Catalogue;
  host: MutableHost;
  journalFolder: string;
  maxRisk: Risk;
  dryRun: boolean;
  /** Asked before each round with what it would change. */
  confirm: (plan: FixPlan) => Promise<boolean>;
}

/**
 * - `nothing-to-fix`: no cause was found.
 * - `nothing-applicable`: causes were found, but no remedy that may be applied; `plan.leftOut` says why.
 * - `unverified`: applied, but whether it helped could not be seen.
 * - `still-failing`: applied, and the target is still not healthy.
 * - `failed`: a remedy could not be applied; `failure` says why.
 */
export type FixOutcome =
  | 'nothing-to-fix'
  | 'nothing-applicable'
  | 'declined'
  | 'dry-run'
  | 'fixed'
  | 'unverified'
  | 'still-failing'
  | 'failed';

export interface FixResult {
  outcome: FixOutcome;
  /** 0 fixed or healthy; 1 a problem remains; 2 the doctor could not do what it wanted to; 3 inconclusive. */
  exitCode: 0 | 1 | 2 | 3;
  before: DiagnosisRun;
  /** The last plan that was made. */
  plan: FixPlan;
  /** The journal's entries of every round, in order. */
  applied: readonly JournalEntry[];
  /** The last diagnosis; null when nothing was changed. */
  after: DiagnosisRun | null;
  failure: Failure | null;
}

interface Progress {
  before: DiagnosisRun;
  after: DiagnosisRun | null;
  plan: FixPlan;
  applied: JournalEntry[];
}

/** One applied remedy with its entry. */
interface Applied {
  planned: PlannedRemedy;
  entry: JournalEntry;
}

/** Diagnoses, plans, asks, applies and diagnoses again: a fix whose check still fails is a failure. */
export async function fix(options: FixOptions): Promise<FixResult> {
  const before = await options.diagnose();
  const progress: Progress = { before, after: null, plan: { remedies: [], leftOut: [] }, applied: [] };
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const { maxRisk, causes, host } = options;
    progress.plan = planRemedies(latest(progress), causes, { maxRisk, platform: host.platform });
    if (progress.plan.remedies.length === 0) return resultOf(progress, outcomeWithoutPlan(progress));
    if (options.dryRun) return resultOf(progress, 'dry-run');
    const baseline = await takeBaseline(host, progress.plan.remedies);
    if (!(await options.confirm(progress.plan))) return resultOf(progress, 'declined');
    const outcome = await runRound(options, progress, baseline);
    if (outcome !== null) return outcome;
  }
  return resultOf(progress, 'still-failing');
}

/** Applies a plan and looks again. Null: everything helped, and another cause came to light. */
async function runRound(options: FixOptions, progress: Progress, baseline: Baseline): Promise<FixResult | null> {
  const { host, journalFolder } = options;
  const planned = progress.plan.remedies;
  const applied: Applied[] = [];
  const locked = await withLock(host, journalFolder, () => applyAll(options, planned, baseline, applied));
  progress.applied.push(...applied.map(({ entry }) => entry));
  const from = latest(progress);
  const after = await options.diagnose();
  progress.after = after;
  const verifications: Verification[] = [];
  for (const { planned: one, entry } of applied) {
    if (entry.status !== 'applied') continue;
    const index = from.targets.findIndex(({ target }) => target === one.target);
    const verification = verify(one, index, after);
    verifications.push(verification);
    if (verification !== 'unseen') entry.status = verification;
    await saveEntry(host, journalFolder, entry);
  }
  if (!locked.ok) return resultOf(progress, 'failed', locked);
  if (verifications.includes('failed')) return resultOf(progress, 'still-failing');
  const status = statusOf(after);
  if (status === 'inconclusive') return resultOf(progress, 'unverified');
  if (status === 'healthy') return resultOf(progress, verifications.includes('unseen') ? 'unverified' : 'fixed');
  return verifications.includes('unseen') ? resultOf(progress, 'still-failing') : null;
}

/** Stops at the first remedy that fails: what went otherwise than planned needs a new look before more is changed. */
async function applyAll(
  { host, journalFolder }: FixOptions,
  remedies: readonly PlannedRemedy[],
  baseline: Baseline,
  applied: Applied[],
): Promise<{ ok: true } | Failure> {
  for (const planned of remedies) {
    const result = await applyRemedy(host, journalFolder, planned, baseline);
    if (result.entry !== null) applied.push({ planned, entry: result.entry });
    if (!result.ok) return { ok: false, reason: result.reason, detail: result.detail };
  }
  return { ok: true };
}

function latest({ before, after }: Progress): DiagnosisRun {
  return after ?? before;
}

function outcomeWithoutPlan(progress: Progress): FixOutcome {
  if (progress.after !== null) return 'still-failing';
  const found = progress.before.targets.some(({ conclusion }) => conclusion.rootCauses.length > 0);
  return found ? 'nothing-applicable' : 'nothing-to-fix';
}

function resultOf(progress: Progress, outcome: FixOutcome, failure: Failure | null = null): FixResult {
  const { before, plan, applied, after } = progress;
  return { outcome, exitCode: exitCodeOf(outcome, latest(progress)), before, plan, applied, after, failure };
}

function exitCodeOf(outcome: FixOutcome, run: DiagnosisRun): 0 | 1 | 2 | 3 {
  if (outcome === 'failed') return 2;
  const status = statusOf(run);
  if (status === 'inconclusive') return 3;
  return status === 'unhealthy' || outcome === 'still-failing' ? 1 : 0;
}
