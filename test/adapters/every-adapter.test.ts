import { describe, expect, it } from 'vitest';
import { ADAPTERS, recogniseCaller, recogniseCommand } from '../../src/adapters/index.js';
import { ADAPTER_IDS } from '../../src/model/target.js';

const CHROMIUM = ['/usr/lib/chromium/chromium', '--show-component-extension-options', '--headless', '--no-sandbox'];
const RDBG = '/usr/lib/ruby/gems/3.1.0/gems/debug-1.6.3/exe/rdbg';

describe('the adapters', () => {
  it('are listed in the order of their ids, each under its own', () => {
    expect(Object.values(ADAPTERS).map(({ id }) => id)).toEqual(ADAPTER_IDS);
  });
});

describe('a command line', () => {
  it.each([
    [[...CHROMIUM, '--remote-debugging-port=15700', 'about:blank'], 'chrome', '127.0.0.1', 15700],
    // It ignores the address.
    [[...CHROMIUM, '--remote-debugging-port=9222', '--remote-debugging-address=0.0.0.0'], 'chrome', '127.0.0.1', 9222],
    [['C:\\Program Files\\Microsoft\\Edge\\msedge.exe', '--remote-debugging-port=9223'], 'chrome', '127.0.0.1', 9223],
    [['/opt/Slack/slack', '--remote-debugging-port=abc'], 'chrome', '127.0.0.1', null],
    [['ruby', RDBG, '--open', '--host', '127.0.0.1', '--port', '15710', '-n', 'app.rb'], 'rdbg', '127.0.0.1', 15710],
    [['rdbg', '-O', '--port=12345', '--', '-r', 'foo', '-e', 'bar'], 'rdbg', null, 12345],
    // What follows `--open=` is a frontend, whatever it looks like.
    [['rdbg', '--open=0.0.0.0:1234', 'app.rb'], 'rdbg', null, null],
    [['rdbg', '--open=chrome', '--port=1234:/tmp/port', 'app.rb'], 'rdbg', null, 1234],
    [['bundle', 'exec', 'rdbg', '-O', '-n', '-c', '--port', '1234', '--', 'bin/rails', 's'], 'rdbg', null, 1234],
    [['node', '/home/dev/.vscode/extensions/xdebug.php-debug-1.35.0/out/phpDebug.js'], 'xdebug', null, null],
    [['dbgpClient', '-p', '9003'], 'xdebug', null, 9003],
    [['rdbg', 'target.rb', '-O', 'chrome', '--port', '1234'], 'rdbg', null, 1234],
    [['rdbg', '--open', 'app.rb'], 'rdbg', null, null],
    [['/usr/bin/ruby3.1', '-rdebug/open', 'app.rb'], 'rdbg', null, null],
    [['ruby', '-r', 'debug/open_nonstop', 'app.rb'], 'rdbg', null, null],
    [['netcoredbg', '--server', '--interpreter=vscode'], 'vsdbg', '0.0.0.0', 4711],
    [['/opt/netcoredbg/netcoredbg', '--interpreter=vscode', '--server=4712'], 'vsdbg', '0.0.0.0', 4712],
    [['node', '-r', 'dotenv/config', '--inspect', 'app.js'], 'node', null, 9229],
    [['node', '--inspect=localhost', 'app.js'], 'node', 'localhost', 9229],
    [['node', '--inspect=[::1]', 'app.js'], 'node', '::1', 9229],
    [['node', '--inspect=[::1]:9300', 'app.js'], 'node', '::1', 9300],
    [['node', '--inspect', '--inspect-port=127.0.0.1:9230', 'app.js'], 'node', '127.0.0.1', 9230],
    [['node', '--inspect=9231', '-e', 'run()'], 'node', null, 9231],
  ])('%j is %s', (command, adapter, host, port) => {
    expect(recogniseCommand(command)).toMatchObject({ adapter, role: 'server', host, port });
  });

  it.each([
    // A helper of a browser carries the browser's options.
    [[...CHROMIUM, '--type=renderer', '--remote-debugging-port=15700']],
    [[...CHROMIUM, '--remote-debugging-pipe']],
    [[...CHROMIUM, '--remote-debugging-port', '9222']],
    [['python3', 'drive.py', '--remote-debugging-port=9222']],
    [['/bin/sh', '/usr/bin/chromium', '--remote-debugging-port=9222']],
    [['rdbg', '--attach', '12345']],
    [['rdbg', 'app.rb']],
    [['rdbg', '-c', '--', 'serve', '--open']],
    [['ruby', 'app.rb', '--open']],
    [['ruby', 'app.rb', '-r', 'debug/open']],
    [['ruby', '-I', '-rdebug/open', 'app.rb']],
    [['bundle', 'exec', 'rails', 's', '--open']],
    [['node', 'server.js', '--log', 'phpDebug.json']],
    [['ruby', '-rdebug', 'app.rb']],
    [['netcoredbg', '--interpreter=vscode', '--', 'dotnet', 'app.dll', '--server=4711']],
    [['/root/.vscode-server/extensions/vsdbg', '--interpreter=vscode']],
    [['node', 'app.js', '--inspect']],
    [['node', '-r', '--inspect']],
    [['node', '--inspect-port=9230', 'app.js']],
    // It calls, and listens for no debugger whatever else it serves.
    [['php', '-d', 'xdebug.mode=debug', '-S', '127.0.0.1:8000']],
    [[]],
  ])('%j is no debug server', (command) => {
    expect(recogniseCommand(command)).toBeNull();
  });
});

describe('a program that calls the editor', () => {
  const setting = (name: string, value: string): string[] => ['-d', `xdebug.${name}=${value}`];

  it.each([
    [['php', ...setting('mode', 'debug'), 'app.php'], null, 9003],
    [
      ['/usr/bin/php8.2', ...setting('mode', 'develop,debug'), ...setting('client_port', '15681'), 'app.php'],
      null,
      15681,
    ],
    [['php', '-dxdebug.mode=debug', '-dxdebug.client_host="10.0.0.2"', 'app.php'], '10.0.0.2', 9003],
    [['php', '-S', '127.0.0.1:8000', ...setting('mode', 'debug')], null, 9003],
    [['php', ...setting('remote_enable', '1'), ...setting('remote_host', 'mac.local')], 'mac.local', 9000],
    [['php', ...setting('mode', 'debug'), ...setting('client_port', 'x'), 'app.php'], null, null],
  ])('%j', (command, host, port) => {
    expect(recogniseCaller(command)).toMatchObject({ adapter: 'xdebug', role: 'caller', host, port });
  });

  it.each([
    [['php', 'app.php']],
    [['php', ...setting('mode', 'off'), 'app.php']],
    [['php', ...setting('client_port', '9003'), 'app.php']],
    [['php', 'app.php', ...setting('mode', 'debug')]],
    [['phpunit', ...setting('mode', 'debug')]],
    [['node', '--inspect', 'app.js']],
  ])('%j calls nobody', (command) => {
    expect(recogniseCaller(command)).toBeNull();
  });
});
