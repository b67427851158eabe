import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const LEFT_OUT = ['node_modules', 'dist', 'coverage', '.git', 'test', 'fixtures', 'bench'];
const CLOSED_PORT = '17690';

const folder = mkdtempSync(join(tmpdir(), 'debug-doctor-package-'));
const clone = join(folder, 'clone');
const user = join(folder, 'user');
const environment = { ...process.env, npm_config_cache: join(folder, 'cache'), npm_config_loglevel: 'error' };

/** Runs a program where the package was installed, or elsewhere; fails loudly when it does not end with that code. */
function run(file: string, args: readonly string[], cwd = user, exitCode = 0): string {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, env: environment, encoding: 'utf8' });
  expect(status, `${file} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(exitCode);
  return stdout;
}

function program(name: string, lines: readonly string[]): string {
  writeFileSync(join(user, name), `${lines.join('\n')}\n`);
  return name;
}

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

// A clone of its own, so that `prepare` does not rebuild the dist/ that other tests are running.
beforeAll(() => {
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  run('npm', ['pack', '--pack-destination', folder], clone);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--offline', join(folder, tarball)]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the installed tarball', () => {
  it('brings no other package along', () => {
    const installed = readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['debug-doctor']);
  });

  it('holds the notices of what is bundled, its licence and the causes that reports refer to', () => {
    const installed = join(user, 'node_modules/debug-doctor');
    const notices = readFileSync(join(installed, 'dist/THIRD_PARTY_LICENSES.txt'), 'utf8');
    for (const name of ['chalk', 'execa', 'jsonc-parser', 'ora', 'systeminformation', 'yargs', 'zod']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
    }
    expect(statSync(join(installed, 'LICENSE')).isFile()).toBe(true);
    expect(statSync(join(installed, 'docs/causes/server-not-started.md')).isFile()).toBe(true);
  });

  it('runs by npx', () => {
    expect(run('npx', ['--offline', 'debug-doctor', '--version'])).toBe(`${version}\n`);
  });

  it('prints a report that its own schema accepts', () => {
    const bin = join(user, 'node_modules/.bin/debug-doctor');
    const schema = JSON.parse(run(bin, ['schema'])) as object;
    const report = JSON.parse(run(bin, ['check', CLOSED_PORT, '--json'], user, 1)) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report).toMatchObject({ status: 'unhealthy', exitCode: 1, tool: { version } });
  });

  it.each(['fix', 'explain', 'undo', 'list'])('has %s', (command) => {
    const bin = join(user, 'node_modules/.bin/debug-doctor');
    expect(run(bin, [command, '--help'])).toContain(`debug-doctor ${command}`);
  });
});

describe('the library', () => {
  const use = `checkTargets({ targets: ['${CLOSED_PORT}'] }).then((report) => console.log(report.exitCode));`;

  it('answers require', () => {
    const name = program('use.cjs', ["const { checkTargets } = require('debug-doctor');", use]);
    expect(run(process.execPath, [name])).toBe('1\n');
  });

  it('answers import', () => {
    const name = program('use.mjs', ["import { checkTargets } from 'debug-doctor';", use]);
    expect(run(process.execPath, [name])).toBe('1\n');
  });

  it.each([{ targets: ['not a host:1'] }, { only: ['no-such-check'] }, { targets: ['pid:1'], request: 'launch' }])(
    'refuses what it cannot understand: %j',
    (options) => {
      const attempt = `checkTargets(${JSON.stringify(options)}).catch((error) => console.log(error.name));`;
      const name = program('refuse.mjs', ["import { checkTargets } from 'debug-doctor';", attempt]);
      expect(run(process.execPath, [name])).toBe('TypeError\n');
    },
  );

  const typed = [
    "import { checkTargets, type CauseId, type Report } from 'debug-doctor';",
    "const report: Report = await checkTargets({ targets: ['5678'], failOn: 'warning' });",
    'const causes: CauseId[] = report.targets.flatMap(({ diagnosis }) => diagnosis.rootCauses.map(({ cause }) => cause));',
    'console.log(causes);',
  ];

  function compile(
    name: string,
    lines: readonly string[],
    resolution: string,
  ): { status: number | null; stdout: string } {
    const file = program(name, lines);
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const kind = resolution === 'bundler' ? 'esnext' : resolution;
    const roots = ['--typeRoots', join(ROOT, 'node_modules/@types'), '--types', 'node'];
    const how = ['--noEmit', '--strict', '--target', 'es2023', '--module', kind, '--moduleResolution', resolution];
    return spawnSync(process.execPath, [compiler, ...how, ...roots, file], { cwd: user, encoding: 'utf8' });
  }

  it.each(['node16', 'nodenext', 'bundler'])('has types for %s', (resolution) => {
    expect(compile('typed.mts', typed, resolution)).toMatchObject({ status: 0, stdout: '' });
  });

  it('has types that tell a wrong use', () => {
    const wrong = ["import { checkTargets } from 'debug-doctor';", "void checkTargets({ request: 'listen' });"];
    expect(compile('wrong.mts', wrong, 'node16').stdout).toContain('TS2322');
  });
});
