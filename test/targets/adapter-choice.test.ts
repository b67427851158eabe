import { describe, expect, it } from 'vitest';
import { adapterOfCommand, adapterOfPort } from '../../src/targets/adapter-choice.js';

describe('adapterOfCommand', () => {
  it.each([
    [['python3.12', 'app.py'], 'debugpy'],
    [['/usr/bin/python', '-m', 'debugpy'], 'debugpy'],
    [['C:\\Python\\python.exe', 'app.py'], 'debugpy'],
    [['uv', 'run', 'python', 'app.py'], 'debugpy'],
    [['env', '-i', 'DEBUG=1', 'node', 'app.js'], 'node'],
    [['node', 'python'], 'node'],
    [['sudo', 'dlv', 'dap'], 'delve'],
    [['java', '-jar', 'a.jar'], 'jdwp'],
    [['gdbserver', ':1234', './a'], 'gdbserver'],
    [['lldb-server', 'platform'], 'lldb'],
    [['bundle', 'exec', 'rails', 'server'], 'rdbg'],
    [['/usr/bin/ruby3.1', 'app.rb'], 'rdbg'],
    [['google-chrome', '--headless'], 'chrome'],
    [['netcoredbg', '--interpreter=vscode'], 'vsdbg'],
    [['php', 'app.php'], null],
    [['./start.sh', 'python'], null],
    [['nodepad'], null],
    [[], null],
  ])('%j: %s', (command, adapter) => {
    expect(adapterOfCommand(command)).toBe(adapter);
  });
});

describe('adapterOfPort', () => {
  it.each([
    [5678, 'debugpy'],
    [5687, 'debugpy'],
    [9229, 'node'],
    [9238, 'node'],
    [9239, 'debugpy'],
    [9222, 'chrome'],
    [9003, 'xdebug'],
    [9000, 'tcp'],
    [12345, 'debugpy'],
    [4711, 'debugpy'],
    [2345, 'delve'],
    [5005, 'jdwp'],
    [1234, 'lldb'],
    [3000, 'debugpy'],
    [70000, 'debugpy'],
  ])('%d: %s', (port, adapter) => {
    expect(adapterOfPort(port)).toBe(adapter);
  });
});
