import { describe, expect, it } from 'vitest';
import { startNode } from '../lab/debuggers.js';
import { expectCause, expectHealthy, findingOf, runDoctor } from '../lab/doctor.js';
import { claimPort } from '../lab/holders.js';
import { waitForListener } from '../lab/processes.js';
import { canRun, useScene } from '../lab/scene.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const scene = useScene();
const mayIsolate = canRun('node in a network namespace', 'root', 'ip');
const mayRunJava = canRun('java', 'java');

const WAITS = 'console.log("runs"); setTimeout(() => {}, 120_000)';

/** A file with a program, since options behind code on the command line are still Node's. */
function script(text: string): string {
  const file = join(scene.folder(), 'app.js');
  writeFileSync(file, text);
  return file;
}

describe('the ways to start an inspector', () => {
  it.each(['--inspect-brk', '--inspect-wait'])('%s is looked at without letting the program run', async (flag) => {
    const port = claimPort();
    const program = await startNode(scene, port, { extra: [flag], port });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node', '--probe', 'full']));
    expect(program.output()).not.toContain('attached');
  });

  it('a port that Node chooses is found by the pid', async () => {
    const argv = [process.execPath, '--inspect=127.0.0.1:0', '-e', WAITS];
    const { pid } = await scene.start(argv, { prints: 'runs' });
    expectHealthy(await runDoctor(['check', `pid:${pid}`]));
  });

  it('a worker of a cluster has the next port', async () => {
    const port = claimPort();
    const code = `const cluster = require('node:cluster'); if (cluster.isPrimary) cluster.fork(); ${WAITS}`;
    const primary = await scene.start([process.execPath, `--inspect=${port}`, script(code)], { port });
    await waitForListener(primary, port + 1);
    const examination = await runDoctor(['check', String(port + 1), '--adapter', 'node']);
    expectHealthy(examination);
  });

  it('a child gets its inspector from NODE_OPTIONS', async () => {
    const port = claimPort();
    const env = { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` };
    const { pid } = await scene.start([process.execPath, script(WAITS)], { port, env });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
    expect((await runDoctor(['check', `pid:${pid}`])).target.target).toMatchObject({ adapter: 'node', port });
  });

  it('an inspector that keeps its address to itself is recognised', async () => {
    const port = claimPort();
    const argv = [process.execPath, `--inspect=${port}`, '--inspect-publish-uid=stderr', script(WAITS)];
    await scene.start(argv, { port });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
  });
});

describe.runIf(mayIsolate)('an inspector on a machine of its own', () => {
  it('that a signal turned on is recognised by its answer', async () => {
    const { name } = scene.namespace();
    const program = await scene.start([process.execPath, script(WAITS)], { namespace: name, prints: 'runs' });
    program.signal('SIGUSR1');
    await waitForListener(program, 9229);
    expectHealthy(await runDoctor(['check', '9229'], { namespace: name }));
  });

  it('refuses a host name', async () => {
    const { name } = scene.namespace({ files: { hosts: '127.0.0.1 localhost workstation\n' } });
    const port = claimPort();
    await startNode(scene, port, { namespace: name });
    const examination = await runDoctor(['check', `workstation:${port}`, '--adapter', 'node'], { namespace: name });
    expectCause(examination, 'host-header-rejected');
    expect(findingOf(examination, 'host-header-rejected')).toMatchObject({ args: { host: 'workstation', port } });
    expectHealthy(await runDoctor(['check', `localhost:${port}`, '--adapter', 'node'], { namespace: name }));
  });
});

describe('an option behind the name of the program', () => {
  it('is not read by Node', async () => {
    const port = claimPort();
    const argv = [process.execPath, script(WAITS), `--inspect=${port}`];
    const { pid } = await scene.start(argv, { prints: 'runs' });
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    expect(expectCause(examination, 'debug-flag-not-applied')).toMatchObject({
      confidence: 'certain',
      args: { pid, detail: `--inspect=${port}` },
    });
    const launch = await runDoctor(['check', '--request', 'launch', '--', ...argv]);
    expectCause(launch, 'debug-flag-not-applied');
  });

  it('is the business of another program', async () => {
    const port = claimPort();
    await scene.start([process.execPath, script(WAITS), `--inspect=${port + 1}`], { prints: 'runs' });
    expect((await runDoctor(['check', String(port), '--adapter', 'node'])).causes).not.toContain(
      'debug-flag-not-applied',
    );
  });

  it.runIf(mayRunJava)('is not read by Java', async () => {
    const port = claimPort();
    const folder = scene.folder();
    const file = join(folder, 'App.java');
    writeFileSync(
      file,
      'class App { public static void main(String[] words) throws Exception { System.out.println("runs"); Thread.sleep(120_000); } }',
    );
    const option = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=${port}`;
    const { pid } = await scene.start(['java', file, option], { prints: 'runs' });
    const examination = await runDoctor(['check', String(port), '--adapter', 'jdwp']);
    expect(expectCause(examination, 'debug-flag-not-applied').args).toMatchObject({ pid, detail: option });
  });
});
