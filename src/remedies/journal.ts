import { z } from 'zod';
import type { MutableHost } from '../host/host.js';
import type { StepPlan } from '../model/remedy.js';
import type { PlannedRemedy } from '../model/report.js';
import { failure, type Failure } from './failure.js';

const MAX_ENTRY_BYTES = 1024 * 1024;
const MAX_ENTRIES = 1000;

const ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;

const stepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), argv: z.array(z.string()).min(1) }),
  z.object({
    kind: z.literal('edit'),
    file: z.string(),
    keyPath: z.array(z.string()),
    value: z.union([z.string(), z.number(), z.boolean()]),
  }),
  z.object({
    kind: z.literal('signal'),
    pid: z.number().int(),
    startTime: z.number(),
    signal: z.enum(['TERM', 'CONT']),
    graceMs: z.number(),
  }),
  z.object({ kind: z.literal('instruct') }),
]);

/** What an edit found and wrote: JSON scalars as they stand in the file, and hashes of the whole text. */
const editSchema = z.object({
  previous: z.string(),
  written: z.string(),
  previousHash: z.string(),
  writtenHash: z.string(),
});

const entrySchema = z.object({
  version: z.literal(1),
  id: z.string().regex(ID),
  /** RFC 3339. */
  time: z.string(),
  target: z.string(),
  cause: z.string(),
  remedy: z.string(),
  status: z.enum(['started', 'applied', 'verified', 'failed', 'undone']),
  /** The index of the step that failed, and why; null when every step ran. */
  failure: z.object({ step: z.number().int(), reason: z.string(), detail: z.string() }).nullable(),
  steps: z.array(
    z.object({
      step: stepSchema,
      state: z.enum(['pending', 'started', 'done', 'failed', 'left-to-person']),
      detail: z.string(),
      edit: editSchema.nullable(),
    }),
  ),
  /** `undo[i]` puts back what `steps[i]` did; null: there is nothing to put back. */
  undo: z.array(z.object({ step: stepSchema, done: z.boolean() })).nullable(),
});

/** One applied remedy. Ids sort by time. Names of causes and remedies are those of the version that wrote it. */
export type JournalEntry = z.infer<typeof entrySchema>;
export type JournalStep = JournalEntry['steps'][number];
export type EditRecord = z.infer<typeof editSchema>;

/** A file that is no entry, or no longer one. */
export interface DamagedEntry {
  file: string;
  reason: string;
}

export interface Journal {
  /** Oldest first; at most the newest 1000. */
  entries: JournalEntry[];
  damaged: DamagedEntry[];
}

/** Reads every entry of a folder. A folder that does not exist is an empty journal; damaged files are listed. */
export async function readJournal(host: MutableHost, folder: string): Promise<Journal> {
  const listed = await host.listDirectory(folder);
  if (!listed.ok)
    return { entries: [], damaged: listed.code === 'ENOENT' ? [] : [{ file: folder, reason: listed.code }] };
  const journal: Journal = { entries: [], damaged: [] };
  for (const id of entryIds(listed.names).slice(-MAX_ENTRIES)) {
    const read = await readEntry(host, folder, id);
    if (read.ok) journal.entries.push(read.entry);
    else journal.damaged.push({ file: fileOf(folder, id), reason: read.reason });
  }
  return journal;
}

/** Writes a new entry, before anything is changed. The caller holds the lock, so that no other entry gets its id. */
export async function createEntry(
  host: MutableHost,
  folder: string,
  planned: PlannedRemedy,
): Promise<{ ok: true; entry: JournalEntry } | Failure> {
  const listed = await host.listDirectory(folder);
  const newest = entryIds(listed.ok ? listed.names : []).at(-1);
  const now = host.now();
  // A clock that was set back must not sort a new entry before an old one.
  const unique = Math.max(now, newest === undefined ? 0 : timeOf(newest) + 1);
  const entry: JournalEntry = {
    version: 1,
    id: new Date(unique).toISOString().replaceAll(/[:.]/g, '-'),
    time: new Date(now).toISOString(),
    target: planned.target.name,
    cause: planned.cause,
    remedy: planned.remedy.id,
    status: 'started',
    failure: null,
    steps: planned.remedy.steps.map((step) => ({ step: copyOf(step), state: 'pending', detail: '', edit: null })),
    undo: planned.remedy.undo?.map((step) => ({ step: copyOf(step), done: false })) ?? null,
  };
  const saved = await saveEntry(host, folder, entry);
  return saved.ok ? { ok: true, entry } : saved;
}

/** Writes an entry over its former state, atomically. */
export async function saveEntry(
  host: MutableHost,
  folder: string,
  entry: JournalEntry,
): Promise<{ ok: true } | Failure> {
  const file = fileOf(folder, entry.id);
  const written = await host.writeFile(file, `${JSON.stringify(entry, null, 2)}\n`);
  return written.ok ? { ok: true } : failure('journal-not-writable', `${file}: ${written.code}`);
}

async function readEntry(
  host: MutableHost,
  folder: string,
  id: string,
): Promise<{ ok: true; entry: JournalEntry } | { ok: false; reason: string }> {
  const read = await host.readFile(fileOf(folder, id), { maxBytes: MAX_ENTRY_BYTES });
  if (!read.ok) return { ok: false, reason: read.code };
  if (read.truncated) return { ok: false, reason: 'too large' };
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, reason: `not a journal entry: ${parsed.error.issues[0]?.path.join('.') ?? ''}` };
  }
  if (parsed.data.id !== id) return { ok: false, reason: 'its id is not its file name' };
  return { ok: true, entry: parsed.data };
}

function entryIds(names: readonly string[]): string[] {
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((id) => ID.test(id))
    .toSorted();
}

function timeOf(id: string): number {
  const [day = '', clock = ''] = id.slice(0, -1).split('T');
  const [hours, minutes, seconds, milliseconds] = clock.split('-');
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`) || 0;
}

function fileOf(folder: string, id: string): string {
  return `${folder}/${id}.json`;
}

function copyOf(step: StepPlan): JournalStep['step'] {
  if (step.kind === 'run') return { ...step, argv: [...step.argv] };
  return step.kind === 'edit' ? { ...step, keyPath: [...step.keyPath] } : { ...step };
}
