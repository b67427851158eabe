import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PARTS = [
  'src',
  'checks',
  'scripts',
  'test',
  'package.json',
  'tsconfig.json',
  'vitest.config.mts',
  '.oxlintrc.json',
];
const ID = 'moon-is-not-full';

const clone = mkdtempSync(join(tmpdir(), 'debug-doctor-new-check-'));

function node(script: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [script, ...args], { cwd: clone, encoding: 'utf8' });
}

beforeAll(() => {
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(clone, part), { recursive: true, filter: (path) => basename(path) !== 'live' });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
});

afterAll(() => rmSync(clone, { recursive: true }));

describe('new-check', () => {
  it.each([
    ['Moon', 'port'],
    ['moon', 'port'],
    [ID, 'sky'],
    ['disk-has-space', 'port'],
  ])('refuses %s at %s', (id, hop) => {
    const { status, stdout } = node('scripts/new-check.mjs', id, '--hop', hop);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('writes a check, its test and its fixture, and puts it into the index', () => {
    expect(node('scripts/new-check.mjs', ID, '--hop', 'resources').status).toBe(0);
    expect(existsSync(join(clone, `fixtures/linux/${ID}/README.md`))).toBe(true);
    expect(readFileSync(join(clone, 'checks/index.ts'), 'utf8')).toContain(`import moonIsNotFull from './${ID}.js';`);
    expect(node('scripts/generate-checks.mjs', '--check').status).toBe(0);
  });

  it('writes what compiles and obeys the rules', () => {
    const files = [`checks/${ID}.ts`, `test/checks/${ID}.test.ts`];
    const settings = [
      '--noEmit',
      '--strict',
      '--target',
      'es2023',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
    ];
    const compiled = node(
      'node_modules/typescript/bin/tsc',
      '--ignoreConfig',
      ...settings,
      '--skipLibCheck',
      '--types',
      'node',
      ...files,
    );
    expect(compiled).toMatchObject({ status: 0, stdout: '' });
    expect(node('node_modules/oxlint/bin/oxlint', ...files)).toMatchObject({ status: 0 });
  });

  it('writes a test that fails until it is written', () => {
    const { status, stdout } = node(
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      '--reporter=json',
      `test/checks/${ID}`,
    );
    const { numTotalTests, numFailedTests } = JSON.parse(stdout) as { numTotalTests: number; numFailedTests: number };
    expect(status).toBe(1);
    expect([numTotalTests, numFailedTests]).toEqual([4, 4]);
  }, 30_000);
});
