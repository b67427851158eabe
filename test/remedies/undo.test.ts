import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMutableNodeHost } from '../../src/host/node.js';
import type { StepPlan } from '../../src/model/remedy.js';
import { applyRemedy } from '../../src/remedies/apply.js';
import { takeBaseline } from '../../src/remedies/baseline.js';
import { readJournal, saveEntry } from '../../src/remedies/journal.js';
import { isUndoable, undoById, undoLast } from '../../src/remedies/undo.js';
import { makeFolder, planned } from './samples.js';

const host = createMutableNodeHost();
const TEXT = '{\n  // the port\n  "port": 1.73e4,\n}\n';

interface Site {
  file: string;
  journal: string;
  log: string;
  edit: StepPlan;
}

async function makeSite(): Promise<Site> {
  const folder = await makeFolder();
  const file = join(folder, 'launch.json');
  await writeFile(file, TEXT);
  const edit: StepPlan = { kind: 'edit', file, keyPath: ['port'], value: 17305 };
  return { file, journal: join(folder, 'journal'), log: join(folder, 'log'), edit };
}

/** Appends a word to the site's log, and fails when told to. */
function say(site: Site, word: string, exitCode = 0): StepPlan {
  const script = `require('fs').appendFileSync(process.argv[1], process.argv[2] + ' '); process.exitCode = ${exitCode}`;
  return { kind: 'run', argv: [process.execPath, '-e', script, site.log, word] };
}

async function apply(site: Site, steps: StepPlan[], undo?: StepPlan[]): Promise<string> {
  const remedy = planned(steps, undo === undefined ? {} : { undo });
  const result = await applyRemedy(host, site.journal, remedy, await takeBaseline(host, [remedy]));
  if (result.entry === null) throw new Error('no entry');
  return result.entry.id;
}

const planUndo: StepPlan = { kind: 'edit', file: '', keyPath: ['port'], value: 1 };

describe('undo of an edit', () => {
  test('gives back the same text, and only once', async () => {
    const site = await makeSite();
    await apply(site, [site.edit], [{ ...planUndo, file: site.file }]);
    expect(await readFile(site.file, 'utf8')).toBe(TEXT.replace('1.73e4', '17305'));
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: true, entry: { status: 'undone' } });
    expect(await readFile(site.file, 'utf8')).toBe(TEXT);
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: false, reason: 'nothing-to-undo' });
  });

  test('keeps what was typed elsewhere meanwhile', async () => {
    const site = await makeSite();
    await apply(site, [site.edit]);
    const typed = '{\n  // my port\n  "host": "::1",\n      "port": 17305\n}\n';
    await writeFile(site.file, typed);
    expect((await undoLast(host, site.journal)).ok).toBe(true);
    expect(await readFile(site.file, 'utf8')).toBe(typed.replace('17305', '1.73e4'));
  });

  test.each([
    ['file-changed', '{ "port": 17399 }'],
    ['no-such-key', '{}'],
    ['not-json', '{ "port": '],
  ])('refuses when the file says something else: %s', async (reason, text) => {
    const site = await makeSite();
    await apply(site, [site.edit]);
    await writeFile(site.file, text);
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: false, reason, entry: { status: 'applied' } });
    expect(await readFile(site.file, 'utf8')).toBe(text);
  });

  test('is done already when a person put the value back', async () => {
    const site = await makeSite();
    await apply(site, [site.edit]);
    await writeFile(site.file, TEXT);
    expect((await undoLast(host, site.journal)).ok).toBe(true);
    expect(await readFile(site.file, 'utf8')).toBe(TEXT);
  });

  test('settles a remedy that was cut off before or after its write', async () => {
    for (const written of [true, false]) {
      const site = await makeSite();
      await apply(site, [site.edit]);
      const [entry] = (await readJournal(host, site.journal)).entries;
      if (entry?.steps[0] === undefined) throw new Error('no entry');
      entry.status = 'started';
      entry.steps[0].state = 'started';
      await saveEntry(host, site.journal, entry);
      if (!written) await writeFile(site.file, TEXT);
      expect(await undoLast(host, site.journal)).toMatchObject({ ok: true });
      expect(await readFile(site.file, 'utf8')).toBe(TEXT);
    }
  });
});

describe('undo of programs', () => {
  test('runs the undo steps last first', async () => {
    const site = await makeSite();
    const steps = ['a', 'b', 'c'].map((word) => say(site, word));
    await apply(
      site,
      steps,
      ['-a', '-b', '-c'].map((word) => say(site, word)),
    );
    expect((await undoLast(host, site.journal)).ok).toBe(true);
    expect(await readFile(site.log, 'utf8')).toBe('a b c -c -b -a ');
  });

  test('leaves out steps that never ran', async () => {
    const site = await makeSite();
    const steps = [say(site, 'a'), say(site, 'b', 1), say(site, 'c')];
    await apply(
      site,
      steps,
      ['-a', '-b', '-c'].map((word) => say(site, word)),
    );
    expect((await undoLast(host, site.journal)).ok).toBe(true);
    expect(await readFile(site.log, 'utf8')).toBe('a b -b -a ');
  });

  test('goes on where it failed', async () => {
    const site = await makeSite();
    const gate = `${site.log}.gate`;
    const ifOpen = `if (!require('fs').existsSync(process.argv[1])) process.exitCode = 1`;
    const back: StepPlan[] = [{ kind: 'run', argv: [process.execPath, '-e', ifOpen, gate] }, say(site, '-b')];
    await apply(site, [say(site, 'a'), say(site, 'b')], back);
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: false, reason: 'exit-code' });
    await writeFile(gate, '');
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: true, entry: { status: 'undone' } });
    expect(await readFile(site.log, 'utf8')).toBe('a b -b ');
  });
});

describe('which entry', () => {
  test('the newest one, or the one with the id', async () => {
    const site = await makeSite();
    const first = await apply(site, [say(site, 'a')], [say(site, '-a')]);
    const second = await apply(site, [say(site, 'b')], [say(site, '-b')]);
    expect(await undoById(host, site.journal, first)).toMatchObject({ ok: true, entry: { id: first } });
    expect(await undoById(host, site.journal, first)).toMatchObject({ ok: false, reason: 'already-undone' });
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: true, entry: { id: second } });
    expect(await undoById(host, site.journal, '../launch')).toMatchObject({ ok: false, reason: 'no-such-entry' });
    expect(await readFile(site.log, 'utf8')).toBe('a b -a -b ');
  });

  test('one without an undo says so', async () => {
    const site = await makeSite();
    const id = await apply(site, [say(site, 'a')]);
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: false, reason: 'no-undo', entry: { id } });
    const [entry] = (await readJournal(host, site.journal)).entries;
    expect(entry === undefined ? null : isUndoable(entry)).toBe(false);
  });

  test('passes over one that changed nothing', async () => {
    const site = await makeSite();
    const first = await apply(site, [say(site, 'a')], [say(site, '-a')]);
    await apply(site, [{ kind: 'edit', file: site.file, keyPath: ['none'], value: 1 }]);
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: true, entry: { id: first } });
  });

  test('reports damaged entries beside it', async () => {
    const site = await makeSite();
    await apply(site, [site.edit]);
    await writeFile(join(site.journal, '2099-01-01T00-00-00-000Z.json'), '{');
    const result = await undoLast(host, site.journal);
    expect(result.ok).toBe(true);
    expect(result.damaged).toHaveLength(1);
  });

  test('an empty journal has nothing to undo', async () => {
    const site = await makeSite();
    expect(await undoLast(host, site.journal)).toMatchObject({ ok: false, reason: 'nothing-to-undo', entry: null });
  });
});
