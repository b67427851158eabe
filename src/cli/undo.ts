import { createMutableNodeHost } from '../host/node.js';
import { readJournal, type JournalEntry } from '../remedies/journal.js';
import { isUndoable, undoById, undoLast } from '../remedies/undo.js';
import { clean } from '../reporters/clean.js';
import { renderJson } from '../reporters/json.js';
import { redactDeep } from '../reporters/redact.js';
import { journalFolder } from './journal-folder.js';
import type { Terminal } from './terminal.js';

function describe(entry: JournalEntry): string {
  const { id, target, remedy, cause, status } = entry;
  const final = status === 'undone' || isUndoable(entry) ? '' : ' (cannot be undone)';
  return `${id}  ${status.padEnd(8)}  ${clean(target, 60)}: ${remedy} for ${cause}${final}`;
}

/** `debug-doctor undo`: exit code 0 when something was taken back, 1 when there was nothing, 2 when it failed. */
export async function runUndo(
  raw: { id?: unknown; list?: unknown; json?: unknown },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const host = createMutableNodeHost(signal);
  const folder = journalFolder();
  const json = raw.json === true;
  if (raw.list === true) {
    const { entries, damaged } = await readJournal(host, folder);
    if (json) terminal.write(renderJson(redactDeep({ entries, damaged })));
    else
      terminal.write(
        entries.length === 0 ? 'Nothing was done yet.\n' : `${entries.map((entry) => describe(entry)).join('\n')}\n`,
      );
    return 0;
  }
  const result = typeof raw.id === 'string' ? await undoById(host, folder, raw.id) : await undoLast(host, folder);
  if (json) terminal.write(renderJson(redactDeep(result)));
  else if (result.ok) terminal.write(`Taken back: ${describe(result.entry)}\n`);
  else
    terminal.writeError(
      `Nothing was taken back: ${result.reason}${result.detail === '' ? '' : ` (${clean(result.detail)})`}.\n`,
    );
  if (result.ok) return 0;
  return result.reason === 'nothing-to-undo' ? 1 : 2;
}
