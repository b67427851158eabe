import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startNode } from './lab/debuggers.js';
import { runCli, runDoctor } from './lab/doctor.js';
import { nextPort } from './lab/ports.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const mayRunRuby = canRun('rdbg on a Unix socket', 'ruby', 'rdbg3.1');

interface Survey {
  environment: { variable: string; port: number | null; listens: boolean; takenOverBy: number[] }[];
  configured: { name: string; meets: number[]; collidesWith: string[]; checkable: boolean }[];
  running: {
    pid: number;
    adapter: string;
    listens: string[];
    socketPath: string | null;
    variable: string | null;
    configuredAs: string[];
  }[];
  problems: { line: number; column: number }[];
}

function attach(name: string, port: number): object {
  return { name, type: 'node', request: 'attach', address: '127.0.0.1', port };
}

function projectWith(...configurations: object[]): string {
  const folder = scene.folder();
  mkdirSync(join(folder, '.vscode'));
  const text = JSON.stringify({ version: '0.2.0', configurations }, null, 2);
  writeFileSync(join(folder, '.vscode/launch.json'), `// made by hand\n${text.replace(/\]\n\}$/, '],\n}')}\n`);
  return folder;
}

async function surveyOf(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ survey: Survey; exitCode: number }> {
  const { stdout, exitCode } = await runCli(['targets', '--json'], { cwd: folder, env });
  return { survey: JSON.parse(stdout), exitCode };
}

describe('the targets of a project', () => {
  it('meet the servers that run', async () => {
    const [port, other] = [nextPort(), nextPort()];
    const server = await startNode(scene, port);
    const folder = projectWith(attach('web', port), attach('worker', other));
    const { survey, exitCode } = await surveyOf(folder);
    expect(exitCode).toBe(0);
    expect(survey.configured.map(({ name, meets }) => [name, meets])).toEqual([
      ['web', [server.pid]],
      ['worker', []],
    ]);
    const running = survey.running.find(({ pid }) => pid === server.pid);
    expect(running).toMatchObject({ adapter: 'node', listens: [`127.0.0.1:${port}`], configuredAs: ['web'] });
  });

  it('are told from the options of the environment, which nobody need use', async () => {
    const [port, other] = [nextPort(), nextPort()];
    const env = { NODE_OPTIONS: `--inspect=${port}` };
    const server = await scene.start([process.execPath, '-e', 'setTimeout(() => {}, 120_000)'], { env, port });
    const agent = `-agentlib:jdwp=transport=dt_socket,server=y,address=${other}`;
    const { survey, exitCode } = await surveyOf(projectWith(attach('web', port)), {
      ...env,
      JAVA_TOOL_OPTIONS: agent,
      PYTHONBREAKPOINT: 'debugpy.breakpoint',
      XDEBUG_MODE: 'debug',
    });
    expect(exitCode).toBe(0);
    expect(survey.environment.map(({ variable, listens, takenOverBy }) => [variable, listens, takenOverBy])).toEqual([
      ['NODE_OPTIONS', true, [server.pid]],
      ['JAVA_TOOL_OPTIONS', true, []],
      ['PYTHONBREAKPOINT', false, []],
      ['XDEBUG_MODE', false, []],
    ]);
    const running = survey.running.find(({ pid }) => pid === server.pid);
    expect(running).toMatchObject({ variable: 'NODE_OPTIONS', configuredAs: ['web'] });
  });

  it.runIf(mayRunRuby)('meet rdbg at its Unix socket', async () => {
    const folder = scene.folder();
    const socket = join(folder, 'rdbg.sock');
    const argv = ['rdbg3.1', '--open', '--nonstop', `--sock-path=${socket}`, join(folder, 'app.rb')];
    writeFileSync(join(folder, 'app.rb'), 'sleep 120\n');
    const server = await scene.start(argv, { prints: 'Debugger can attach' });
    mkdirSync(join(folder, '.vscode'));
    const configurations = [{ name: 'app', type: 'rdbg', request: 'attach', debugPort: socket }];
    writeFileSync(join(folder, '.vscode/launch.json'), JSON.stringify({ configurations }));
    const { survey } = await surveyOf(folder);
    expect(survey.configured.map(({ meets }) => meets)).toEqual([[server.pid]]);
    expect(survey.running.find(({ pid }) => pid === server.pid)).toMatchObject({ socketPath: socket, listens: [] });
  });

  it('are all checked when nothing is said, in one report', async () => {
    const [port, other] = [nextPort(), nextPort()];
    await startNode(scene, port);
    const folder = projectWith(attach('web', port), attach('worker', other));
    const { report, exitCode } = await runDoctor(['check'], { cwd: folder });
    expect(report.targets.map(({ target, status }) => [target.name, status])).toEqual([
      ['web', 'healthy'],
      ['worker', 'unhealthy'],
    ]);
    expect(exitCode).toBe(1);
  });

  it('are checked by name', async () => {
    const [port, other] = [nextPort(), nextPort()];
    await startNode(scene, port);
    const folder = projectWith(attach('Attach: web', port), attach('worker', other));
    const { report, exitCode } = await runDoctor(['check', 'Attach: web'], { cwd: folder });
    expect(report.targets.map(({ target }) => [target.name, target.port])).toEqual([['Attach: web', port]]);
    expect(exitCode).toBe(0);
  });

  it('that only the editor can fill in are refused with a reason', async () => {
    const folder = projectWith({ name: 'pick', type: 'node', request: 'attach', processId: '${command:PickProcess}' });
    const { exitCode, stderr, stdout } = await runCli(['check', 'pick'], { cwd: folder });
    expect([exitCode, stdout, stderr.includes('${command:PickProcess}')]).toEqual([2, '', true]);
  });

  it('that wait for an input are refused where nobody can be asked, and left out of a check of all', async () => {
    const [port] = [nextPort()];
    await startNode(scene, port);
    const folder = projectWith(attach('web', port), { ...attach('api', 0), port: '${input:port}' });
    const { exitCode, stderr } = await runCli(['check', 'api'], { cwd: folder });
    expect([exitCode, stderr.includes('${input:port}'), stderr.includes('HOST:PORT')]).toEqual([2, true, true]);
    const { report } = await runDoctor(['check'], { cwd: folder });
    expect(report.targets.map(({ target }) => target.name)).toEqual(['web']);
    expect(report.warnings).toEqual([expect.stringContaining('api is left out')]);
    expect(report.exitCode).toBe(0);
  });

  it('tell the mistake of one configuration once, at that one', async () => {
    const [port, other] = [nextPort(), nextPort()];
    const wrong = { name: 'jvm', type: 'java', request: 'attach', port: String(other) };
    const folder = projectWith(attach('web', port), wrong, attach('worker', other));
    const { report } = await runDoctor(['check'], { cwd: folder });
    const broken = report.targets.filter(({ diagnosis }) =>
      diagnosis.rootCauses.some(({ cause }) => cause === 'configuration-file-broken'),
    );
    expect(report.targets.map(({ target }) => target.name)).toEqual(['web', 'jvm', 'worker']);
    expect(broken.map(({ target }) => target.name)).toEqual(['jvm']);
  });

  it('with a broken file are a finding with its place, never a crash', async () => {
    const folder = scene.folder();
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/launch.json'), '{\n  "version": "0.2.0"\n  "configurations": []\n}\n');
    const { survey, exitCode } = await surveyOf(folder);
    expect([exitCode, survey.problems.map(({ line, column }) => [line, column])]).toEqual([1, [[3, 3]]]);
    const { causes } = await runDoctor(['check'], { cwd: folder });
    expect(causes).toContain('configuration-file-broken');
  });
});
