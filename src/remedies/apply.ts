import type { MutableHost } from '../host/host.js';
import type { PlannedRemedy } from '../model/report.js';
import { portOf, type Baseline } from './baseline.js';
import { commitEdit, holdsDiagnosedValue, prepareEdit, type PreparedEdit } from './edit-file.js';
import { failure, type Failure, type FailureReason } from './failure.js';
import { createEntry, saveEntry, type JournalEntry, type JournalStep } from './journal.js';
import { runProgram } from './program.js';
import { sendSignal } from './signal.js';

/** One shape for success and failure. `entry` is null when not even the journal could be written. */
export type ApplyResult =
  | { ok: true; entry: JournalEntry; steps: readonly JournalStep[] }
  | { ok: false; entry: JournalEntry | null; failedStep: number | null; reason: FailureReason; detail: string };

/** What a step needs to know about its surroundings. */
interface Context {
  host: MutableHost;
  planned: PlannedRemedy;
  baseline: Baseline;
  save: () => Promise<{ ok: true } | Failure>;
}

/** A step that went well, in a few words for the journal. */
type StepResult = { ok: true; detail: string } | Failure;

/**
 * Runs the steps of a remedy in order and stops at the first one that fails. The journal holds a step, with all that
 * undoing needs, before the step runs. `instruct` steps are left to a person.
 * The caller holds the lock of `journalFolder` (see `withLock`). `baseline` learns what was written.
 */
export async function applyRemedy(
  host: MutableHost,
  journalFolder: string,
  planned: PlannedRemedy,
  baseline: Baseline,
): Promise<ApplyResult> {
  const created = await createEntry(host, journalFolder, planned);
  if (!created.ok) return { ...created, entry: null, failedStep: null };
  const { entry } = created;
  const save = (): Promise<{ ok: true } | Failure> => saveEntry(host, journalFolder, entry);
  for (const [index, step] of entry.steps.entries()) {
    const result = await applyStep({ host, planned, baseline, save }, step);
    if (result.ok) continue;
    step.state = step.state === 'done' ? 'done' : 'failed';
    entry.status = 'failed';
    entry.failure = { step: index, reason: result.reason, detail: result.detail };
    await save();
    return { ...result, entry, failedStep: index };
  }
  entry.status = 'applied';
  const saved = await save();
  return saved.ok ? { ok: true, entry, steps: entry.steps } : { ...saved, entry, failedStep: null };
}

async function applyStep(context: Context, journalled: JournalStep): Promise<StepResult> {
  if (journalled.step.kind === 'instruct') {
    journalled.state = 'left-to-person';
    return { ok: true, detail: '' };
  }
  const edit = await prepared(context, journalled);
  if (edit !== null && !edit.ok) return edit;
  journalled.edit = edit?.edit.record ?? null;
  journalled.state = 'started';
  const saved = await context.save();
  if (!saved.ok) return saved;
  const result = await execute(context, journalled, edit?.edit ?? null);
  if (!result.ok) return result;
  journalled.state = 'done';
  journalled.detail = result.detail;
  return withSaved(result, await context.save());
}

function withSaved(result: StepResult, saved: { ok: true } | Failure): StepResult {
  return saved.ok ? result : saved;
}

async function prepared(
  { host, planned, baseline }: Context,
  { step }: JournalStep,
): Promise<{ ok: true; edit: PreparedEdit } | Failure | null> {
  if (step.kind !== 'edit') return null;
  const held = await holdsDiagnosedValue(host, step, planned.target);
  if (!held.ok) return held;
  // A file that could not be read after the diagnosis, and can be now, has changed as well.
  return prepareEdit(host, step, JSON.stringify(step.value), baseline.files.get(step.file) ?? 'unread');
}

async function execute(context: Context, { step }: JournalStep, edit: PreparedEdit | null): Promise<StepResult> {
  const { host, planned, baseline } = context;
  if (edit !== null) {
    const committed = await commitEdit(host, edit);
    if (committed.ok) baseline.files.set(edit.file, edit.record.writtenHash);
    return committed.ok ? { ok: true, detail: '' } : committed;
  }
  if (step.kind === 'run') return runProgram(host, step.argv);
  if (step.kind !== 'signal') return { ok: true, detail: '' };
  const port = portOf(planned);
  const role = baseline.roles.get(step.pid);
  if (port !== null && role === undefined) return failure('not-visible', `${step.pid}: port ${port}`);
  const sent = await sendSignal(host, step, port === null || role === undefined ? null : { port, role });
  return sent.ok ? { ok: true, detail: sent.outcome } : sent;
}
