import { createServer, type Server } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../src/adapters/index.js';
import { PYTHON, startDebugpy, startNode } from './lab/debuggers.js';
import { expectCause, expectHealthy, runCli, runDoctor, type Examination } from './lab/doctor.js';
import { nextPort } from './lab/ports.js';
import { waitUntil } from './lab/processes.js';
import { canRun, useScene, type Scene } from './lab/scene.js';

const scene = useScene();
const hasDebugpy = canRun('probe levels of debugpy', PYTHON);
const hasDelve = canRun('probe levels of Delve', 'dlv');
const hasPython = canRun('programs that are no debuggers', 'python3');

/** Prints a line for each connection that it gets, and what it hears; it answers nothing. */
const COUNTER = `
const net = require('node:net');
const at = process.argv[1];
net.createServer((socket) => {
  console.log('accepted');
  socket.on('data', (data) => console.log('heard ' + JSON.stringify(data.toString('latin1'))));
  socket.on('error', () => undefined);
}).listen(/^\\d+$/.test(at) ? { host: '127.0.0.1', port: Number(at) } : at, () => console.log('ready'));
setTimeout(() => process.exit(), 120_000);`;

/** A listener that counts; the arguments behind the address are for the doctor to read. */
async function startCounter(place: Scene, at: string | number, ...args: string[]): Promise<() => number> {
  const started = await place.start([process.execPath, '-e', COUNTER, String(at), ...args], { prints: 'ready' });
  return () =>
    started
      .output()
      .split('\n')
      .filter((line) => line === 'accepted').length;
}

/** A server in this process, whose pid is then a target as well. */
async function withCountingServer<T>(port: number, use: (connections: () => number) => Promise<T>): Promise<T> {
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  try {
    return await use(() => connections);
  } finally {
    server.close();
  }
}

function reasons({ target }: Examination): string[] {
  return target.diagnosis.unknowns.map(({ because }) => because);
}

describe('--probe passive', () => {
  it.each(['debugpy', 'node', 'tcp', 'jdwp'])('opens no connection for %s, and says so', async (adapter) => {
    const port = nextPort();
    const connections = await startCounter(scene, port);
    const examination = await runDoctor(['check', String(port), '--adapter', adapter, '--probe', 'passive']);
    expect(examination.report.probeLevel).toBe('passive');
    expect(examination.exitCode).toBe(3);
    expect(reasons(examination)).toContain('no connection is opened (--probe passive)');
    expect(connections()).toBe(0);
    // The count is worth something: the next level is counted.
    await runDoctor(['check', String(port), '--adapter', adapter]);
    await waitUntil('the gentle look is counted', () => connections() > 0);
  });

  it('opens none on a Unix socket', async () => {
    const path = join(scene.folder(), 'debug.sock');
    const connections = await startCounter(scene, path);
    const examination = await runDoctor(['check', `unix:${path}`, '--adapter', 'rdbg', '--probe', 'passive']);
    expect(examination.exitCode).toBe(3);
    expect(reasons(examination)).toContain('no connection is opened (--probe passive)');
    expect(connections()).toBe(0);
  });

  it('opens none to a name with two addresses, to a process, or when it waits', async () => {
    const port = nextPort();
    await withCountingServer(port, async (connections) => {
      await runCli(['check', `localhost:${port}`, '--probe', 'passive', '--json']);
      await runCli(['check', `pid:${process.pid}`, '--probe', 'passive', '--json']);
      await runCli(['check', String(port), '--probe', 'passive', '--wait', '700ms', '--json']);
      expect(connections()).toBe(0);
    });
  });

  it('still knows a healthy server by its command line', async () => {
    const port = nextPort();
    const node = await startNode(scene, port);
    const check = ['check', String(port), '--adapter', 'node', '--probe', 'passive'];
    expectHealthy(await runDoctor(check));
    expectHealthy(await runDoctor(['check', `pid:${node.pid}`, '--probe', 'passive']));
  });

  it('still names what tables, command lines and logs show', async () => {
    const port = nextPort();
    await startNode(scene, port);
    const passive = ['--adapter', 'debugpy', '--probe', 'passive'];
    const other = await runDoctor(['check', String(port), ...passive]);
    expect(expectCause(other, 'port-answered-by-other-program').args).toMatchObject({ detail: 'node' });
    expectCause(await runDoctor(['check', String(nextPort()), ...passive]), 'server-not-started');
    const log = join(scene.folder(), 'server.log');
    writeFileSync(log, 'OSError: [Errno 98] Address already in use\n');
    const crashed = await runDoctor(['check', String(nextPort()), '--log', log, ...passive]);
    expectCause(crashed, 'server-crashed-at-start');
  });

  it.runIf(hasPython)('names the program that it does not ask', async () => {
    const port = nextPort();
    await scene.start(['python3', '-m', 'http.server', '--bind', '127.0.0.1', String(port)], { port });
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy', '--probe', 'passive']);
    const judged = examination.target.results.find(({ check }) => check === 'wanted-debugger-answers');
    expect(judged?.outcome).toBe('unknown');
    expect(judged?.evidence.map(({ text }) => text).join(' ')).toContain('http.server');
  });
});

describe('the version that a server states', () => {
  it.runIf(hasDebugpy)('is in the evidence', async () => {
    const port = nextPort();
    await startDebugpy(scene, port);
    const { target } = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    const judged = target.results.find(({ check }) => check === 'wanted-debugger-answers');
    expect(judged?.evidence[0]?.text).toMatch(/answers as debugpy \d+\.\d+/);
  });
});

describe('--probe full', () => {
  it.runIf(hasPython)('asks a program that is no debugger as a gentle look does, and announces nothing', async () => {
    const port = nextPort();
    await scene.start(['python3', '-m', 'http.server', '--bind', '127.0.0.1', String(port)], { port });
    const check = ['check', String(port), '--adapter', 'delve'];
    const gentle = await runDoctor(check);
    const full = await runDoctor([...check, '--probe', 'full']);
    expect(full.causes).toEqual(gentle.causes);
    expect(expectCause(full, 'port-answered-by-other-program').confidence).toBe('certain');
    expect(full).toMatchObject({ stderr: '', report: { probeLevel: 'full', warnings: [] } });
  });

  it('says nothing where nobody listens', async () => {
    const check = ['check', String(nextPort()), '--adapter', 'delve', '--probe', 'full'];
    const examination = await runDoctor(check);
    expectCause(examination, 'server-not-started');
    expect(examination.stderr).toBe('');
  });

  it('takes any server where any will do', async () => {
    const port = nextPort();
    const connections = await startCounter(scene, port);
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'tcp', '--probe', 'full']));
    await waitUntil('the connection is counted', () => connections() === 1);
  });
});

describe.runIf(hasDelve && ADAPTERS.delve.handshake !== null)('--probe full with Delve', () => {
  it('says beforehand what it does, gets the answer, and the report has both', async () => {
    const port = nextPort();
    const check = ['check', String(port), '--adapter', 'delve'];
    const dlv = await scene.start(['dlv', 'dap', `--listen=127.0.0.1:${port}`], { port });
    const gentle = await runDoctor([...check, '--probe', 'gentle']);
    expect(gentle).toMatchObject({ stderr: '', report: { warnings: [] } });
    expect(dlv.isRunning()).toBe(true);
    const full = await runDoctor([...check, '--probe', 'full']);
    expect(full.stderr).toContain('Delve (dap)');
    expect(full.report.warnings).toEqual([full.stderr.trim()]);
    const judged = full.target.results.find(({ check: id }) => id === 'wanted-debugger-answers');
    expect(judged?.evidence[0]?.text).toContain('in a whole handshake');
    // As was said.
    await waitUntil('it has ended', () => !dlv.isRunning());
  });
});
