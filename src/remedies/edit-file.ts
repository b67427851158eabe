import type { MutableHost } from '../host/host.js';
import type { Target } from '../model/target.js';
import { hashOf, readText } from './baseline.js';
import { findPlainValue, replacePlainValue, type Literal } from './edit.js';
import { failure, type Failure } from './failure.js';
import type { EditRecord } from './journal.js';

/** The journal keeps what an edit replaces, and must stay small. */
const MAX_LITERAL_LENGTH = 10_000;

/** A file and the place in it. */
export interface Place {
  file: string;
  keyPath: readonly string[];
}

/** A new text that waits to be written, with what the journal has to know first. */
export interface PreparedEdit {
  file: string;
  text: string;
  record: EditRecord;
}

/**
 * Works out the new text of a file.
 * @param expectedHash the hash of the text that the edit was planned for; null: any text will do
 */
export async function prepareEdit(
  host: MutableHost,
  place: Place,
  literal: Literal,
  expectedHash: string | null,
): Promise<{ ok: true; edit: PreparedEdit } | Failure> {
  const read = await readText(host, place.file);
  if (!read.ok) return read;
  const previousHash = hashOf(read.text);
  if (expectedHash !== null && previousHash !== expectedHash) return failure('file-changed', place.file);
  const replaced = replacePlainValue(read.text, place.keyPath, literal);
  if (!replaced.ok) return replaced;
  if (replaced.previous.length > MAX_LITERAL_LENGTH) return failure('not-a-plain-value', place.keyPath.join('.'));
  const record = {
    previous: replaced.previous,
    written: literal,
    previousHash,
    writtenHash: hashOf(replaced.text),
  };
  return { ok: true, edit: { file: place.file, text: replaced.text, record } };
}

/** Writes a prepared text, unless the file was changed since it was read. */
export async function commitEdit(host: MutableHost, edit: PreparedEdit): Promise<{ ok: true } | Failure> {
  const read = await readText(host, edit.file);
  if (!read.ok) return read;
  if (hashOf(read.text) !== edit.record.previousHash) return failure('file-changed', edit.file);
  const written = await host.writeFile(edit.file, edit.text);
  return written.ok ? { ok: true } : failure('file-not-writable', `${edit.file}: ${written.code}`);
}

/**
 * Whether the place still holds what the target was read from: an edit of the target's own port or host must replace
 * the value that was diagnosed, not one that was typed meanwhile.
 */
export async function holdsDiagnosedValue(
  host: MutableHost,
  place: Place,
  target: Target,
): Promise<{ ok: true } | Failure> {
  const diagnosed = diagnosedValue(place, target);
  if (diagnosed === null) return { ok: true };
  const read = await readText(host, place.file);
  if (!read.ok) return read;
  const found = findPlainValue(read.text, place.keyPath);
  if (!found.ok) return found;
  const text = String(found.value);
  const same = text === diagnosed || text === `[${diagnosed}]`;
  return same ? { ok: true } : failure('file-changed', `${place.file}: ${found.literal.slice(0, 100)}`);
}

function diagnosedValue(place: Place, { source, port, host }: Target): string | null {
  if (source.kind !== 'config' || source.file !== place.file) return null;
  const path = JSON.stringify(place.keyPath);
  if (path === JSON.stringify(source.portKeyPath)) return port === null ? null : String(port);
  return path === JSON.stringify(source.hostKeyPath) ? host : null;
}
