import { SCHEMA_VERSION, type PlannedRemedy, type Report } from '../model/report.js';
import type { Remedy } from '../model/remedy.js';
import type { FixResult } from '../remedies/fix.js';
import { createReport, type Vocabulary } from './report.js';
import { wordRemedy } from './word-remedy.js';

interface PlannedView {
  target: string;
  cause: string;
  remedy: Remedy;
}

/** What `fix --json` writes (schemaVersion "1.0"): the reports before and after have the shape of `check --json`. */
export interface FixReport {
  schemaVersion: typeof SCHEMA_VERSION;
  tool: { name: 'debug-doctor'; version: string };
  outcome: FixResult['outcome'];
  exitCode: number;
  plan: readonly PlannedView[];
  leftOut: readonly (PlannedView & { reason: string })[];
  /** Ids for `undo`. */
  applied: readonly { id: string; remedy: string; status: string }[];
  failure: { reason: string; detail: string } | null;
  before: Report;
  after: Report | null;
}

/** The result of `fix` in its fixed shape. */
export function renderFixJson(result: FixResult, vocabulary: Vocabulary, version: string): FixReport {
  const view = ({ target, cause, remedy, args }: PlannedRemedy): PlannedView => ({
    target: target.name,
    cause,
    remedy: wordRemedy(remedy, args, vocabulary.words),
  });
  const { outcome, exitCode, plan, applied, failure, before, after } = result;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'debug-doctor', version },
    outcome,
    exitCode,
    plan: plan.remedies.map((planned) => view(planned)),
    leftOut: plan.leftOut.map((planned) => ({ ...view(planned), reason: planned.reason })),
    applied: applied.map(({ id, remedy, status }) => ({ id, remedy, status })),
    failure: failure === null ? null : { reason: failure.reason, detail: failure.detail },
    before: createReport(before, vocabulary, version, 1),
    after: after === null ? null : createReport(after, vocabulary, version, exitCode),
  };
}
