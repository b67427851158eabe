import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PYTHON, startPython } from './lab/debuggers.js';
import { expectCause, runCli, runDoctor, type Examination } from './lab/doctor.js';
import { claimPort, startFullQueue, takePort } from './lab/holders.js';
import type { Place } from './lab/place.js';
import { waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('surroundings', PYTHON);
const mayIsolate = canRun(
  'surroundings of other users and namespaces',
  'root',
  'ip',
  'setpriv',
  'unshare',
  'nft',
  PYTHON,
);

const TOOLS = ['ip', 'nft', 'iptables-save', 'ip6tables-save', 'ss', 'python3'];

/** A folder in which every tool of the system is this script. */
function fakeTools(script: string): string {
  const folder = scene.folder();
  writeFileSync(join(folder, 'tool'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  for (const name of TOOLS) symlinkSync('tool', join(folder, name));
  return folder;
}

const withPath = (path: string): Place => ({ env: { PATH: path } });

/** Neither crashed nor claimed to be well. */
function expectSober({ target }: Examination): void {
  expect(target.results.filter(({ outcome }) => outcome === 'crashed')).toEqual([]);
  expect(target.status).not.toBe('healthy');
}

describe('without the tools of the system', () => {
  it.each(['nothing but node', 'an empty PATH'])('finds the cause with %s', async (what) => {
    const port = claimPort();
    const folder = scene.folder();
    symlinkSync(process.execPath, join(folder, 'node'));
    const place = withPath(what === 'an empty PATH' ? '' : folder);
    const refused = await runDoctor(['check', String(port), '--adapter', 'jdwp'], place);
    expectSober(refused);
    expectCause(refused, 'server-not-started');
    await takePort(scene, port);
    const taken = await runDoctor(['check', String(port), '--adapter', 'tcp', '--request', 'launch'], place);
    expectSober(taken);
    expectCause(taken, 'port-held-by-other-program');
  });

  it.runIf(mayIsolate)('does not know what drops a connection when it may not read the rules', async () => {
    const port = claimPort();
    const space = scene.namespace();
    space.loadNft(`table inet t {\n chain c {\n type filter hook input priority 0;\n tcp dport ${port} drop\n }\n}`);
    const examination = await runDoctor(['check', String(port), '--adapter', 'node'], {
      namespace: space.name,
      user: 'nobody',
    });
    expectSober(examination);
    const outcomes = examination.target.results
      .filter(({ check }) => check === 'firewall-lets-connection-through')
      .map(({ outcome }) => outcome);
    expect(outcomes).not.toContain('pass');
  });
});

describe('tools that misbehave', () => {
  it('end within the deadline when they hang, with all that they started', async () => {
    const port = claimPort();
    const pids = join(scene.folder(), 'pids');
    const tools = fakeTools(`echo $$ >>${pids}\n/bin/sleep 60 &\necho $! >>${pids}\nwait`);
    await startFullQueue(scene, port);
    // The tools sleep for as long as a child of the tests may run at all.
    const words = ['check', String(port), '--adapter', 'debugpy'];
    expectSober(await runDoctor(words, withPath(`${tools}:/usr/bin:/bin`)));
    await expectGone(pids);
  });

  it('end when the doctor is ended', async () => {
    const pids = join(scene.folder(), 'pids');
    const tools = fakeTools(`echo $$ >>${pids}\n/bin/sleep 60 &\necho $! >>${pids}\nwait`);
    const cli = join(import.meta.dirname, '../../dist/cli.cjs');
    const argv = [process.execPath, cli, 'check', String(claimPort()), '--adapter', 'debugpy', '--request', 'launch'];
    const doctor = await scene.start(argv, withPath(`${tools}:/usr/bin:/bin`));
    await waitUntil('a tool runs', () => existsSync(pids) && readFileSync(pids, 'utf8').trim().split('\n').length >= 2);
    doctor.signal('SIGTERM');
    await waitUntil('the doctor has ended', () => !doctor.isRunning());
    await expectGone(pids);
  });

  async function expectGone(pids: string): Promise<void> {
    const started = readFileSync(pids, 'utf8').trim().split('\n');
    expect(started.length).toBeGreaterThan(1);
    await waitUntil('all tools are gone', () => started.every((pid) => !existsSync(`/proc/${pid}`)));
  }

  it('leave an interpreter unknown that does not answer', async () => {
    const tools = fakeTools('exec /bin/sleep 60');
    const words = ['check', String(claimPort()), '--adapter', 'debugpy', '--request', 'launch', '--timeout', '800ms'];
    const examination = await runDoctor(words, withPath(`${tools}:/usr/bin:/bin`));
    expectSober(examination);
    expect(examination).toMatchObject({ exitCode: 3, target: { status: 'inconclusive' } });
    expect(examination.target.diagnosis.unknowns.map(({ check }) => check)).toContain('debugger-is-installed');
  });

  it.each([
    ['endless output', 'exec /usr/bin/yes "table inet filter { chain input"'],
    ['binary output', 'exec /usr/bin/head -c 300000 /dev/urandom'],
    ['an exit code', 'echo broken >&2; exit 7'],
    ['one endless line', "exec /usr/bin/tr '\\0' '{' </dev/zero"],
  ])('give %s', async (_what, script) => {
    const port = claimPort();
    const place = withPath(`${fakeTools(script)}:/usr/bin:/bin`);
    expectSober(await runDoctor(['check', String(port), '--adapter', 'debugpy'], place));
    const launch = await runDoctor(['check', String(port), '--adapter', 'debugpy', '--request', 'launch'], place);
    expectSober(launch);
    expect(launch.exitCode).toBe(3);
  });
});

describe.runIf(mayIsolate)('a /proc that shows little', () => {
  it('to nobody: a listener of root is not nobody’s', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const examination = await runDoctor(['check', String(port), '--adapter', 'delve'], { user: 'nobody' });
    expectSober(examination);
    expect(examination.causes).not.toContain('server-not-started');
  });

  it('is missing altogether', async () => {
    const through = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /proc && exec "$@"', 'sh'];
    const attach = await runDoctor(['check', String(claimPort()), '--adapter', 'debugpy'], { through });
    expectSober(attach);
    const launch = await runDoctor(['check', String(claimPort()), '--adapter', 'tcp', '--request', 'launch'], {
      through,
    });
    expectSober(launch);
    expect(launch.exitCode).toBe(3);
  });
});

const ESCAPES = '\u001b]0;owned\u0007\u001b[31mred\u001b[2J\u009b31m\r\nsecond line\u202e\u0000';

/** Bytes that a terminal obeys, other than the end of a line. */
function controlCharacters(text: string): string[] {
  return Array.from(text).filter(
    (character) => character !== '\n' && /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(character),
  );
}

/** In every form of output the text is only text. */
async function expectCleanOutput(args: readonly string[], place: Place = {}): Promise<void> {
  for (const form of [[], ['--verbose'], ['--quiet']]) {
    const [command = '', ...rest] = args;
    const { stdout, stderr, exitCode } = await runCli([command, ...form, ...rest], place);
    expect(controlCharacters(stdout)).toEqual([]);
    expect(controlCharacters(stderr)).toEqual([]);
    expect(stdout.length).toBeLessThan(40_000);
    expect([0, 1, 3]).toContain(exitCode);
  }
}

describe.runIf(hasPython)('hostile text', () => {
  it('in the name and the arguments of a process', async () => {
    const port = claimPort();
    const code = `
open('/proc/self/comm', 'w').write('\\x1b[31mred\\n\\x07')
held = socket.create_server(('127.0.0.1', int(args[0])))`;
    await startPython(scene, code, [port, ESCAPES.replace('\u0000', '')]);
    const args = ['check', String(port), '--request', 'launch', '--adapter', 'node'];
    const examination = await runDoctor(args);
    expectCause(examination, 'port-held-by-other-program');
    await expectCleanOutput(args);
    await expectCleanOutput(['check', String(port), '--adapter', 'node']);
  });

  it('in a command line of a megabyte', async () => {
    const port = claimPort();
    const megabyte = Array.from({ length: 10 }, () => 'x'.repeat(100_000));
    await startPython(scene, `held = socket.create_server(('127.0.0.1', int(args[0])))`, [port, ...megabyte]);
    const args = ['check', String(port), '--request', 'launch', '--adapter', 'node'];
    const { stdout } = await runDoctor(args);
    expect(stdout.length).toBeLessThan(500_000);
    await expectCleanOutput(args);
  });

  it.each([
    ['HTTP', `HTTP/1.1 200 OK\r\nServer: ${ESCAPES}\r\n\r\n${ESCAPES}`],
    ['no protocol', `${ESCAPES}\n${ESCAPES}`],
    ['a debugger', `Content-Length: 5\r\n\r\n{"${ESCAPES}": "debugpy", "packageVersion"}`],
    ['a flood', `SSH-2.0-${ESCAPES}${'y'.repeat(2_000_000)}`],
  ])('in a banner of %s', async (_what, banner) => {
    const port = claimPort();
    const server = await greetOn(port, banner);
    scene.defer(() => void server.close());
    const args = ['check', String(port), '--adapter', 'node'];
    const examination = await runDoctor(args);
    expectSober(examination);
    await expectCleanOutput(args);
  });

  async function greetOn(port: number, banner: string): Promise<Server> {
    const server = createServer((socket) => socket.on('error', () => undefined).end(banner, 'latin1'));
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return server;
  }

  it('in a configuration and on the command line', async () => {
    const file = join(scene.folder(), 'debugpy_config.json');
    writeFileSync(file, JSON.stringify({ server: { host: '127.0.0.1', port: claimPort(), [ESCAPES]: 1 } }));
    await expectCleanOutput(['check', '--config', file]);
    await expectCleanOutput([
      'check',
      String(claimPort()),
      '--error',
      `OSError: [Errno 98] ${ESCAPES.replace('\u0000', '')}`,
    ]);
  });

  it('in a log', async () => {
    const file = join(scene.folder(), 'server.log');
    writeFileSync(file, `${ESCAPES} OSError: [Errno 98] Address already in use ${ESCAPES}\n`.repeat(1000));
    await expectCleanOutput(['check', String(claimPort()), '--adapter', 'debugpy', '--log', file]);
  });

  it.runIf(mayIsolate)('in the hosts file', async () => {
    const lines = [
      '127.0.0.1 localhost',
      `127.0.0.1 ${ESCAPES} target`,
      `# ${'z'.repeat(1_000_000)}`,
      `10.0.0.1 ${'a '.repeat(500_000)}target`,
    ];
    const { name } = scene.namespace({ files: { hosts: lines.join('\n'), 'nsswitch.conf': 'hosts: files\n' } });
    const args = ['check', `localhost:${claimPort()}`, '--adapter', 'jdwp'];
    expectCause(await runDoctor(args, { namespace: name }), 'server-not-started');
    await expectCleanOutput(args, { namespace: name });
    await expectCleanOutput(['check', 'target:17599', '--adapter', 'jdwp', '--offline'], { namespace: name });
  });
});
