import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../../src/adapters/index.js';
import { expectCause, expectHealthy, runCli, runDoctor } from '../lab/doctor.js';
import { claimPort, takePort } from '../lab/holders.js';
import { startProcess, waitUntil, type Started } from '../lab/processes.js';
import { canRun, useScene, type StartOptions } from '../lab/scene.js';
import {
  provesAttach,
  provesForeignAddress,
  provesLaunch,
  provesLowPort,
  provesMissingTool,
  provesRecognition,
  type RealDebugger,
} from './contract.js';

/** As Debian calls it. */
const RDBG = 'rdbg3.1';

const scene = useScene();
const mayRun = canRun('the Ruby debugger', 'ruby', RDBG);
const mayIsolate = mayRun && canRun('the Ruby debugger as other users', 'root', 'ip', 'setpriv');

const PROGRAM = 'sleep 120';

function programFile(text = PROGRAM): string {
  const file = join(scene.folder(), 'app.rb');
  writeFileSync(file, text);
  return file;
}

function optionsFor(port: number, ...more: readonly string[]): string[] {
  return ['--open', '--host', '127.0.0.1', '--port', String(port), ...more, '--'];
}

const LISTENS = 'Debugger can attach';

function startRdbg(port: number, more: readonly string[], options: StartOptions = {}): Promise<Started> {
  return scene.start([RDBG, ...optionsFor(port, ...more), programFile()], { port, prints: LISTENS, ...options });
}

interface Session {
  output(): string;
  /** Ends the client, not its program. */
  end(): void;
}

/** A real client with a session; its input stays open, since its end would end the program. */
async function attach(port: number): Promise<Session> {
  const client = spawn(RDBG, ['--attach', '127.0.0.1', String(port)], { stdio: 'pipe' });
  scene.defer(() => void client.kill('SIGKILL'));
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  client.stdout.on('data', collect);
  client.stderr.on('data', collect);
  await waitUntil('rdbg is attached', () => output.includes('Connected. PID:'));
  return { output: () => output, end: () => void client.kill('SIGKILL') };
}

const rdbg: RealDebugger = {
  adapter: 'rdbg',
  mistakenFor: 'debugpy',
  command: (host, port) => [RDBG, '--open', '--host', host, '--port', String(port), '--', 'app.rb'],
  start: (_, port, options) => startRdbg(port, ['--nonstop'], options),
  attach: async (port, { pid }) => {
    const session = await attach(port);
    if (!session.output().includes(`PID:${pid},`)) throw new Error(`another program: ${session.output()}`);
    session.end();
  },
  onLowPort: 'privileged-port',
  withoutTool: 'interpreter-not-found',
};

describe.runIf(mayRun)('rdbg', () => {
  provesAttach(scene, rdbg);
  provesRecognition(scene, rdbg);
  provesLaunch(scene, rdbg);
  provesForeignAddress(rdbg);
  provesMissingTool(scene, rdbg);
});

describe.runIf(mayRun)('rdbg that waits at the first line', () => {
  provesAttach(scene, { ...rdbg, start: (_, port, options) => startRdbg(port, [], options) });
});

describe.runIf(mayIsolate)('rdbg for an ordinary user', () => {
  provesLowPort(scene, rdbg);
});

/** Ways to start it which leave nothing in the command line of the running process, or only a part. */
const UNSEEN: readonly (readonly [string, (port: number, file: string) => [readonly string[], StartOptions]])[] = [
  ['--command', (port, file) => [[RDBG, ...optionsFor(port, '-n', '-c'), 'ruby', file], {}]],
  ['--open=chrome', (port, file) => [[RDBG, '--open=chrome', `--port=${port}`, file], {}]],
  ['--open=vscode', (port, file) => [[RDBG, '--open=vscode', `--port=${port}`, file], {}]],
  ['-r debug/open', (port, file) => [['ruby', '-r', 'debug/open', file], { env: { RUBY_DEBUG_PORT: String(port) } }]],
  [
    'RUBYOPT',
    (port, file) => [['ruby', file], { env: { RUBYOPT: '-W0 -rdebug/open_nonstop', RUBY_DEBUG_PORT: String(port) } }],
  ],
];

describe.runIf(mayRun)('rdbg by', () => {
  it.each(UNSEEN)('%s is recognised', async (_, how) => {
    const port = claimPort();
    const [argv, options] = how(port, programFile());
    const { pid } = await scene.start(argv, { port, ...options });
    const { target } = await runDoctor(['check', `pid:${pid}`]);
    expect(target.target).toMatchObject({ adapter: 'rdbg', port });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'rdbg']));
  });
});

describe.runIf(mayRun)('rdbg', () => {
  it('is found behind the title that a program gave itself', async () => {
    const port = claimPort();
    const title = 'puma 5.6.5 (tcp://localhost:3000) [app]';
    const file = programFile(`$0 = '${title}'; puts 'titled'; $stdout.flush; ${PROGRAM}`);
    const { pid } = await scene.start([RDBG, ...optionsFor(port, '-n'), file], { port, prints: 'titled' });
    const examination = await runDoctor(['check', String(port), '--adapter', 'rdbg']);
    expect(examination.causes, String(pid)).toEqual([]);
    expect(examination.target.path.find(({ hop }) => hop === 'protocol')?.state).toBe('ok');
  });

  it('with a cookie is left alone', async () => {
    const port = claimPort();
    const server = await startRdbg(port, ['--nonstop', '--cookie=secret']);
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'rdbg']));
    expect(server.output()).not.toContain('Connected');
  });

  it('serves one client, whose session a look does not disturb', async () => {
    const port = claimPort();
    const server = await startRdbg(port, []);
    const session = await attach(port);
    const examination = await runDoctor(['check', String(port), '--adapter', 'rdbg']);
    expect(expectCause(examination, 'single-client-server-used-up').args).toMatchObject({ pid: server.pid });
    session.end();
    await waitUntil('the client has gone', () => server.output().includes('Disconnected'));
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'rdbg']));
  });

  it('without a port is listed with its Unix socket', async () => {
    const { pid, output } = await scene.start([RDBG, '--open', '--nonstop', programFile()], { prints: LISTENS });
    const path = /UNIX domain socket \((.+)\)/.exec(output())?.[1] ?? '';
    const { stdout } = await runCli(['targets', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      running: expect.arrayContaining([expect.objectContaining({ adapter: 'rdbg', pid, socketPath: path })]),
    });
    const examination = await runDoctor(['check', `pid:${pid}`]);
    expect(examination.causes).toEqual([]);
    expectHealthy(await runDoctor(['check', `unix:${path}`, '--adapter', 'rdbg']));
  });

  it('listens on the low 16 bits of a port that does not exist', async () => {
    const port = claimPort();
    await startRdbg(port + 65_536, [], { port });
    const { args } = expectCause(
      await runDoctor(['check', String(port + 65_536), '--adapter', 'rdbg']),
      'invalid-port-wrapped',
    );
    expect(args).toMatchObject({ otherPort: port });
  });
});

describe.runIf(mayRun)('a start of rdbg that fails', () => {
  it.each([
    ['address-in-use', 1, '127.0.0.1', null],
    ['address-not-available', 0, '203.0.113.77', null],
    ['name-not-resolved', 0, 'nosuch.invalid', null],
    ['invalid-argument', 1, '127.0.0.1', 'abc'],
  ])('says so: %s', async (symptom, exitCode, host, word) => {
    const port = claimPort();
    if (symptom === 'address-in-use') await takePort(scene, port);
    const argv = [RDBG, '--open', '--host', host, '--port', word ?? String(port), '--', programFile()];
    const failed = startProcess(['sh', '-c', '"$@"; echo "exit code $?"', 'sh', ...argv]);
    scene.defer(() => failed.end());
    await waitUntil('it ended', () => failed.output().includes('exit code '));
    expect(failed.output()).toContain(`exit code ${exitCode}`);
    const known = ADAPTERS.rdbg.startFailures.find(({ says }) => failed.output().includes(says));
    expect(known?.symptom).toBe(symptom);
  });
});
