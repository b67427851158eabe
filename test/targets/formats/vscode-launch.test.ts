import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Platform } from '../../../src/model/platform.js';
import { findPlainValue } from '../../../src/remedies/edit.js';
import type { FileContent, FoundConfiguration } from '../../../src/targets/formats/format.js';
import { vscodeLaunch } from '../../../src/targets/formats/vscode-launch.js';

const variables = new Map([['DEBUG_PORT', '5699']]);

function read(text: string, platform: Platform = 'linux'): FileContent {
  const folder = platform === 'win32' ? 'C:\\shop' : '/shop';
  const file = platform === 'win32' ? `${folder}\\.vscode\\launch.json` : `${folder}/.vscode/launch.json`;
  return vscodeLaunch.read(text, { file, folder, platform, environment: (name) => variables.get(name) ?? null });
}

/** The one configuration of a file, with its problems' places. */
function readOne(settings: object, platform: Platform = 'linux', rest: object = {}): Partial<FoundConfiguration> {
  const text = JSON.stringify({ configurations: [{ name: 'one', request: 'attach', ...settings }], ...rest });
  const { configurations, problems } = read(text, platform);
  expect(problems).toEqual([]);
  expect(configurations).toHaveLength(1);
  return configurations[0] ?? {};
}

function placesOf(text: string): string[] {
  return read(text).problems.map(({ line, column }) => `${line}:${column}`);
}

describe('vscodeLaunch', () => {
  it.each([
    ['linux', 1],
    ['darwin', 2],
    ['win32', 3],
  ] as const)('takes the block of %s', (platform, port) => {
    const blocks = { linux: { port: 1 }, osx: { port: 2 }, windows: { port: 3 } };
    const block = { linux: 'linux', darwin: 'osx', win32: 'windows' }[platform];
    expect(readOne({ type: 'node', port: 9, ...blocks }, platform)).toMatchObject({
      port,
      portKeyPath: ['configurations', '0', block, 'port'],
    });
  });

  it('takes a section of a platform block whole, as the editor does', () => {
    const settings = { type: 'debugpy', connect: { host: 'db', port: 1 }, linux: { connect: { port: 2 } } };
    expect(readOne(settings)).toMatchObject({ host: '127.0.0.1', port: 2, hostKeyPath: null });
  });

  it('uses the paths of the system that it reads for', () => {
    const settings = { type: 'node', request: 'launch', program: '${workspaceFolder}\\a.js', cwd: 'src' };
    expect(readOne(settings, 'win32')).toMatchObject({ command: ['node', 'C:\\shop\\a.js'], cwd: 'C:\\shop\\src' });
    expect(readOne({ ...settings, cwd: '${fileDirname}' }, 'win32')).toMatchObject({
      cwd: 'C:\\shop',
      unresolved: ['${fileDirname}'],
    });
  });

  it.each([
    [{ type: 'debugpy', connect: { port: '5678' } }, 5678, ['configurations', '0', 'connect', 'port']],
    [{ type: 'debugpy', connect: { port: '${env:DEBUG_PORT}' } }, 5699, null],
    [{ type: 'go', mode: 'remote', port: '${env:DEBUG_PORT}' }, 5699, null],
    [{ type: 'go', mode: 'remote', port: '${env:UNSET}' }, null, null],
    [{ type: 'node', port: '${input:p}' }, 7, null],
    [{ type: 'node', port: '${input:q}' }, null, null],
    [{ type: 'node', port: -5 }, -5, ['configurations', '0', 'port']],
    [{ type: 'node' }, 9229, null],
  ])('%#: port and the place where a remedy may write it', (settings, port, portKeyPath) => {
    const inputs = [
      { id: 'p', type: 'promptString', default: '7' },
      { id: 'q', type: 'pickString' },
    ];
    expect(readOne(settings, 'linux', { inputs })).toMatchObject({ port, portKeyPath });
  });

  it.each([
    [{ type: 'node', processId: '4711' }, 4711],
    [{ type: 'node', processId: '${command:pickProcess}' }, null],
    [{ type: 'debugpy', processId: 4711 }, 4711],
    [{ type: 'go', mode: 'local', processId: 0 }, null],
    [{ type: 'go', processId: 'shop' }, null],
    [{ type: 'lldb', pid: 4711 }, 4711],
    [{ type: 'coreclr', processId: '4711' }, 4711],
    [{ type: 'cppvsdbg', processId: '4711' }, 4711],
  ])('%#: process id', (settings, pid) => {
    expect(readOne(settings)).toMatchObject({ role: 'client', pid, host: null, port: null });
  });

  it.each([
    ['gdb-remote 3333', 'localhost', 3333],
    ['  gdb-remote [::1]:3333 ', '::1', 3333],
    ['process connect connect://10.0.0.2:3333', '10.0.0.2', 3333],
    ['process connect -p gdb-remote connect://10.0.0.2:3333', '10.0.0.2', 3333],
    ['platform connect connect://10.0.0.2:3333', '10.0.0.2', 3333],
    ['gdb-remote ${env:UNSET}:3333', null, null],
  ])('finds the server in %s', (line, host, port) => {
    const initCommands = ['settings set target.inherit-env false', line, 'breakpoint set -n main'];
    expect(readOne({ type: 'lldb', initCommands })).toMatchObject({ role: 'client', host, port });
  });

  it.each([
    [{ type: 'node', runtimeArgs: ['--inspect'] }, 9229],
    [{ type: 'node', runtimeArgs: ['-r', 'dotenv/config', '--inspect=9300'] }, 9300],
    [{ type: 'node', runtimeArgs: ['--inspect-brk=9300'] }, null],
    [{ type: 'node', runtimeArgs: ['--inspect-brk=9300'], attachSimplePort: 9300 }, 9300],
    [{ type: 'node', runtimeArgs: ['--inspect=9300'], attachSimplePort: 0, port: 9301 }, 9300],
    [{ type: 'node-terminal', command: 'node --inspect-brk=9300 a.js' }, 9300],
    [{ type: 'node-terminal', command: 'npm run "a b" && node --inspect=9300' }, null],
    [{ type: 'chrome', port: 0 }, null],
    [{ type: 'chrome', port: 9222 }, 9222],
    [{ type: 'chrome', runtimeExecutable: '/usr/bin/chromium', runtimeArgs: ['--remote-debugging-port=9333'] }, 9333],
    [{ type: 'debugpy', module: 'debugpy', args: ['--listen', '5680', 'a.py'] }, 5680],
  ])('%#: the port of a launch', (settings, port) => {
    expect(readOne({ ...settings, request: 'launch' })).toMatchObject({ role: 'server', request: 'launch', port });
  });

  it('keeps an interpreter whose path has a space in one piece', () => {
    const settings = { type: 'debugpy', request: 'launch', program: 'a.py', args: '-v  -x ${file}' };
    expect(readOne({ ...settings, python: '/opt/my python/bin/python' })).toMatchObject({
      command: ['/opt/my python/bin/python', 'a.py', '-v', '-x', '${file}'],
    });
    expect(readOne({ ...settings, args: [], python: ['uv', 'run', 'python'] })).toMatchObject({
      command: ['uv', 'run', 'python', 'a.py'],
    });
  });

  it('gives key paths that lead to the values', () => {
    const text =
      '\uFEFF{ // the port\n"configurations": [{ "name": "a", "type": "node", "request": "attach", "port": 1, "port": 2 }] }';
    const { configurations, problems } = read(text);
    expect(problems).toEqual([]);
    expect(configurations).toMatchObject([{ line: 2, column: 20, port: 2 }]);
    expect(findPlainValue(text, configurations[0]?.portKeyPath ?? [])).toMatchObject({ ok: true, value: 2 });
  });

  it.each([
    ['', '1:1'],
    ['[]', '1:1'],
    ['{ "configurations": [', '1:22'],
    ['{\n  "configurations": 7 }', '2:21'],
    ['{ "configurations": [\n7] }', '2:1'],
    ['{ "inputs": {} }', '1:13'],
    ['{ "compounds": [{}] }', '1:17'],
    ['['.repeat(40), '1:33'],
    ['{ "configurations": [{ "name": 1, "type": "node", "request": "attach" }] }', '1:22'],
    ['{ "configurations": [{ "name": "a", "type": "node", "request": "attach", "cwd": 1 }] }', '1:81'],
  ])('says where %s is wrong', (text, place) => {
    expect(placesOf(text)).toEqual([place]);
  });

  it('counts digits in quotes as a port even where it complains about them', () => {
    const text = '{ "configurations": [{ "name": "a", "type": "java", "request": "attach", "port": "5005" }] }';
    expect(read(text)).toMatchObject({ configurations: [{ port: 5005 }], problems: [{ line: 1, column: 82 }] });
  });

  it('is silent about what it does not know', () => {
    const settings = { name: 'a', type: 'espidf', request: 'attach', address: 7 };
    const content = read(
      JSON.stringify({
        configurations: [
          { ...settings, port: 'COM3' },
          { ...settings, request: 1 },
        ],
      }),
    );
    expect(content).toEqual({ configurations: [], compounds: [], problems: [], inputs: [] });
  });

  it('bounds what a hostile file can make it say', () => {
    expect(read(`{ "configurations": [${Array(60_000).fill('{}').join(',')}] }`).problems).toHaveLength(50);
    const one = '{"name":"a","type":"node","request":"attach"}';
    const content = read(`{ "configurations": [${Array(2000).fill(one).join(',')}] }`);
    expect(content.configurations).toHaveLength(500);
    expect(content.problems).toHaveLength(1);
    expect(read(' '.repeat(2_000_000)).problems).toMatchObject([{ line: 1, column: 1 }]);
  });
});

describe('no input throws', () => {
  const types = [
    'debugpy',
    'python',
    'node',
    'node-terminal',
    'chrome',
    'go',
    'java',
    'php',
    'cppdbg',
    'lldb',
    'coreclr',
    'rdbg',
    'Ruby',
  ];
  const keys = fc.constantFrom(
    'port',
    'host',
    'address',
    'connect',
    'listen',
    'processId',
    'args',
    'runtimeArgs',
    'program',
    'python',
    'cwd',
    'linux',
    'miDebuggerServerAddress',
    'debugServerPath',
    'initCommands',
    'debugPort',
    'hostname',
    'debugServer',
    'mode',
    'vmArgs',
    'mainClass',
    'pid',
    'remotePort',
    '__proto__',
  );
  const values = fc.oneof(
    fc.constantFrom(
      '${file}',
      '${input:x}',
      'localhost:1',
      'gdb-remote ::1:3',
      'unix:///x',
      '5678',
      'remote',
      5678,
      1e300,
    ),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const settings = fc.dictionary(keys, fc.oneof(values, fc.array(values), fc.dictionary(keys, values)));
  const head = fc.record({ type: fc.constantFrom(...types), request: fc.constantFrom('attach', 'launch') });
  const objects = fc.tuple(settings, head).map(([own, named]) => ({ ...own, ...named, name: 'a' }));

  function expectWellFormed({ configurations, problems }: FileContent): void {
    for (const { line, column } of [...configurations, ...problems]) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
    }
    for (const { port, pid, cwd, host } of configurations) {
      expect(port === null || Number.isSafeInteger(port)).toBe(true);
      expect(pid === null || pid > 0).toBe(true);
      expect(cwd.startsWith('/')).toBe(true);
      expect(host === null || !/\s/.test(host)).toBe(true);
    }
  }

  it('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectWellFormed(read(text))));
  });

  it('any JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => expectWellFormed(read(text))));
  });

  it('anything under the keys that are read', () => {
    const files = fc.record({ configurations: fc.array(objects), inputs: fc.array(settings), compounds: settings });
    fc.assert(
      fc.property(files, (file) => expectWellFormed(read(JSON.stringify(file)))),
      { numRuns: 300 },
    );
  });

  it('any damage to a file', () => {
    const text =
      '{ "configurations": [{ "name": "a", "type": "node", "request": "attach", "port": 9229, }, ], // end\n }';
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(5), fc.string({ maxLength: 3 }), (at, length, put) => {
        expectWellFormed(read(text.slice(0, at) + put + text.slice(at + length)));
      }),
    );
  });
});
