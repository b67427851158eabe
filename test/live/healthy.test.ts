import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachToDebugpy, debugpyAnswers, inspectorAnswers } from './lab/clients.js';
import { startDebugpy, startNode, startPython, SILENT_LISTENER } from './lab/debuggers.js';
import { expectHealthy, runDoctor } from './lab/doctor.js';
import { FAR } from './lab/namespace.js';
import { nextPort } from './lab/ports.js';
import { waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('healthy debugpy', '/usr/bin/python3');
const mayIsolate = canRun('healthy, other users and machines', 'root', 'ip', 'setpriv', '/usr/bin/python3');

const ROUNDS = 20;

describe.runIf(hasPython)('debugpy', () => {
  it('is healthy when it listens, and serves a client afterwards', async () => {
    const port = nextPort();
    await startDebugpy(scene, port);
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'debugpy']));
    expect(await debugpyAnswers(port)).toBe(true);
  });

  it('is healthy while it waits for a client, and still waits afterwards', async () => {
    const port = nextPort();
    const program = await startDebugpy(scene, port, { extra: ['--wait-for-client'] });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'debugpy']));
    expect(program.isRunning()).toBe(true);
    const client = await attachToDebugpy(port);
    client.close();
  });

  it('is healthy where its configuration says', async () => {
    const port = nextPort();
    const file = join(scene.folder(), 'debugpy_config.json');
    writeFileSync(file, JSON.stringify({ server: { host: '127.0.0.1', port } }));
    await startDebugpy(scene, port);
    const examination = await runDoctor(['check', '--config', file]);
    expectHealthy(examination);
    expect(examination.target.target).toMatchObject({ adapter: 'debugpy', port, source: { kind: 'config', file } });
    expect(await debugpyAnswers(port)).toBe(true);
  });

  it('is healthy by the pid of its program', async () => {
    const port = nextPort();
    const program = await startDebugpy(scene, port);
    const examination = await runDoctor(['check', `pid:${program.pid}`]);
    expectHealthy(examination);
    expect(examination.target.target).toMatchObject({ adapter: 'debugpy', port });
    expect(await debugpyAnswers(port)).toBe(true);
  });

  it('is not harmed by a check that meets it while it starts', async () => {
    for (let round = 0; round < 5; round += 1) {
      const port = nextPort();
      const waiting = runDoctor(['check', String(port), '--adapter', 'debugpy', '--wait', '20s']);
      await startDebugpy(scene, port);
      expectHealthy(await waiting);
      expect(await debugpyAnswers(port)).toBe(true);
    }
  });

  it(`serves a client after ${ROUNDS} checks in a row`, async () => {
    const port = nextPort();
    await startDebugpy(scene, port);
    for (let round = 0; round < ROUNDS; round += 1) {
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'debugpy']));
    }
    const client = await attachToDebugpy(port);
    client.close();
  });
});

describe('node', () => {
  it.each(['--inspect', '--inspect-brk'])('is healthy with %s', async (flag) => {
    const port = nextPort();
    await startNode(scene, port, { extra: [flag] });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
    expect(await inspectorAnswers(port)).toBe(true);
  });

  it('is healthy on ::1', async () => {
    const port = nextPort();
    await startNode(scene, port, { host: '::1' });
    expectHealthy(await runDoctor(['check', `[::1]:${port}`, '--adapter', 'node']));
    expect(await inspectorAnswers(port, '::1')).toBe(true);
  });

  it('is healthy on localhost', async () => {
    const port = nextPort();
    await startNode(scene, port);
    expectHealthy(await runDoctor(['check', `localhost:${port}`, '--adapter', 'node']));
    expect(await inspectorAnswers(port)).toBe(true);
  });

  it('is healthy by its pid', async () => {
    const port = nextPort();
    const program = await startNode(scene, port);
    const examination = await runDoctor(['check', `pid:${program.pid}`]);
    expectHealthy(examination);
    expect(examination.target.target).toMatchObject({ adapter: 'node', port });
  });

  it('is healthy once it listens, with --wait', async () => {
    const port = nextPort();
    const waiting = runDoctor(['check', String(port), '--adapter', 'node', '--wait', '20s']);
    await startNode(scene, port);
    expectHealthy(await waiting);
  });

  it(`serves a client after ${ROUNDS} checks in a row`, async () => {
    const port = nextPort();
    const program = await startNode(scene, port, { extra: ['--inspect-brk'] });
    for (let round = 0; round < ROUNDS; round += 1) {
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'node']));
    }
    expect(await inspectorAnswers(port)).toBe(true);
    expect(program.isRunning()).toBe(true);
  });
});

describe.runIf(hasPython)('any other server', () => {
  it('is healthy when it accepts the connection', async () => {
    const port = nextPort();
    await startPython(scene, SILENT_LISTENER, [port]);
    expectHealthy(await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'tcp']));
  });

  it('is healthy on a Unix socket', async () => {
    const path = join(scene.folder(), 'server.sock');
    const listen = 'listener = socket.socket(socket.AF_UNIX); listener.bind(args[0]); listener.listen(4)';
    await startPython(scene, listen, [path]);
    expectHealthy(await runDoctor(['check', `unix:${path}`]));
  });
});

describe.runIf(mayIsolate)('seen from elsewhere', () => {
  it('is healthy for the user that runs it', async () => {
    const [debugpyPort, nodePort] = [nextPort(), nextPort()];
    await startDebugpy(scene, debugpyPort, { user: 'nobody' });
    await startNode(scene, nodePort, { user: 'nobody' });
    expectHealthy(await runDoctor(['check', String(debugpyPort), '--adapter', 'debugpy'], { user: 'nobody' }));
    expectHealthy(await runDoctor(['check', String(nodePort), '--adapter', 'node'], { user: 'nobody' }));
  });

  it("is healthy for an ordinary user who may not see root's processes", async () => {
    const [debugpyPort, nodePort] = [nextPort(), nextPort()];
    await startDebugpy(scene, debugpyPort);
    await startNode(scene, nodePort);
    expectHealthy(await runDoctor(['check', String(debugpyPort), '--adapter', 'debugpy'], { user: 'nobody' }));
    expectHealthy(await runDoctor(['check', String(nodePort), '--adapter', 'node'], { user: 'nobody' }));
    expect(await debugpyAnswers(debugpyPort)).toBe(true);
    expect(await inspectorAnswers(nodePort)).toBe(true);
  });

  it('is healthy from another machine', async () => {
    const [debugpyPort, nodePort] = [nextPort(), nextPort()];
    const { near, far } = scene.twoMachines();
    await startDebugpy(scene, debugpyPort, { namespace: far.name, host: FAR.four });
    await startNode(scene, nodePort, { namespace: far.name, host: FAR.six });
    const debugpy = ['check', `${FAR.four}:${debugpyPort}`, '--adapter', 'debugpy'];
    const node = ['check', `[${FAR.six}]:${nodePort}`, '--adapter', 'node'];
    await waitUntil(
      'the cable carries',
      async () => (await runDoctor(debugpy, { namespace: near.name })).exitCode === 0,
    );
    expectHealthy(await runDoctor(debugpy, { namespace: near.name }));
    expectHealthy(await runDoctor(node, { namespace: near.name }));
  });
});
