import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { attachToDebugpy, openClient } from './lab/clients.js';
import { adaptersOf, PYTHON, startDebugpy, startNode, startPython } from './lab/debuggers.js';
import { expectCause, runDoctor } from './lab/doctor.js';
import { nextPort } from './lab/ports.js';
import { isConnected, isListening, stateOf, waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const canTest = canRun('the state of the server', PYTHON);

const WEDGE_TRIES = 20;

/** Connects and leaves. Stopped meanwhile, the adapter cannot greet the client in time; without that it is a race. */
async function checkPortBluntly(port: number): Promise<void> {
  const [adapter = 0] = adaptersOf(port);
  process.kill(adapter, 'SIGSTOP');
  await waitUntil('it is stopped', () => stateOf(adapter) === 'T');
  (await openClient(port)).close();
  process.kill(adapter, 'SIGCONT');
  await sleep(700);
}

describe.runIf(canTest)('the server is there and does not serve', () => {
  it('finds node stopped', async () => {
    const port = nextPort();
    const node = await startNode(scene, port);
    node.signal('SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(node.pid) === 'T');
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    expect(expectCause(examination, 'suspended-job-holds-port')).toMatchObject({
      confidence: 'certain',
      args: { pid: node.pid },
    });
  });

  it("finds debugpy's adapter stopped", async () => {
    const port = nextPort();
    await startDebugpy(scene, port);
    const [adapter = 0] = adaptersOf(port);
    process.kill(adapter, 'SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(adapter) === 'T');
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'suspended-job-holds-port').args).toMatchObject({ pid: adapter });
  });

  it('finds the program stopped whose adapter still answers', async () => {
    const port = nextPort();
    const program = await startDebugpy(scene, port);
    program.signal('SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(program.pid) === 'T');
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'suspended-job-holds-port').args).toMatchObject({ pid: program.pid });
  });

  it('finds the accept queue full', async () => {
    const port = nextPort();
    const fill = `
listener = socket.socket()
listener.bind(('127.0.0.1', int(args[0])))
listener.listen(1)
clients = []
for _ in range(4):
    clients.append(socket.socket())
    clients[-1].setblocking(False)
    clients[-1].connect_ex(('127.0.0.1', int(args[0])))
time.sleep(0.2)`;
    const server = await startPython(scene, fill, [port]);
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    const { args, confidence } = expectCause(examination, 'server-not-accepting');
    expect(args).toMatchObject({ pid: server.pid, port });
    expect(args.used).toBeGreaterThan(1);
    expect(confidence).toBe('certain');
  });

  it('finds a server that cannot open another file', async () => {
    const port = nextPort();
    const fill = `
      const { openSync } = require('node:fs');
      try { for (;;) openSync('/dev/null'); } catch { process.stdout.write('full'); }
      setTimeout(() => {}, 120_000);`;
    const argv = ['sh', '-c', `ulimit -n 64; exec "$0" --inspect=127.0.0.1:${port} -e "$1"`, process.execPath, fill];
    const node = await scene.start(argv, { prints: 'full', port });
    const examination = await runDoctor(['check', String(port), '--adapter', 'node']);
    const { args } = expectCause(examination, 'file-descriptors-exhausted');
    expect(args).toMatchObject({ pid: node.pid, limit: 64 });
    expect(args.used).toBeGreaterThanOrEqual(64);
  });

  it('finds an adapter that accepts and never answers', async () => {
    const port = nextPort();
    const folder = join(scene.folder(), 'debugpy');
    const script = join(folder, 'adapter');
    mkdirSync(folder);
    const code = `
import socket, time
listener = socket.socket()
listener.bind(('127.0.0.1', ${port}))
listener.listen(8)
time.sleep(120)`;
    writeFileSync(script, code);
    const address = ['--host', '127.0.0.1', '--port', String(port)];
    const adapter = await scene.start([PYTHON, script, '--for-server', '1', ...address], { port });
    const client = await openClient(port);
    scene.defer(() => client.close());
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    expect(expectCause(examination, 'debug-server-wedged')).toMatchObject({
      confidence: 'certain',
      args: { pid: adapter.pid },
    });
  });

  it('finds debugpy wedged by a port check', { timeout: 60_000 }, async () => {
    const seen: string[] = [];
    while (!seen.includes('debug-server-wedged') && seen.length < WEDGE_TRIES) {
      const port = nextPort();
      const program = await startDebugpy(scene, port);
      await waitUntil('the program has its adapter', () => isConnected(program.pid));
      await sleep(300);
      await checkPortBluntly(port);
      const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
      // Sometimes the adapter ends instead; then that has to be found.
      const cause = isListening('self', port) ? 'debug-server-wedged' : 'server-continued-without-debugger';
      expectCause(examination, cause);
      seen.push(cause);
      await program.end();
    }
    expect(seen).toContain('debug-server-wedged');
  });

  it('finds an adapter whose program was killed while a client is attached', async () => {
    const port = nextPort();
    const program = await startDebugpy(scene, port);
    const client = await attachToDebugpy(port);
    scene.defer(() => client.close());
    const [adapter = 0] = adaptersOf(port);
    await program.end();
    const examination = await runDoctor(['check', String(port), '--adapter', 'debugpy']);
    const { args } = expectCause(examination, 'orphaned-debug-adapter-holds-port');
    expect(args).toMatchObject({ pid: adapter, programGone: true });
  });
});
