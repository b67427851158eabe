import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PYTHON } from './lab/debuggers.js';
import { expectCause, expectHealthy, runDoctor, type Examination } from './lab/doctor.js';
import { SYSTEM_PATH } from './lab/holders.js';
import { nextPort } from './lab/ports.js';
import { canRun, useScene, type Scene } from './lab/scene.js';

const scene = useScene();
const hasDelve = canRun('the versions of Delve and Go', 'dlv', 'go');
const hasDebugpy = canRun('the versions of debugpy and Python', PYTHON);

/** A PATH in which this `go` comes first. */
function pathWithGo(place: Scene, version: string): string {
  const folder = place.folder();
  writeFileSync(join(folder, 'go'), `#!/bin/sh\necho 'go version go${version} linux/amd64'\n`, { mode: 0o755 });
  return `${folder}:${SYSTEM_PATH}`;
}

function launchDelve(env: Readonly<Record<string, string>>, ...verb: string[]): Promise<Examination> {
  const command = ['dlv', ...verb, `--listen=127.0.0.1:${nextPort()}`];
  return runDoctor(['check', '--request', 'launch', '--', ...command], { env });
}

function evidenceOf({ target }: Examination): string {
  const judged = target.results.find(({ check }) => check === 'versions-fit-together');
  return judged?.evidence.map(({ text }) => text).join(' ') ?? '';
}

describe.runIf(hasDelve)('Delve and Go', () => {
  it.each([['debug'], ['test'], ['dap']])('that are installed fit for dlv %s', async (verb) => {
    const examination = await launchDelve({}, verb, ...(verb === 'dap' ? [] : ['--headless']));
    expectHealthy(examination);
    expect(evidenceOf(examination)).toMatch(/^Delve \d+\.\d+\S* meets Go \d+\.\d+/);
  });

  it.each([
    { verb: 'debug', version: '1.99.1', confidence: 'certain' },
    { verb: 'test', version: '1.9.7', confidence: 'certain' },
    { verb: 'dap', version: '1.99.1', confidence: 'likely' },
  ])('$version does not fit for dlv $verb', async ({ verb, version, confidence }) => {
    const env = { PATH: pathWithGo(scene, version) };
    const examination = await launchDelve(env, verb, ...(verb === 'dap' ? [] : ['--headless']));
    const found = expectCause(examination, 'versions-incompatible');
    expect(found.confidence).toBe(confidence);
    expect(found.args.line).toContain(version);
  });

  it('of PATH are nothing to a program that was built before', async () => {
    const env = { PATH: pathWithGo(scene, '1.99.1') };
    const examination = await launchDelve(env, 'exec', '/bin/true', '--headless');
    expect(examination.causes).not.toContain('versions-incompatible');
  });
});

describe.runIf(hasDebugpy)('debugpy and Python', () => {
  it('that are installed fit', async () => {
    const argv = ['check', String(nextPort()), '--request', 'launch', '--', PYTHON, 'app.py'];
    const examination = await runDoctor(argv);
    expectHealthy(examination);
    expect(evidenceOf(examination)).toMatch(/^debugpy \d+\.\d+\S* meets Python 3\./);
  });
});

it('takes the word of a log', async () => {
  const log = join(scene.folder(), 'dlv.log');
  const line = 'Version of Delve is too old for Go version 1.24.0 (maximum supported version 1.20)';
  writeFileSync(log, `Failed to launch: ${line}\n`);
  const argv = ['check', String(nextPort()), '--adapter', 'delve', '--log', log];
  const examination = await runDoctor(argv);
  expect(examination.causes).toContain('versions-incompatible');
});
