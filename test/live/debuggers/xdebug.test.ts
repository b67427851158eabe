import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../../src/adapters/index.js';
import { startNode } from '../lab/debuggers.js';
import { expectCause, expectHealthy, findingOf, runDoctor } from '../lab/doctor.js';
import { claimPort, pythonNamed, takePortAsStranger } from '../lab/holders.js';
import { waitUntil, type Started } from '../lab/processes.js';
import { canRun, useScene } from '../lab/scene.js';

const scene = useScene();
const mayRun = canRun('Xdebug', 'php');
const mayIsolate = mayRun && canRun('Xdebug for other users', 'root', 'ip', 'setpriv');

const ROUNDS = 20;
const LOW_PORT = 80;

/** What an editor does: it waits for a program to introduce itself, and lets it run to its end. */
const EDITOR = `
require('node:net').createServer((socket) => {
  let received = '';
  console.log('called');
  socket.on('error', () => {}).on('data', (chunk) => {
    const isFirst = !received.includes('<init');
    received += chunk;
    if (isFirst && received.includes('<init')) {
      console.log('init ' + received.replaceAll('\\0', ' '));
      socket.write('feature_get -i 1 -n supports_async\\0run -i 2\\0');
    }
  });
}).listen(Number(process.argv[2]), '127.0.0.1');`;

/** Named as the part of VS Code's extension that listens. */
async function startEditor(port: number): Promise<Started> {
  const file = join(scene.folder(), 'phpDebug.js');
  writeFileSync(file, EDITOR);
  return scene.start([process.execPath, file, String(port)], { port });
}

function script(): string {
  const file = join(scene.folder(), 'app.php');
  writeFileSync(file, '<?php echo "ran to its end\n";');
  return file;
}

function setting(name: string, value: string | number): string[] {
  return ['-d', `xdebug.${name}=${value}`];
}

function calling(port: number, file: string): string[] {
  const settings = [setting('mode', 'debug'), setting('start_with_request', 'yes'), setting('client_port', port)];
  return ['php', ...settings.flat(), file];
}

describe.runIf(mayRun)('an editor that listens for Xdebug', () => {
  it(`is healthy and not called, and a real PHP calls it after ${ROUNDS} checks`, async () => {
    const port = claimPort();
    const editor = await startEditor(port);
    for (let round = 0; round < ROUNDS; round += 1) {
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'xdebug']));
    }
    expect(editor.output()).not.toContain('called');
    await scene.start(calling(port, script()), { prints: 'ran to its end' });
    await waitUntil('it has called', () => editor.output().includes('</init>'));
    expect(
      ADAPTERS.xdebug.identifies(
        editor
          .output()
          .slice(editor.output().indexOf('init ') + 5)
          .replace(' ', '\0'),
      ),
    ).toBe(true);
  });

  it('is healthy for the command that will call it', async () => {
    const port = claimPort();
    await startEditor(port);
    const examination = await runDoctor(['check', '--', ...calling(port, script())]);
    expectHealthy(examination);
    expect(examination.target.target).toMatchObject({ adapter: 'xdebug', request: 'attach', port });
    expect(examination.target.results.map(({ check }) => check)).toContain('php-calls-the-editor');
  });

  it('names itself to a whole handshake, in which it takes the doctor for a program', async () => {
    const port = claimPort();
    const editor = await startEditor(port);
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'xdebug', '--probe', 'full']));
    await waitUntil('the editor was called', () => editor.output().includes('debug-doctor'));
  });

  it('is known by its name alone', async () => {
    const port = claimPort();
    const code = 'import socket,sys,time;s=socket.create_server(("127.0.0.1",int(sys.argv[1])));time.sleep(120)';
    await scene.start([pythonNamed(scene, 'phpstorm'), '-c', code, String(port)], { port });
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'xdebug']));
  });

  it('is missed', async () => {
    const port = claimPort();
    const file = script();
    const php = await scene.start(calling(port, file), { prints: 'ran to its end' });
    expect(ADAPTERS.xdebug.startFailures.some(({ says }) => php.output().includes(says))).toBe(true);
    expectCause(await runDoctor(['check', '--', ...calling(port, file)]), 'server-not-started');
    expectCause(await runDoctor(['check', String(port), '--adapter', 'xdebug']), 'server-not-started');
  });

  it('is found on another port than the one that PHP calls', async () => {
    const port = claimPort();
    const other = claimPort();
    await startEditor(port);
    const command = calling(other, script());
    expect(expectCause(await runDoctor(['check', '--', ...command]), 'wrong-port').args).toMatchObject({
      otherPort: port,
    });
    const asked = await runDoctor(['check', String(port), '--', ...command]);
    expect(expectCause(asked, 'wrong-port').args).toMatchObject({ otherPort: other });
  });

  it('is told from another debugger on its port', async () => {
    const port = claimPort();
    const { pid } = await startNode(scene, port);
    const examination = await runDoctor(['check', String(port), '--adapter', 'xdebug']);
    expect(expectCause(examination, 'port-answered-by-other-program').args).toMatchObject({ pid, detail: 'node' });
  });
});

describe.runIf(mayRun)('an editor that is about to listen', () => {
  const launch = (port: number): string[] => ['check', String(port), '--adapter', 'xdebug', '--request', 'launch'];

  it('may', async () => {
    expectHealthy(await runDoctor(launch(claimPort())));
  });

  it('may not where another program has its port', async () => {
    const port = claimPort();
    const { pid } = await takePortAsStranger(scene, port);
    expect(expectCause(await runDoctor(launch(port)), 'port-held-by-other-program').args).toMatchObject({ pid });
  });

  it('may not where another editor has its port', async () => {
    const port = claimPort();
    await startEditor(port);
    expectCause(await runDoctor(launch(port)), 'port-held-by-editor');
  });

  it('may not where a container publishes its port', async () => {
    const port = claimPort();
    const code = 'import socket,sys,time;s=socket.create_server(("127.0.0.1",int(sys.argv[1])));time.sleep(120)';
    await scene.start([pythonNamed(scene, 'docker-proxy'), '-c', code, String(port)], { port });
    expectCause(await runDoctor(launch(port)), 'debug-roles-reversed');
  });
});

describe.runIf(mayIsolate)('an editor of an ordinary user', () => {
  it('may not listen on a low port', async () => {
    const { name } = scene.namespace();
    const argv = ['check', String(LOW_PORT), '--adapter', 'xdebug', '--request', 'launch'];
    expectCause(await runDoctor(argv, { namespace: name, user: 'nobody' }), 'privileged-port');
  });
});

describe.runIf(mayRun)('PHP that would not call', () => {
  const check = (port: number, command: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runDoctor(['check', String(port), '--adapter', 'xdebug', '--', ...command], { env });

  it('has no Xdebug', async () => {
    const port = claimPort();
    await startEditor(port);
    const examination = await check(port, ['php', '-n', ...calling(port, script()).slice(1)]);
    expect(expectCause(examination, 'debugger-missing-in-interpreter').confidence).toBe('certain');
  });

  it('is not there', async () => {
    const port = claimPort();
    const env = { PATH: scene.folder() };
    expectCause(await check(port, calling(port, script()), env), 'interpreter-not-found');
  });

  it.each([
    ['mode', ['-d', 'xdebug.mode=develop'], {}, 'certain'],
    ['mode in its environment', ['-d', 'xdebug.mode=debug'], { XDEBUG_MODE: 'coverage' }, 'certain'],
    ['the names of version 2', ['-d', 'xdebug.remote_enable=1', '-d', 'xdebug.remote_autostart=1'], {}, 'certain'],
    ['no trigger', ['-d', 'xdebug.mode=debug'], {}, 'likely'],
    ['never', ['-d', 'xdebug.mode=debug', '-d', 'xdebug.start_with_request=no'], { XDEBUG_SESSION: '1' }, 'likely'],
  ])('is set so: %s', async (_, options, env, confidence) => {
    const port = claimPort();
    const editor = await startEditor(port);
    const command = ['php', ...options, ...setting('client_port', port), script()];
    await scene.start(command, { prints: 'ran to its end', env });
    expect(editor.output()).not.toContain('called');
    const examination = await check(port, command, env);
    expectCause(examination, 'debug-flag-not-applied');
    expect(findingOf(examination, 'debug-flag-not-applied').confidence).toBe(confidence);
  });

  it.each([
    ['XDEBUG_SESSION', { XDEBUG_SESSION: '1' }, ['-d', 'xdebug.mode=debug']],
    ['XDEBUG_MODE', { XDEBUG_MODE: 'debug' }, ['-d', 'xdebug.start_with_request=yes']],
  ])('is told from one that does by %s', async (_, env, options) => {
    const port = claimPort();
    const editor = await startEditor(port);
    const command = ['php', ...options, ...setting('client_port', port), script()];
    expectHealthy(await check(port, command, env));
    expect(editor.output()).not.toContain('called');
    await scene.start(command, { prints: 'ran to its end', env });
    await waitUntil('it has called', () => editor.output().includes('init'));
  });
});
