import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endPortOwner, moveToFreePort } from '../../src/causes/shared.js';
import { createMutableNodeHost } from '../../src/host/node.js';
import type { FindingArgs } from '../../src/model/cause.js';
import type { RemedyPlan, StepPlan } from '../../src/model/remedy.js';
import type { DiagnosisRun, RankedCause } from '../../src/model/report.js';
import { findPlainValue } from '../../src/remedies/edit.js';
import { fix, type FixOptions, type FixResult } from '../../src/remedies/fix.js';
import { readJournal } from '../../src/remedies/journal.js';
import { undoLast } from '../../src/remedies/undo.js';
import { startListener, startScript } from './processes.js';
import { catalogue, makeFolder, remedy, root, run, target, type TargetSample } from './samples.js';

const host = createMutableNodeHost();
const confirm = (): Promise<boolean> => Promise.resolve(true);
const NOTHING: StepPlan = { kind: 'run', argv: [process.execPath, '-e', ''] };

function write(file: string, text: string): StepPlan {
  const script = 'require("fs").writeFileSync(process.argv[1], process.argv[2])';
  return { kind: 'run', argv: [process.execPath, '-e', script, file, text] };
}

interface Site {
  folder: string;
  journalFolder: string;
}

async function makeSite(): Promise<Site> {
  const folder = await makeFolder();
  return { folder, journalFolder: join(folder, 'journal') };
}

/** Fixes with diagnoses that come one after another; the last one stays. */
function fixing(
  site: Site,
  samples: TargetSample[][],
  remedies: RemedyPlan[][],
  more: Partial<FixOptions> = {},
): Promise<FixResult> {
  const runs = samples.map((sample) => run(sample));
  const causes = catalogue({
    'port-held-by-other-program': () => remedies[0] ?? [],
    'disk-full': () => remedies[1] ?? [],
    'debug-port-exposed': () => remedies[0] ?? [],
  });
  let asked = 0;
  const diagnose = (): Promise<DiagnosisRun> => {
    const next = runs[Math.min(asked, runs.length - 1)];
    asked += 1;
    return next === undefined ? Promise.reject(new Error('no sample')) : Promise.resolve(next);
  };
  return fix({
    diagnose,
    causes,
    host,
    confirm,
    journalFolder: site.journalFolder,
    maxRisk: 'reversible',
    dryRun: false,
    ...more,
  });
}

const HELD: TargetSample = {
  target: target(),
  roots: [root('port-held-by-other-program')],
  others: { 'disk-space': 'pass' },
};
const FULL: TargetSample = {
  target: target(),
  roots: [root('disk-full', {}, { check: 'disk-space' })],
  others: { 'port-free': 'pass' },
};
const HEALTHY: TargetSample = { target: target(), roots: [], others: { 'port-free': 'pass' } };
const UNSEEN: TargetSample = {
  target: target(),
  roots: [],
  others: { 'port-free': 'unknown' },
  status: 'inconclusive',
};
const WARNED: TargetSample = { target: target(), roots: [root('debug-port-exposed', {}, { severity: 'warning' })] };

describe('what comes of it', () => {
  test.each<[string, number, TargetSample[][], RemedyPlan[][]]>([
    ['nothing-to-fix', 0, [[HEALTHY]], []],
    ['nothing-to-fix', 3, [[UNSEEN]], []],
    ['nothing-applicable', 1, [[HELD]], [[remedy([NOTHING], { risk: 'disruptive' })]]],
    ['nothing-applicable', 0, [[WARNED]], []],
    ['fixed', 0, [[HELD], [HEALTHY]], [[remedy([NOTHING])]]],
    ['fixed', 0, [[WARNED], [HEALTHY]], [[remedy([NOTHING])]]],
    ['still-failing', 1, [[HELD], [HELD]], [[remedy([NOTHING])]]],
    ['still-failing', 1, [[WARNED], [WARNED]], [[remedy([NOTHING])]]],
    ['still-failing', 1, [[HELD], [FULL]], [[remedy([NOTHING])]]],
    ['unverified', 3, [[HELD], [UNSEEN]], [[remedy([NOTHING])]]],
    ['failed', 2, [[HELD], [HELD]], [[remedy([{ kind: 'run', argv: ['debug-doctor-no-such-program'] }])]]],
  ])('%s, exit code %i', async (outcome, exitCode, samples, remedies) => {
    const result = await fixing(await makeSite(), samples, remedies);
    expect([result.outcome, result.exitCode]).toEqual([outcome, exitCode]);
  });

  test.each<[string, TargetSample]>([
    ['verified', HEALTHY],
    ['verified', FULL],
    ['failed', HELD],
    ['applied', UNSEEN],
  ])('is journalled: %s', async (status, after) => {
    const site = await makeSite();
    const result = await fixing(site, [[HELD], [after]], [[remedy([NOTHING])]]);
    expect((await readJournal(host, site.journalFolder)).entries).toEqual(result.applied);
    expect(result.applied.map((entry) => entry.status)).toEqual([status]);
  });

  test('a remedy that names its check must make that check pass', async () => {
    const named = [[remedy([NOTHING], { verify: 'server-listens' })]];
    const failing = {
      ...FULL,
      others: { 'port-free': 'pass' },
      roots: [root('disk-full', {}, { check: 'server-listens' })],
    } as const;
    expect((await fixing(await makeSite(), [[HELD], [failing]], named)).applied).toMatchObject([{ status: 'failed' }]);
    const passing = { ...HEALTHY, others: { 'server-listens': 'pass' } } as const;
    expect((await fixing(await makeSite(), [[HELD], [passing]], named)).applied).toMatchObject([
      { status: 'verified' },
    ]);
  });
});

describe('before anything is changed', () => {
  test('a dry run writes nothing and keeps the failing exit code', async () => {
    const site = await makeSite();
    const file = join(site.folder, 'touched');
    const result = await fixing(site, [[HELD]], [[remedy([write(file, '')])]], { dryRun: true });
    expect([result.outcome, result.exitCode, result.after]).toEqual(['dry-run', 1, null]);
    expect(result.plan.remedies).toHaveLength(1);
    expect(await readdir(site.folder)).toEqual([]);
  });

  test('a person may decline', async () => {
    const site = await makeSite();
    const result = await fixing(site, [[HELD]], [[remedy([NOTHING])]], { confirm: () => Promise.resolve(false) });
    expect([result.outcome, result.exitCode, result.after]).toEqual(['declined', 1, null]);
    expect(await readdir(site.folder)).toEqual([]);
  });

  test('a file that changes while a person thinks is left alone', async () => {
    const site = await makeSite();
    const file = join(site.folder, 'launch.json');
    await writeFile(file, '{"port": 17300}');
    const think = async (): Promise<boolean> => {
      await writeFile(file, '{"port": 17300, "mine": true}');
      return true;
    };
    const edit = remedy([{ kind: 'edit', file, keyPath: ['port'], value: 17305 }]);
    const result = await fixing(site, [[HELD]], [[edit]], { confirm: think });
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 2, failure: { reason: 'file-changed' } });
    expect(await readFile(file, 'utf8')).toBe('{"port": 17300, "mine": true}');
  });
});

describe('rounds', () => {
  test('a cause that comes to light is fixed in its turn', async () => {
    const site = await makeSite();
    const asked: number[] = [];
    const ask: FixOptions['confirm'] = (plan) => {
      asked.push(plan.remedies.length);
      return Promise.resolve(true);
    };
    const result = await fixing(site, [[HELD], [FULL], [HEALTHY]], [[remedy([NOTHING])], [remedy([NOTHING])]], {
      confirm: ask,
    });
    expect(result.outcome).toBe('fixed');
    expect(result.applied.map(({ cause, status }) => [cause, status])).toEqual([
      ['port-held-by-other-program', 'verified'],
      ['disk-full', 'verified'],
    ]);
    expect(asked).toEqual([1, 1]);
  });

  test('three, and no more', async () => {
    const samples = [[HELD], [FULL], [HELD], [FULL], [HELD]];
    const result = await fixing(await makeSite(), samples, [[remedy([NOTHING])], [remedy([NOTHING])]]);
    expect([result.outcome, result.applied.length]).toEqual(['still-failing', 3]);
  });

  test('the first remedy that fails ends the round', async () => {
    const site = await makeSite();
    const file = join(site.folder, 'touched');
    const second: TargetSample = { target: target({ name: 'b' }), roots: [root('disk-full')] };
    const failing = remedy([{ kind: 'run', argv: ['debug-doctor-no-such-program'] }]);
    const result = await fixing(site, [[HELD, second]], [[failing], [remedy([write(file, '')])]]);
    expect(result).toMatchObject({ outcome: 'failed', failure: { reason: 'not-started' } });
    expect(await readdir(site.folder)).toEqual(['journal']);
  });
});

/** Looks at a configuration and tells whether its port can be had: the smallest real diagnosis. */
async function diagnosePort(file: string, args: FindingArgs): Promise<DiagnosisRun> {
  const found = findPlainValue(await readFile(file, 'utf8'), ['port']);
  const port = found.ok ? Number(found.value) : 0;
  const { errorCode } = await host.tryBind('127.0.0.1', port);
  const held: RankedCause = root('port-held-by-other-program', { ...args, port });
  return run([
    {
      target: target({ port }),
      roots: errorCode === null ? [] : [held],
      others: errorCode === null ? { 'port-free': 'pass' } : {},
    },
  ]);
}

async function makeHeld(port: number): Promise<Site & { file: string; config: FindingArgs; text: string }> {
  const site = await makeSite();
  const file = join(site.folder, 'config.json');
  const text = `{\n    "port": ${port}\n}`;
  await writeFile(file, text);
  return { ...site, file, text, config: { configFile: file, portKeyPath: ['port'] } };
}

describe.runIf(process.platform === 'linux')('a port that another program holds', () => {
  const causes = catalogue({
    'port-held-by-other-program': (args) => [...moveToFreePort(args), ...endPortOwner('linux', args)],
  });

  test('the server moves to a free port, and back', async () => {
    const { file, text, config, journalFolder } = await makeHeld(17310);
    const { child } = await startListener(17310);
    const diagnose = (): Promise<DiagnosisRun> => diagnosePort(file, { ...config, freePort: 17311 });
    const result = await fix({ diagnose, causes, host, journalFolder, maxRisk: 'reversible', dryRun: false, confirm });
    expect([result.outcome, result.exitCode]).toEqual(['fixed', 0]);
    expect(await readFile(file, 'utf8')).toBe(text.replace('17310', '17311'));
    expect(child.exitCode ?? child.signalCode).toBe(null);
    expect(await undoLast(host, journalFolder)).toMatchObject({ ok: true });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('its owner is ended when that is allowed', async () => {
    const { file, journalFolder } = await makeHeld(17312);
    const { pid, startTime } = await startListener(17312);
    const diagnose = (): Promise<DiagnosisRun> => diagnosePort(file, { pid, startTime });
    const options = { diagnose, causes, host, journalFolder, dryRun: false, confirm };
    expect((await fix({ ...options, maxRisk: 'reversible' })).outcome).toBe('nothing-applicable');
    const result = await fix({ ...options, maxRisk: 'disruptive' });
    expect(result).toMatchObject({ outcome: 'fixed', applied: [{ status: 'verified', steps: [{ detail: 'ended' }] }] });
    expect(await undoLast(host, journalFolder)).toMatchObject({ ok: false, reason: 'no-undo' });
  });

  test('a process that does not hold it is spared', async () => {
    const { file, journalFolder } = await makeHeld(17313);
    await startListener(17313);
    const { child, pid, startTime } = await startScript();
    const diagnose = (): Promise<DiagnosisRun> => diagnosePort(file, { pid, startTime: startTime + 1 });
    const result = await fix({ diagnose, causes, host, journalFolder, maxRisk: 'disruptive', dryRun: false, confirm });
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 2, failure: { reason: 'process-changed' } });
    expect(child.exitCode ?? child.signalCode).toBe(null);
  });

  test('two fixes at once do not mix', async () => {
    const { file, text, config, journalFolder } = await makeHeld(17314);
    await startListener(17314);
    const results = await Promise.all(
      [17315, 17316].map((freePort) => {
        const diagnose = (): Promise<DiagnosisRun> => diagnosePort(file, { ...config, freePort });
        return fix({ diagnose, causes, host, journalFolder, maxRisk: 'reversible', dryRun: false, confirm });
      }),
    );
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['failed', 'fixed']);
    const written = results.findIndex(({ outcome }) => outcome === 'fixed') === 0 ? '17315' : '17316';
    expect(await readFile(file, 'utf8')).toBe(text.replace('17314', written));
    const journal = await readJournal(host, journalFolder);
    expect(journal.damaged).toEqual([]);
    expect(journal.entries.map(({ status }) => status).toSorted()).toEqual(['failed', 'verified']);
    expect((await readdir(journalFolder)).filter((name) => !name.endsWith('.json'))).toEqual([]);
  });
});
