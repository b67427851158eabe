import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCause, expectHealthy, runDoctor } from './lab/doctor.js';
import { claimPort } from './lab/holders.js';
import { endForeign, findProcesses, isListening, waitUntil, type Started } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const mayRunNpm = canRun('npm with debug options', 'npm');
const mayRunJava = canRun('Java with debug options', 'java', 'javac');

const LIVES = 'setTimeout(() => {}, 120_000)';

/** Starts a tree whose processes outlive its first one. */
async function startTree(
  argv: readonly string[],
  cwd: string,
  env: Record<string, string>,
  last: string,
): Promise<Started> {
  scene.defer(async () => {
    for (const pid of findProcesses(last)) await endForeign(pid);
  });
  return scene.start(argv, { cwd, env });
}

const inspect = (port: number) => ({ NODE_OPTIONS: `--inspect=${port}` });

/** A folder with a program that starts `child.js` as a process of its own, and a script by which npm does. */
function project(): { folder: string; child: string } {
  const folder = scene.folder();
  const child = join(folder, 'child.js');
  writeFileSync(child, `${LIVES};\n`);
  const start = `spawn(process.execPath, [${JSON.stringify(child)}], { stdio: 'inherit' })`;
  writeFileSync(join(folder, 'parent.js'), `require('node:child_process').${start};\n${LIVES};\n`);
  const scripts = { dev: `exec node ${child}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', scripts }));
  return { folder, child };
}

/** Two processes of one tree, the second of which found the port taken. */
async function startTwo(port: number, argv: readonly string[]): Promise<{ first: Started; second: number }> {
  const { folder, child } = project();
  const first = await startTree(argv, folder, inspect(port), child);
  await waitUntil('the second finds the port taken', () => first.output().includes('failed: address already in use'));
  return { first, second: findProcesses(child)[0] ?? 0 };
}

describe('a debug option that a process inherits', () => {
  it('is found where the parent has the port of its child', async () => {
    const port = claimPort();
    const { first, second } = await startTwo(port, [process.execPath, 'parent.js']);
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    const { args, confidence } = expectCause(examination, 'debug-options-inherited-by-child');
    expect([args.pid, args.variable, args.otherProcess, confidence]).toEqual([
      first.pid,
      'NODE_OPTIONS',
      `node (pid ${second})`,
      'certain',
    ]);
    expect(examination.causes).toHaveLength(1);
  });

  it.runIf(mayRunNpm)('is found where npm has the port of the script', async () => {
    const port = claimPort();
    const { first } = await startTwo(port, ['npm', 'run', 'dev']);
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    const { args } = expectCause(examination, 'debug-options-inherited-by-child');
    expect([args.pid, args.processName]).toEqual([first.pid, 'npm run dev']);
  });

  it('is no fault of a process that is alone with it', async () => {
    const port = claimPort();
    await startTree([process.execPath, '-e', LIVES], '/', inspect(port), `${LIVES}//${port}`);
    await waitUntil('it listens', () => isListening('self', port));
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
  });

  it('is no fault of workers, which take the next ports', async () => {
    const port = claimPort();
    const folder = scene.folder();
    const script = join(folder, 'workers.js');
    writeFileSync(
      script,
      `const cluster = require('node:cluster');\nif (cluster.isPrimary) cluster.fork();\n${LIVES};\n`,
    );
    await startTree([process.execPath, script], folder, inspect(port), script);
    await waitUntil('both listen', () => isListening('self', port) && isListening('self', port + 1));
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
  });

  it('does not make the doctor take the port that it looks at', async () => {
    const port = claimPort();
    const examination = await runDoctor(['check', String(port), '--adapter', 'node'], { env: inspect(port) });
    expectCause(examination, 'server-not-started');
  });
});

describe('a launch with a debug option in the environment', () => {
  const launch = ['check', '--request', 'launch', '--', 'npm', 'run', 'dev'];

  it.runIf(mayRunNpm)('is warned of where npm would take the port', async () => {
    const examination = await runDoctor(launch, { cwd: project().folder, env: inspect(claimPort()) });
    expectCause(examination, 'debug-options-inherited-by-child');
  });

  it.runIf(mayRunNpm)('is warned of where the configuration of the editor hands the option to npm', async () => {
    const { folder } = project();
    const env = { NODE_OPTIONS: `--inspect=${claimPort()}` };
    const start = { runtimeExecutable: 'npm', runtimeArgs: ['run', 'dev'], env };
    mkdirSync(join(folder, '.vscode'));
    const configurations = [{ name: 'dev', type: 'node', request: 'launch', ...start }];
    writeFileSync(join(folder, '.vscode/launch.json'), JSON.stringify({ configurations }));
    const examination = await runDoctor(['check', 'dev', '--request', 'launch'], { cwd: folder });
    expectCause(examination, 'debug-options-inherited-by-child');
  });

  it.runIf(mayRunNpm)('is healthy where every process takes a port of its own', async () => {
    const { causes } = await runDoctor(launch, { cwd: project().folder, env: inspect(0) });
    expect(causes).not.toContain('debug-options-inherited-by-child');
  });

  it('is told of what it runs under, when that has the port', async () => {
    const port = claimPort();
    const doctor = join(import.meta.dirname, '../../dist/cli.cjs');
    const argv = [doctor, 'check', String(port), '--adapter', 'node', '--request', 'launch'];
    const ask = `require('node:child_process').spawnSync(process.execPath, ${JSON.stringify(argv)}, { stdio: 'inherit' })`;
    const code = `${ask}; console.log('asked'); ${LIVES}`;
    const asks = await scene.start([process.execPath, '-e', code], { env: inspect(port), prints: 'asked' });
    expect(asks.output()).toContain('(debug-options-inherited-by-child, certain)');
  });
});

describe.runIf(mayRunJava)('a virtual machine that inherits a debug option', () => {
  it('ends at once where its parent has the port, and what it said tells so', async () => {
    const port = claimPort();
    const folder = scene.folder();
    const source = `public class Twice { public static void main(String[] a) throws Exception {
  if (a.length == 0) new ProcessBuilder("java", "-cp", "${folder}", "Twice", "again").inheritIO().start().waitFor();
  Thread.sleep(120_000); } }`;
    writeFileSync(join(folder, 'Twice.java'), source);
    const compiler = await scene.start(['javac', '-d', folder, join(folder, 'Twice.java')]);
    await waitUntil('it is compiled', () => !compiler.isRunning());
    const agent = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:${port}`;
    const tree = await scene.start(['java', '-cp', folder, 'Twice'], { env: { JAVA_TOOL_OPTIONS: agent } });
    await waitUntil('the child ends', () => tree.output().includes('AGENT_ERROR_TRANSPORT_INIT'));
    const log = join(folder, 'out.log');
    writeFileSync(log, tree.output());
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'jdwp']));
    const examination = await runDoctor(['check', String(port), '--adapter', 'jdwp', '--log', log]);
    const { args, confidence } = expectCause(examination, 'debug-options-inherited-by-child');
    expect([args.pid, args.variable, confidence]).toEqual([tree.pid, 'JAVA_TOOL_OPTIONS', 'likely']);
  });

  it('is foreseen where a build tool is to be launched', async () => {
    const port = claimPort();
    const agent = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:${port}`;
    const argv = ['check', String(port), '--adapter', 'jdwp', '--request', 'launch', '--', 'mvn', 'verify'];
    const { causes } = await runDoctor(argv, { env: { JAVA_TOOL_OPTIONS: agent } });
    expect(causes).toContain('debug-options-inherited-by-child');
  });
});
