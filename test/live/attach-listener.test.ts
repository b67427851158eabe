import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PYTHON, SILENT_LISTENER, startDebugpy, startNode, startPython } from './lab/debuggers.js';
import { expectCause, runDoctor } from './lab/doctor.js';
import { nextPort } from './lab/ports.js';
import { startProcess, waitForOutput, waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const canTest = canRun('who listens', PYTHON);
const isRoot = canRun('who listens, certain', 'root', 'unshare');

/** Runs debugpy to its early end, with what it says kept in a file. */
async function failedStart(port: number, program: string): Promise<string> {
  const folder = scene.folder();
  const file = join(folder, 'server.log');
  const server = startProcess([PYTHON, '-m', 'debugpy', '--listen', `127.0.0.1:${port}`, program], { cwd: folder });
  scene.defer(() => server.end());
  await waitUntil('debugpy has ended', () => !server.isRunning());
  writeFileSync(file, server.output());
  return file;
}

describe.runIf(canTest)('nothing listens', () => {
  it.runIf(isRoot).each(['debugpy', 'node'])('says with certainty that no %s was started', async (adapter) => {
    const port = nextPort();
    const examination = await runDoctor(['check', String(port), '--adapter', adapter], { alone: true });
    expect(expectCause(examination, 'server-not-started')).toMatchObject({
      confidence: 'certain',
      args: { adapter, port },
    });
    expect(examination.target.diagnosis.symptom).toEqual({
      id: 'connection-refused',
      errno: { name: 'ECONNREFUSED', number: 111 },
    });
    expect(examination.target.diagnosis.ruledOut.map(({ cause }) => cause)).toContain('firewall-rejects-connection');
  });

  it('names the other port on which debugpy listens', async () => {
    const [port, otherPort] = [nextPort(), nextPort()];
    await startDebugpy(scene, otherPort);
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'wrong-port').args).toMatchObject({ port, otherPort, otherAddress: '127.0.0.1' });
  });

  it('names the other port on which node listens, far off, since it runs in the same folder', async () => {
    const otherPort = nextPort();
    const port = otherPort + 40;
    const cwd = scene.folder();
    await startNode(scene, otherPort, { cwd });
    const examination = await runDoctor(['check', String(port), '--adapter', 'node'], { cwd });
    expect(expectCause(examination, 'wrong-port').args).toMatchObject({ port, otherPort });
  });

  it('quotes the line of the log that says why debugpy ended', async () => {
    const port = nextPort();
    const file = await failedStart(port, 'nosuch.py');
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy', '--log', file]);
    const { args } = expectCause(examination, 'server-crashed-at-start');
    expect(args.file).toBe(file);
    expect(readFileSync(file, 'utf8')).toContain(args.line ?? 'no line');
  });

  it('sees in the log that debugpy found its port taken at the time', async () => {
    const port = nextPort();
    const holder = await startPython(scene, SILENT_LISTENER, [port]);
    const file = await failedStart(port, 'nosuch.py');
    await holder.end();
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy', '--log', file]);
    expect(expectCause(examination, 'server-crashed-at-start').args.line).toContain('Errno 98');
  });

  it('finds a socket that is bound but does not listen', async () => {
    const port = nextPort();
    await startPython(scene, "holder = socket.socket(); holder.bind(('127.0.0.1', int(args[0])))", [port]);
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'bound-but-not-listening').args).toMatchObject({ port });
  });
});

describe.runIf(canTest)('a stranger listens', () => {
  it('names the HTTP server that answers', async () => {
    const port = nextPort();
    const server = await scene.start([PYTHON, '-m', 'http.server', '--bind', '127.0.0.1', String(port)], { port });
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'port-answered-by-other-program')).toMatchObject({
      confidence: 'certain',
      args: { pid: server.pid, detail: 'http' },
    });
    expect(examination.target.diagnosis.symptom?.id).toBe('unexpected-answer');
  });

  it('names the program that listens and stays silent', async () => {
    const port = nextPort();
    const server = await startPython(scene, SILENT_LISTENER, [port]);
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'port-answered-by-other-program').args).toMatchObject({ pid: server.pid });
  });

  it.each([
    { wanted: 'debugpy', present: 'node', start: startNode },
    { wanted: 'node', present: 'debugpy', start: startDebugpy },
  ])('tells that $present answers where $wanted is wanted', async ({ wanted, present, start }) => {
    const port = nextPort();
    await start(scene, port);
    const examination = await runDoctor(['check', String(port), '--adapter', wanted]);
    expect(expectCause(examination, 'port-answered-by-other-program').args).toMatchObject({ detail: present });
  });
});

describe.runIf(canTest)('node went on without its debugger', () => {
  /** Node, started while another program had its port. */
  async function startWithoutDebugger(port: number) {
    const holder = await startPython(scene, SILENT_LISTENER, [port]);
    const node = startProcess([process.execPath, `--inspect=127.0.0.1:${port}`, '-e', 'setTimeout(() => {}, 120_000)']);
    scene.defer(() => node.end());
    await waitForOutput(node, 'address already in use');
    return { holder, node };
  }

  it('says so when the port is free by now', async () => {
    const port = nextPort();
    const { holder, node } = await startWithoutDebugger(port);
    await holder.end();
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    expect(expectCause(examination, 'server-continued-without-debugger').args).toMatchObject({ pid: node.pid, port });
    expect(examination.target.diagnosis.ruledOut.map(({ cause }) => cause)).toContain('server-not-started');
  });

  it('says so, and not that a stranger answers, while the other program still has the port', async () => {
    const port = nextPort();
    const { node } = await startWithoutDebugger(port);
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    expect(expectCause(examination, 'server-continued-without-debugger').args).toMatchObject({ pid: node.pid });
  });

  it('says so when asked for the process', async () => {
    const port = nextPort();
    const { node } = await startWithoutDebugger(port);
    const examination = await runDoctor(['check', `pid:${node.pid}`]);
    expect(expectCause(examination, 'server-continued-without-debugger').args).toMatchObject({ pid: node.pid });
  });
});

describe('a process as the target', () => {
  it('finds that a program runs without its debug option', async () => {
    const node = await scene.start([process.execPath, '-e', 'console.log("up"); setTimeout(() => {}, 120_000)'], {
      prints: 'up',
    });
    const examination = await runDoctor(['check', `pid:${node.pid}`]);
    expect(expectCause(examination, 'debug-flag-not-applied').args).toMatchObject({ pid: node.pid });
  });

  it('finds that the process is gone', async () => {
    const gone = await scene.start([process.execPath, '-e', ''], {});
    await waitUntil('it has ended', () => !gone.isRunning());
    const examination = await runDoctor(['check', `pid:${gone.pid}`]);
    expect(expectCause(examination, 'server-not-started').args).toMatchObject({ pid: gone.pid });
  });
});
