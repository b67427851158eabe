import { chmod, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMutableNodeHost } from '../../src/host/node.js';
import type { StepPlan } from '../../src/model/remedy.js';
import type { PlannedRemedy } from '../../src/model/report.js';
import { applyRemedy, type ApplyResult } from '../../src/remedies/apply.js';
import { takeBaseline } from '../../src/remedies/baseline.js';
import { readJournal } from '../../src/remedies/journal.js';
import { startListener, startScript } from './processes.js';
import { makeFolder, planned, target } from './samples.js';

const host = createMutableNodeHost();
const TEXT = '\uFEFF{\r\n\t// the server\r\n\t"server": { "port": 17300, "host": "localhost", },\r\n}';

interface Site {
  file: string;
  journal: string;
  edit(value: number, keyPath?: string[]): StepPlan;
}

async function makeSite(text: string | Buffer = TEXT): Promise<Site> {
  const folder = await makeFolder();
  const file = join(folder, 'debugpy_config.json');
  await writeFile(file, text);
  const edit = (value: number, keyPath = ['server', 'port']): StepPlan => ({ kind: 'edit', file, keyPath, value });
  return { file, journal: join(folder, 'journal'), edit };
}

async function apply(site: Site, remedy: PlannedRemedy): Promise<ApplyResult> {
  return applyRemedy(host, site.journal, remedy, await takeBaseline(host, [remedy]));
}

function node(script: string): StepPlan {
  return { kind: 'run', argv: [process.execPath, '-e', script] };
}

describe('an edit', () => {
  test('changes the value alone and journals what stood there', async () => {
    const site = await makeSite();
    const result = await apply(site, planned([site.edit(17305)]));
    expect(result).toMatchObject({ ok: true, steps: [{ state: 'done' }] });
    expect(await readFile(site.file, 'utf8')).toBe(TEXT.replace('17300', '17305'));
    const { entries } = await readJournal(host, site.journal);
    expect(entries).toMatchObject([{ status: 'applied', steps: [{ edit: { previous: '17300', written: '17305' } }] }]);
  });

  test.runIf(process.platform !== 'win32')('keeps the mode, follows a link and leaves nothing behind', async () => {
    const site = await makeSite();
    await chmod(site.file, 0o664);
    const link = `${site.file}.link`;
    await symlink(site.file, link);
    const result = await apply(
      site,
      planned([{ kind: 'edit', file: link, keyPath: ['server', 'port'], value: 17305 }]),
    );
    expect(result.ok).toBe(true);
    expect((await stat(site.file)).mode & 0o777).toBe(0o664);
    expect(await readlink(link)).toBe(site.file);
    expect(await readFile(site.file, 'utf8')).toContain('17305');
    expect((await readdir(join(site.file, '..'))).toSorted()).toEqual([
      'debugpy_config.json',
      'debugpy_config.json.link',
      'journal',
    ]);
  });

  test('does not forget the first of two edits of one file', async () => {
    const site = await makeSite();
    const both = planned([
      site.edit(17305),
      { kind: 'edit', file: site.file, keyPath: ['server', 'host'], value: '::1' },
    ]);
    expect((await apply(site, both)).ok).toBe(true);
    expect(await readFile(site.file, 'utf8')).toBe(TEXT.replace('17300', '17305').replace('localhost', '::1'));
  });

  test('refuses a file that changed since the diagnosis', async () => {
    const site = await makeSite();
    const remedy = planned([site.edit(17305)]);
    const baseline = await takeBaseline(host, [remedy]);
    const changed = TEXT.replace('the server', 'my server');
    await writeFile(site.file, changed);
    const result = await applyRemedy(host, site.journal, remedy, baseline);
    expect(result).toMatchObject({ ok: false, failedStep: 0, reason: 'file-changed' });
    expect(await readFile(site.file, 'utf8')).toBe(changed);
    expect((await readJournal(host, site.journal)).entries).toMatchObject([
      { status: 'failed', failure: { step: 0, reason: 'file-changed' }, steps: [{ state: 'failed' }] },
    ]);
  });

  test('refuses a file that changed between reading and writing', async () => {
    const site = await makeSite();
    const changed = TEXT.replace('the server', 'my server');
    const meddled = {
      ...host,
      writeFile: async (path: string, text: string) => {
        if (text.includes('writtenHash')) await writeFile(site.file, changed);
        return host.writeFile(path, text);
      },
    };
    const remedy = planned([site.edit(17305)]);
    const result = await applyRemedy(meddled, site.journal, remedy, await takeBaseline(host, [remedy]));
    expect(result).toMatchObject({ ok: false, reason: 'file-changed' });
    expect(await readFile(site.file, 'utf8')).toBe(changed);
  });

  test('refuses a value other than the one that was diagnosed', async () => {
    const site = await makeSite();
    const source = {
      kind: 'config',
      file: site.file,
      portKeyPath: ['server', 'port'],
      hostKeyPath: ['server', 'host'],
    } as const;
    const stale = planned([site.edit(17305)], { target: target({ port: 17399, source }) });
    expect(await apply(site, stale)).toMatchObject({ ok: false, reason: 'file-changed' });
    const fresh = planned([site.edit(17305)], { target: target({ port: 17300, source }) });
    expect((await apply(site, fresh)).ok).toBe(true);
  });

  test.each([
    ['not-a-plain-value', TEXT, ['server']],
    ['not-a-plain-value', `{"server": {"port": "${'x'.repeat(20_000)}"}}`, ['server', 'port']],
    ['no-such-key', TEXT, ['client', 'port']],
    ['not-json', '{"server": ', ['server', 'port']],
    ['not-utf8', Buffer.from('{"server": {"port": 1, "name": "\u00e9"}}', 'latin1'), ['server', 'port']],
    ['file-too-large', `{"server": {"port": 1}}${' '.repeat(1024 * 1024)}`, ['server', 'port']],
  ])('refuses: %s', async (reason, content, keyPath) => {
    const site = await makeSite(content);
    const before = await readFile(site.file);
    expect(await apply(site, planned([site.edit(17305, keyPath)]))).toMatchObject({ ok: false, reason });
    expect(await readFile(site.file)).toEqual(before);
  });

  test('refuses a file that is not there', async () => {
    const site = await makeSite();
    const elsewhere = planned([{ kind: 'edit', file: `${site.file}.none`, keyPath: ['port'], value: 1 }]);
    expect(await apply(site, elsewhere)).toMatchObject({ ok: false, reason: 'file-unreadable' });
  });
});

describe('a program', () => {
  test('is journalled before it runs', async () => {
    const site = await makeSite();
    const copy = `const fs = require('fs'); fs.cpSync(process.argv[1], process.argv[2], { recursive: true })`;
    const seen = `${site.journal}-seen`;
    const step: StepPlan = { kind: 'run', argv: [process.execPath, '-e', copy, site.journal, seen] };
    expect((await apply(site, planned([step]))).ok).toBe(true);
    expect((await readJournal(host, seen)).entries).toMatchObject([
      { status: 'started', steps: [{ state: 'started' }] },
    ]);
  });

  test('that fails stops the remedy; its last lines are kept', async () => {
    const site = await makeSite();
    const failing = node(`for (let i = 0; i < 100; i++) console.error('line ' + i); process.exitCode = 3`);
    const result = await apply(site, planned([node(''), failing, site.edit(17305)]));
    expect(result).toMatchObject({ ok: false, failedStep: 1, reason: 'exit-code' });
    const detail = result.ok ? '' : result.detail;
    expect(detail.split('\n')).toHaveLength(21);
    expect(detail.endsWith('line 99')).toBe(true);
    expect(await readFile(site.file, 'utf8')).toBe(TEXT);
    expect((await readJournal(host, site.journal)).entries).toMatchObject([
      { status: 'failed', steps: [{ state: 'done' }, { state: 'failed' }, { state: 'pending' }] },
    ]);
  });

  test('that is not installed', async () => {
    const site = await makeSite();
    const missing: StepPlan = { kind: 'run', argv: ['debug-doctor-no-such-program'] };
    expect(await apply(site, planned([missing]))).toMatchObject({ ok: false, failedStep: 0, reason: 'not-started' });
  });
});

test('a file that could not be read after the diagnosis is not edited', async () => {
  const site = await makeSite();
  const unseen = { files: new Map<string, string>(), roles: new Map() };
  const result = await applyRemedy(host, site.journal, planned([site.edit(17305)]), unseen);
  expect(result).toMatchObject({ ok: false, reason: 'file-changed' });
  expect(await readFile(site.file, 'utf8')).toBe(TEXT);
});

test('advice is left to a person', async () => {
  const site = await makeSite();
  const result = await apply(site, planned([node(''), { kind: 'instruct' }]));
  expect(result).toMatchObject({ ok: true, steps: [{ state: 'done' }, { state: 'left-to-person' }] });
});

test('nothing is changed without a journal', async () => {
  const site = await makeSite();
  const inFile: Site = { ...site, journal: site.file };
  expect(await apply(inFile, planned([site.edit(17305)]))).toMatchObject({
    ok: false,
    reason: 'journal-not-writable',
    entry: null,
  });
  expect(await readFile(site.file, 'utf8')).toBe(TEXT);
});

describe.runIf(process.platform === 'linux')('a signal', () => {
  const port = 17303;

  test('ends the listener on the port of the finding', async () => {
    const site = await makeSite();
    const { pid, startTime } = await startListener(port);
    const ending = planned([{ kind: 'signal', pid, startTime, signal: 'TERM', graceMs: 3000 }], { args: { port } });
    expect(await apply(site, ending)).toMatchObject({ ok: true, steps: [{ state: 'done', detail: 'ended' }] });
    expect(await host.tryBind('127.0.0.1', port)).toEqual({ errorCode: null });
  });

  test('spares a process that took the port after the diagnosis', async () => {
    const site = await makeSite();
    const { pid, startTime, child } = await startScript();
    const ending = planned([{ kind: 'signal', pid, startTime, signal: 'TERM', graceMs: 3000 }], { args: { port } });
    const baseline = { files: new Map(), roles: new Map([[pid, 'listener' as const]]) };
    expect(await applyRemedy(host, site.journal, ending, baseline)).toMatchObject({
      ok: false,
      reason: 'not-the-listener',
    });
    expect(child.exitCode ?? child.signalCode).toBe(null);
  });
});
