import { spawn, execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openClient } from './lab/clients.js';
import { PYTHON, startPython } from './lab/debuggers.js';
import { expectCause, runDoctor, type Examination } from './lab/doctor.js';
import { nextPort } from './lab/ports.js';
import { isListening, waitUntil, type Started } from './lab/processes.js';
import { canRun, useScene, type Scene } from './lab/scene.js';

const scene = useScene();

const RDBG = '/usr/lib/ruby/gems/3.1.0/gems/debug-1.6.3/exe/rdbg';
const hasGdbserver = canRun('the one client of gdbserver', 'root', 'ip', 'gdbserver', PYTHON);
const hasJava = canRun('the one client of a JVM', 'java', 'jdb');
const hasDelve = canRun('the one client of Delve', 'dlv', 'go', PYTHON);
const hasRdbg = canRun('the one client of rdbg', 'ruby', existsSync(RDBG) ? 'ruby' : RDBG, PYTHON);

/** Connects, says something, waits for an answer that holds a text, and stays. */
const CLIENT = `
client = socket.create_connection(('127.0.0.1', int(args[0])))
client.sendall(args[1].encode().decode('unicode_escape').encode('latin1'))
answer = b''
while args[2].encode() not in answer:
    part = client.recv(4096)
    assert part, answer
    answer += part`;

/** Requires the one cause, proved, with the client's process named in evidence and words. */
function expectUsedUp(examination: Examination, server: Started, client: { pid: number; name: string }): void {
  const found = expectCause(examination, 'single-client-server-used-up');
  expect(found).toMatchObject({ confidence: 'certain', args: { pid: server.pid } });
  expect(found.args.clientAddress).toContain(`${client.name} (pid ${client.pid})`);
  expect(found.evidence.map(({ from }) => from)).toContainEqual({ file: `/proc/${client.pid}` });
  expect(server.isRunning()).toBe(true);
}

/** A Go program that waits, built once a test. */
function buildGoProgram(place: Scene): string {
  const folder = place.folder();
  const code = 'package main\n\nimport "time"\n\nfunc main() { time.Sleep(2 * time.Minute) }\n';
  writeFileSync(join(folder, 'main.go'), code);
  writeFileSync(join(folder, 'go.mod'), 'module shop\n\ngo 1.19\n');
  const env = { ...process.env, GOFLAGS: '-mod=mod', GOCACHE: join(folder, 'cache') };
  execFileSync('go', ['build', '-o', 'shop', '.'], { cwd: folder, env });
  return join(folder, 'shop');
}

describe('a server that stops listening once it has its client', () => {
  it.runIf(hasJava)('a JVM with jdb', async () => {
    const port = nextPort();
    const agent = `-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:${port}`;
    const java = await scene.start(['java', agent, '-version'], { port });
    const jdb = spawn('jdb', ['-attach', `127.0.0.1:${port}`], { stdio: ['pipe', 'ignore', 'ignore'] });
    scene.defer(() => void jdb.kill('SIGKILL'));
    await waitUntil('it no longer listens', () => !isListening('self', port));
    const examination = await runDoctor(['check', String(port), '--adapter', 'jdwp']);
    expectUsedUp(examination, java, { pid: jdb.pid ?? 0, name: 'jdb' });
  });

  it.runIf(hasDelve)('Delve with --headless', async () => {
    const port = nextPort();
    const argv = ['dlv', 'exec', buildGoProgram(scene), '--headless', `--listen=127.0.0.1:${port}`];
    const dlv = await scene.start(argv, { port });
    const question = '{"method":"RPCServer.GetVersion","params":[{}],"id":1}\\n';
    const client = await startPython(scene, CLIENT, [port, question, 'DelveVersion']);
    const examination = await runDoctor(['check', String(port), '--adapter', 'delve']);
    expectUsedUp(examination, dlv, { pid: client.pid, name: 'python3' });
  });
});

describe('a server that goes on listening and serves nobody else', () => {
  it.runIf(hasGdbserver)('gdbserver', async () => {
    const port = nextPort();
    // It listens on every address, whatever it is told.
    const { name: namespace } = scene.namespace();
    const server = await scene.start(['gdbserver', `127.0.0.1:${port}`, 'sleep', '120'], { port, namespace });
    const question = '+$qSupported:multiprocess+#c6';
    const client = await startPython(scene, CLIENT, [port, question, 'PacketSize'], { namespace });
    const examination = await runDoctor(['check', String(port), '--adapter', 'gdbserver'], { namespace });
    expectUsedUp(examination, server, { pid: client.pid, name: 'python3' });
  });

  it.runIf(hasDelve)('dlv dap', async () => {
    const port = nextPort();
    const dlv = await scene.start(['dlv', 'dap', `--listen=127.0.0.1:${port}`], { port });
    const body = '{"seq":1,"type":"request","command":"initialize","arguments":{"adapterID":"go"}}';
    const question = `Content-Length: ${body.length}\\r\\n\\r\\n${body}`;
    const client = await startPython(scene, CLIENT, [port, question, '"success":true']);
    const examination = await runDoctor(['check', String(port), '--adapter', 'delve']);
    expectUsedUp(examination, dlv, { pid: client.pid, name: 'python3' });
  });

  it.runIf(hasRdbg)('rdbg, and no second connection is left behind in its queue', async () => {
    const port = nextPort();
    const script = join(scene.folder(), 'app.rb');
    writeFileSync(script, 'sleep 120\n');
    const ruby = await scene.start(['ruby', RDBG, '--open', '--port', String(port), script], { port });
    const client = await startPython(scene, CLIENT, [port, 'version: 1.6.3 width: 80 cookie: -\\n', '\n']);
    const examination = await runDoctor(['check', String(port), '--adapter', 'rdbg']);
    expectUsedUp(examination, ruby, { pid: client.pid, name: 'python3' });
    expect(ruby.output()).not.toContain('GreetingError');
  });
});

it.runIf(hasGdbserver)('names the address of a client that cannot be seen', async () => {
  const port = nextPort();
  const { name: namespace } = scene.namespace();
  await scene.start(['gdbserver', `127.0.0.1:${port}`, 'sleep', '120'], { port, namespace, user: 'nobody' });
  const question = '+$qSupported:multiprocess+#c6';
  await startPython(scene, CLIENT, [port, question, 'PacketSize'], { namespace });
  const examination = await runDoctor(['check', String(port), '--adapter', 'gdbserver'], { namespace, user: 'nobody' });
  const { args } = expectCause(examination, 'single-client-server-used-up');
  expect(args.clientAddress).toMatch(/^127\.0\.0\.1:\d+$/);
});

it.runIf(hasDelve)('a Delve for several clients has room, and its clients are left alone', async () => {
  const port = nextPort();
  const argv = ['dlv', 'exec', buildGoProgram(scene), '--headless', '--accept-multiclient'];
  const dlv = await scene.start([...argv, `--listen=127.0.0.1:${port}`], { port });
  const client = await openClient(port);
  scene.defer(() => client.close());
  client.send('{"method":"RPCServer.GetVersion","params":[{}],"id":1}\n');
  await client.waitFor('DelveVersion');
  const examination = await runDoctor(['check', String(port), '--adapter', 'delve']);
  expect(examination.causes).toEqual([]);
  expect(dlv.isRunning()).toBe(true);
});
