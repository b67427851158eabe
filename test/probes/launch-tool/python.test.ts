import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../../src/host/node.js';
import { findProgram } from '../../../src/probes/launch-tool/find-program.js';
import { askInstalledVersion, askPython, parsePythonAnswer } from '../../../src/probes/launch-tool/python.js';

const folder = mkdtempSync(join(tmpdir(), 'launch-tool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('parsePythonAnswer', () => {
  const ANSWER = '{"version": "3.11.2", "has": true, "moduleVersion": "1.6.6", "canInstall": false}\n';

  it('reads what the question prints, also behind other lines', () => {
    const expected = { version: '3.11.2', has: true, moduleVersion: '1.6.6', canInstall: false };
    expect(parsePythonAnswer(ANSWER)).toEqual(expected);
    expect(parsePythonAnswer(`hello from sitecustomize\n${ANSWER}`)).toEqual(expected);
  });

  it.each([
    '',
    'null',
    '[]',
    '3',
    '{"version": 3, "has": true}',
    '{"version": "3.11.2"}',
    '{"version": "3.11.2", "has": "yes"}',
    'Traceback',
  ])('refuses %j', (text) => {
    expect(parsePythonAnswer(text)).toBeNull();
  });

  it('never takes silence about installing for a yes', () => {
    expect(parsePythonAnswer('{"version": "3.11.2", "has": false}')).toMatchObject({
      canInstall: false,
      moduleVersion: null,
    });
  });
});

describe('a real interpreter', () => {
  const host = createNodeHost();

  it('says what it has', async () => {
    expect(await askPython(host, '/usr/bin/python3', 'json', folder)).toMatchObject({ has: true });
    expect(await askPython(host, '/usr/bin/python3', 'debug_doctor_absent', folder)).toMatchObject({
      has: false,
      moduleVersion: null,
    });
  });

  it('runs nothing of the working directory', async () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'wanted'), { recursive: true });
    const trap = "import pathlib; pathlib.Path(__file__).with_suffix('.ran').touch(); raise SystemExit(3)\n";
    for (const name of ['json.py', 'sysconfig.py', 'wanted/__init__.py']) writeFileSync(join(project, name), trap);
    expect(await askPython(host, '/usr/bin/python3', 'wanted', project)).toMatchObject({ has: false });
  });

  it('that is none gives no answer', async () => {
    expect(await askPython(host, '/bin/true', 'json', folder)).toBeNull();
    expect(await askPython(host, '/bin/false', 'json', folder)).toBeNull();
  });
});

describe('findProgram', () => {
  const bin = join(folder, 'bin');
  mkdirSync(join(bin, 'folder'), { recursive: true });
  writeFileSync(join(bin, 'tool'), '', { mode: 0o755 });
  writeFileSync(join(bin, 'notes'), '', { mode: 0o644 });
  const host = { ...createNodeHost(), environment: (name: string) => (name === 'PATH' ? `/absent::${bin}` : null) };

  it.each([
    ['tool', join(bin, 'tool')],
    ['notes', null],
    ['folder', null],
    ['absent', null],
    ['bin/tool', join(bin, 'tool')],
    ['./bin/tool', join(bin, 'tool')],
    [join(bin, 'tool'), join(bin, 'tool')],
  ])('%s is %s', async (name, expected) => {
    expect(await findProgram(host, name, folder)).toBe(expected);
  });

  it('finds nothing with an empty PATH', async () => {
    expect(await findProgram({ ...host, environment: () => null }, 'tool', folder)).toBeNull();
  });
});

describe('the version that pip wrote down', () => {
  const host = createNodeHost();
  const site = join(folder, 'site');
  mkdirSync(join(site, 'wanted'), { recursive: true });
  writeFileSync(join(site, 'wanted/__init__.py'), '');
  const ask = (): Promise<string | null> =>
    askInstalledVersion(
      { ...host, run: (argv, options) => host.run(['env', `PYTHONPATH=${site}`, ...argv], options) },
      '/usr/bin/python3',
      'wanted',
      folder,
    );

  it('is in the name of a folder beside the module', async () => {
    mkdirSync(join(site, 'wanted_more-3.0.dist-info'));
    expect(await ask()).toBeNull();
    mkdirSync(join(site, 'wanted-1.6.3+git2.dist-info'));
    expect(await ask()).toBe('1.6.3+git2');
  });
});
