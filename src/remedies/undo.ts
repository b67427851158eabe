import { isDeepStrictEqual } from 'node:util';
import type { MutableHost } from '../host/host.js';
import { hashOf, readText } from './baseline.js';
import { findPlainValue } from './edit.js';
import { commitEdit, prepareEdit, type Place } from './edit-file.js';
import { failure, type Failure } from './failure.js';
import {
  readJournal,
  saveEntry,
  type DamagedEntry,
  type EditRecord,
  type JournalEntry,
  type JournalStep,
} from './journal.js';
import { withLock } from './lock.js';
import { runProgram } from './program.js';
import { sendSignal } from './signal.js';

export type UndoRefusal = 'nothing-to-undo' | 'no-such-entry' | 'no-undo' | 'already-undone';

/** One shape for success and failure. `damaged` lists journal files that could not be read and were skipped. */
export type UndoResult =
  | { ok: true; entry: JournalEntry; damaged: readonly DamagedEntry[] }
  | {
      ok: false;
      entry: JournalEntry | null;
      reason: UndoRefusal | Failure['reason'];
      detail: string;
      damaged: readonly DamagedEntry[];
    };

type AnyStep = JournalStep['step'];

type StepResult = { ok: true } | Failure;

/** Undoes the newest entry that changed something and was not undone. It stands alone: an older one needs its id. */
export async function undoLast(host: MutableHost, journalFolder: string): Promise<UndoResult> {
  return undo(host, journalFolder, null);
}

/** Undoes the entry with this id. */
export async function undoById(host: MutableHost, journalFolder: string, id: string): Promise<UndoResult> {
  return undo(host, journalFolder, id);
}

/** Whether something can be put back: an edit that was made, or an undo step that belongs to a step that ran. */
export function isUndoable(entry: JournalEntry): boolean {
  if (entry.status === 'undone') return false;
  return (
    (entry.undo?.length ?? 0) > entry.steps.length ||
    entry.steps.some((step, index) => {
      return mayHaveChanged(step) && (step.edit !== null || entry.undo?.[index] !== undefined);
    })
  );
}

async function undo(host: MutableHost, folder: string, id: string | null): Promise<UndoResult> {
  const done = await withLock(host, folder, async (): Promise<UndoResult> => {
    const { entries, damaged } = await readJournal(host, folder);
    const entry = entries.findLast((candidate) => (id === null ? wasApplied(candidate) : candidate.id === id)) ?? null;
    if (entry === null) {
      return { ok: false, entry, reason: id === null ? 'nothing-to-undo' : 'no-such-entry', detail: id ?? '', damaged };
    }
    if (entry.status === 'undone') return { ok: false, entry, reason: 'already-undone', detail: entry.id, damaged };
    if (!isUndoable(entry)) return { ok: false, entry, reason: 'no-undo', detail: entry.id, damaged };
    const undone = await undoEntry(host, folder, entry);
    return undone.ok ? { ok: true, entry, damaged } : { ...undone, entry, damaged };
  });
  return 'entry' in done ? done : { ...done, entry: null, damaged: [] };
}

function wasApplied(entry: JournalEntry): boolean {
  return entry.status !== 'undone' && entry.steps.some((step) => mayHaveChanged(step));
}

/** A step that was cut off may have done its work; a failed edit wrote nothing, a failed program may have. */
function mayHaveChanged({ step, state }: JournalStep): boolean {
  return state === 'done' || state === 'started' || (state === 'failed' && step.kind === 'run');
}

/** Undoes step by step, the last first, and stops at the first that fails. What was put back is noted at once. */
async function undoEntry(host: MutableHost, folder: string, entry: JournalEntry): Promise<StepResult> {
  const count = Math.max(entry.steps.length, entry.undo?.length ?? 0);
  for (let index = count - 1; index >= 0; index -= 1) {
    const undone = await undoAt(host, entry, index);
    if (!undone.ok) return undone;
    const saved = await saveEntry(host, folder, entry);
    if (!saved.ok) return saved;
  }
  entry.status = 'undone';
  return saveEntry(host, folder, entry);
}

async function undoAt(host: MutableHost, entry: JournalEntry, index: number): Promise<StepResult> {
  const step = entry.steps[index];
  if (step !== undefined && !mayHaveChanged(step)) return { ok: true };
  if (step?.step.kind === 'edit' && step.edit !== null) return restore(host, step.step, step.edit);
  const back = entry.undo?.[index];
  if (back === undefined || back.done || isCovered(back.step, entry)) return { ok: true };
  const result = await runBack(host, back.step);
  back.done = result.ok;
  return result;
}

/** Whether an undo step edits a place whose former value the journal knows, which is better than the planned one. */
function isCovered(back: AnyStep, entry: JournalEntry): boolean {
  if (back.kind !== 'edit') return false;
  return entry.steps.some(
    ({ step, edit }) =>
      edit !== null && step.kind === 'edit' && step.file === back.file && isDeepStrictEqual(step.keyPath, back.keyPath),
  );
}

async function runBack(host: MutableHost, step: AnyStep): Promise<StepResult> {
  if (step.kind === 'run') return runProgram(host, step.argv);
  if (step.kind === 'signal') return sendSignal(host, step, null);
  if (step.kind === 'instruct') return { ok: true };
  const prepared = await prepareEdit(host, step, JSON.stringify(step.value), null);
  return prepared.ok ? commitEdit(host, prepared.edit) : prepared;
}

/** Sets the value back when the place still holds what was written; all else that the file holds by now stays. */
async function restore(host: MutableHost, place: Place, record: EditRecord): Promise<StepResult> {
  const read = await readText(host, place.file);
  if (!read.ok) return read;
  const found = findPlainValue(read.text, place.keyPath);
  if (!found.ok) return found;
  if (found.literal === record.previous) return { ok: true };
  if (found.literal !== record.written) return failure('file-changed', `${place.file}: ${found.literal.slice(0, 100)}`);
  const prepared = await prepareEdit(host, place, record.previous, hashOf(read.text));
  return prepared.ok ? commitEdit(host, prepared.edit) : prepared;
}
