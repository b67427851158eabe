import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachToDebugpy, dapRequest, openClient } from './lab/clients.js';
import { PYTHON, startDebugpy, startNode, startPython } from './lab/debuggers.js';
import { expectCause, expectHealthy, findingOf, runDoctor } from './lab/doctor.js';
import { NEAR } from './lab/namespace.js';
import { nextPort } from './lab/ports.js';
import { isListening, stateOf, waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const canTest = canRun('the session', 'root', 'ip', 'setpriv', PYTHON);
const hasGdbserver = canRun('the one client of gdbserver', 'root', 'ip', 'gdbserver', PYTHON);
const hasJava = canRun('the one client of a JVM', 'java');

/** Asks what the server can do and stays connected. */
const GDB_CLIENT = `
client = socket.create_connection(('127.0.0.1', int(args[0])))
client.sendall(b'+$qSupported:multiprocess+#c6')
answer = b''
while b'PacketSize' not in answer:
    part = client.recv(4096)
    assert part, answer
    answer += part`;

describe('the one client slot', () => {
  it.runIf(hasGdbserver)("finds gdbserver's taken, and leaves gdbserver alone", async () => {
    const port = nextPort();
    // It listens on every address, whatever it is told.
    const { name: namespace } = scene.namespace();
    const server = await scene.start(['gdbserver', `127.0.0.1:${port}`, 'sleep', '120'], { port, namespace });
    await startPython(scene, GDB_CLIENT, [port], { namespace });
    const examination = await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'gdbserver'], { namespace });
    expect(expectCause(examination, 'single-client-server-used-up').args).toMatchObject({ pid: server.pid });
    expect(server.isRunning()).toBe(true);
  });

  it.runIf(hasJava)("finds a JVM's taken", async () => {
    const port = nextPort();
    const agent = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:${port}`;
    const java = await scene.start(['java', agent, '-version'], { port });
    const client = await openClient(port);
    scene.defer(() => client.close());
    client.send('JDWP-Handshake');
    await client.waitFor('JDWP-Handshake');
    await waitUntil('it no longer listens', () => !isListening('self', port));
    const examination = await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'jdwp']);
    expect(expectCause(examination, 'single-client-server-used-up').args).toMatchObject({ pid: java.pid });
    expect(java.isRunning()).toBe(true);
  });

  it.runIf(hasJava)('does not disturb a suspended JVM that waits for its client', async () => {
    const port = nextPort();
    const agent = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:${port}`;
    const java = await scene.start(['java', agent, '-version'], { port });
    const examination = await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'jdwp']);
    expectHealthy(examination);
    expect(java.isRunning()).toBe(true);
    expect(java.output()).not.toContain('handshake failed');
  });

  it.runIf(canTest)("finds debugpy's taken, and the session goes on", async () => {
    const port = nextPort();
    await startDebugpy(scene, port);
    const client = await attachToDebugpy(port);
    scene.defer(() => client.close());
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expectCause(examination, 'single-client-server-used-up');
    client.send(dapRequest(9, 'threads'));
    expect(await client.waitFor('"command": "threads"')).toContain('"success": true, "command": "threads"');
  });
});

describe.runIf(canTest)('exposure', () => {
  it('warns of a debug port that other machines reach, and stays healthy', async () => {
    const port = nextPort();
    const { name: namespace } = scene.namespace();
    await startNode(scene, port, { namespace, host: '0.0.0.0' });
    const check = ['check', String(port), '--adapter', 'node'];
    const examination = await runDoctor(check, { namespace });
    expect(examination.causes).toEqual(['debug-port-exposed']);
    expect(findingOf(examination, 'debug-port-exposed').args.address).toBe('0.0.0.0');
    expect(examination).toMatchObject({ exitCode: 0, target: { status: 'healthy' } });
    const strict = await runDoctor([...check, '--fail-on', 'warning'], { namespace });
    expect(strict).toMatchObject({ exitCode: 1, target: { status: 'healthy' } });
  });

  it.each([
    { allowed: ['127.0.0.1', NEAR.four], warns: false },
    { allowed: ['127.0.0.1', 'localhost'], warns: true },
  ])('heeds security.allowed_hosts $allowed', async ({ allowed, warns }) => {
    const port = nextPort();
    const { near } = scene.twoMachines();
    const file = join(scene.folder(), 'debugpy_config.json');
    writeFileSync(file, JSON.stringify({ server: { host: NEAR.four, port }, security: { allowed_hosts: allowed } }));
    await startDebugpy(scene, port, { namespace: near.name, host: NEAR.four });
    const examination = await runDoctor(['check', '--config', file, '--fail-on', 'warning'], { namespace: near.name });
    expect(examination.causes).toEqual(warns ? ['debug-port-exposed'] : []);
    expect(examination.exitCode).toBe(warns ? 1 : 0);
  });
});

describe.runIf(canTest)('an ordinary user', () => {
  it('does not take a stopped server for a stuck one when its process may not be seen', async () => {
    const port = nextPort();
    const node = await startNode(scene, port);
    node.signal('SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(node.pid) === 'T');
    const examination = await runDoctor(['check', String(port), '--adapter', 'node'], { user: 'nobody' });
    const sure = examination.target.diagnosis.rootCauses.filter(({ confidence }) => confidence !== 'possible');
    expect(sure.map(({ cause }) => cause)).toEqual([]);
    expect(examination.causes).toContain('suspended-job-holds-port');
    expect(examination.exitCode).toBe(1);
    expect(examination.target.diagnosis.unknowns.map(({ check }) => check)).toContain('listener-process-is-running');
  });

  it('is told with less certainty that nothing was started', async () => {
    const examination = await runDoctor(['check', String(nextPort()), '--adapter', 'node'], {
      user: 'nobody',
      alone: true,
    });
    expect(expectCause(examination, 'server-not-started').confidence).not.toBe('possible');
  });

  it("never calls another user's port free or its server a stranger", async () => {
    const port = nextPort();
    const { name: namespace } = scene.namespace();
    await startNode(scene, port, { namespace });
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy'], { namespace, user: 'nobody' });
    expect(expectCause(examination, 'port-answered-by-other-program').args).toMatchObject({ detail: 'node' });
  });
});
