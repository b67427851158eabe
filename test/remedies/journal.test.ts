import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MutableHost } from '../../src/host/host.js';
import { createMutableNodeHost } from '../../src/host/node.js';
import { createEntry, readJournal, saveEntry, type JournalEntry } from '../../src/remedies/journal.js';
import { makeFolder, planned } from './samples.js';

const host = createMutableNodeHost();
const SOME = planned([{ kind: 'run', argv: ['true'] }], { undo: [{ kind: 'run', argv: ['false'] }] });

async function entryIn(folder: string, on: MutableHost = host): Promise<JournalEntry> {
  const created = await createEntry(on, folder, SOME);
  if (!created.ok) throw new Error(created.detail);
  return created.entry;
}

describe('journal', () => {
  test('an entry comes back as it was written', async () => {
    const folder = join(await makeFolder(), 'state', 'journal');
    const entry = await entryIn(folder);
    entry.status = 'applied';
    expect(await saveEntry(host, folder, entry)).toEqual({ ok: true });
    expect(await readJournal(host, folder)).toEqual({ entries: [entry], damaged: [] });
    expect(entry).toMatchObject({ target: 'sample', cause: 'port-held-by-other-program', undo: [{ done: false }] });
  });

  test.runIf(process.platform !== 'win32')('only the user may read it', async () => {
    const folder = join(await makeFolder(), 'state', 'journal');
    const entry = await entryIn(folder);
    await saveEntry(host, folder, entry);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, `${entry.id}.json`))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual([`${entry.id}.json`]);
  });

  test('ids sort by time, within a millisecond and when the clock is set back', async () => {
    const folder = await makeFolder();
    const ids: string[] = [];
    for (const now of [1_767_000_000_000, 1_767_000_000_000, 1_766_000_000_000]) {
      ids.push((await entryIn(folder, { ...host, now: () => now })).id);
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids.toSorted()).toEqual(ids);
    expect((await readJournal(host, folder)).entries.map(({ id }) => id)).toEqual(ids);
  });

  test('a folder that does not exist is an empty journal', async () => {
    expect(await readJournal(host, join(await makeFolder(), 'none'))).toEqual({ entries: [], damaged: [] });
  });

  test('damaged entries are reported and skipped', async () => {
    const folder = await makeFolder();
    const good = await entryIn(folder);
    const text = await readFile(join(folder, `${good.id}.json`), 'utf8');
    const damaged: Record<string, string> = {
      '2020-01-01T00-00-00-000Z': text.slice(0, 40),
      '2020-01-01T00-00-00-001Z': '',
      '2020-01-01T00-00-00-002Z': '[]',
      '2020-01-01T00-00-00-003Z': text,
      '2020-01-01T00-00-00-004Z': text.replace('"true"', '4'),
      '2020-01-01T00-00-00-005Z': ' '.repeat(1024 * 1024) + text,
      '2020-01-01T00-00-00-006Z': '{"__proto__":{"id":1}}',
    };
    for (const [id, content] of Object.entries(damaged)) await writeFile(join(folder, `${id}.json`), content);
    await mkdir(join(folder, '2020-01-01T00-00-00-007Z.json'));
    await writeFile(join(folder, 'notes.txt'), 'not ours');
    const journal = await readJournal(host, folder);
    expect(journal.entries).toEqual([good]);
    const files = [...Object.keys(damaged), '2020-01-01T00-00-00-007Z'].map((id) => join(folder, `${id}.json`));
    expect(journal.damaged.map(({ file }) => file)).toEqual(files);
  });

  test('an entry that cannot be written is a failure', async () => {
    const file = join(await makeFolder(), 'file');
    await writeFile(file, '');
    expect(await createEntry(host, file, SOME)).toMatchObject({ ok: false, reason: 'journal-not-writable' });
  });
});
