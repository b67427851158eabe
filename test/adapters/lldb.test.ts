import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyAnswer } from '../../src/adapters/index.js';
import { lldb } from '../../src/adapters/lldb.js';

/** What 14.0.6 answered: lldb-server as a platform and for one program, and lldb-vscode (shortened). */
const PLATFORM = '+$PacketSize=131072;QStartNoAckMode+;qEcho+;native-signals+#d5';
const GDBSERVER = '+$PacketSize=131072;QStartNoAckMode+;qEcho+;native-signals+;QThreadSuffixSupported+#40+$#00';
const DAP =
  'Content-Length: 1221\r\n\r\n{"body":{"exceptionBreakpointFilters":[{"default":false,"filter":"cpp_catch","label":' +
  '"C++ Catch"},{"default":false,"filter":"cpp_throw","label":"C++ Throw"}],"supportsStepBack":false},' +
  '"command":"initialize","request_seq":1,"seq":0,"success":true,"type":"response"}';

describe('a command line of LLDB', () => {
  it.each([
    ['lldb-server gdbserver 127.0.0.1:1234 -- ./app', 'gdbserver', '127.0.0.1', 1234, true],
    ['/usr/lib/llvm-14/bin/lldb-server-14.0.6 g :1234 ./app --fd', 'gdbserver', null, 1234, true],
    ['lldb-server gdbserver *:1234 ./app', 'gdbserver', '0.0.0.0', 1234, true],
    ['lldb-server gdbserver [::1]:1234 ./app', 'gdbserver', '::1', 1234, true],
    ['lldb-server gdbserver listen://127.0.0.1:1234 ./app', 'gdbserver', '127.0.0.1', 1234, true],
    ['lldb-server gdbserver --attach 4242 --log-file /tmp/a:1 :1234', 'gdbserver', null, 1234, true],
    ['lldb-server gdbserver --attach=4242 --setsid :1234', 'gdbserver', null, 1234, true],
    ['lldb-server gdbserver 127.0.0.1:70000 ./app', 'gdbserver', '127.0.0.1', 70_000, true],
    ['lldb-server platform --server --listen 127.0.0.1:1234', 'platform', '127.0.0.1', 1234, false],
    ['lldb-server-14 p --listen=*:1234 --server', 'platform', '0.0.0.0', 1234, false],
    ['lldb-server platform -L 127.0.0.1:1234 --server -P 1235', 'platform', '127.0.0.1', 1234, false],
    ['lldb-server platform --listen 127.0.0.1:1234', 'platform-once', '127.0.0.1', 1234, true],
    ['lldb-vscode-14 --port 1234', 'dap', null, 1234, true],
    ['lldb-dap -p 1234', 'dap', null, 1234, true],
    ['/opt/llvm/bin/lldb-dap-18 -port 1234', 'dap', null, 1234, true],
    ['lldb-dap --connection listen://localhost:1234', 'dap', 'localhost', 1234, false],
    ['lldb-dap -connection tcp://:1234', 'dap', null, 1234, false],
    ['/ext/adapter/codelldb --port 13000', 'dap', null, 13_000, true],
    ['codelldb --multi-session --port=13000', 'dap', null, 13_000, false],
    ['debugserver 127.0.0.1:1234 /bin/app', 'gdbserver', '127.0.0.1', 1234, true],
    ['debugserver *:1921 --attach=1474', 'gdbserver', '0.0.0.0', 1921, true],
  ])('%s', (line, mode, host, port, takesOneClient) => {
    expect(lldb.recognise(line.split(' '))).toEqual({
      role: 'server',
      mode,
      host,
      port,
      takesOneClient,
      servesProgram: false,
    });
  });

  it.each([
    'lldb-server gdbserver --reverse-connect 127.0.0.1:1234 ./app',
    'lldb-server gdbserver --fd 3 127.0.0.1:1234',
    'lldb-server gdbserver --fd=3 -- ./app 127.0.0.1:1234',
    'lldb-server gdbserver unix:///tmp/socket ./app',
    'lldb-server gdbserver 1234 ./app',
    'lldb-server gdbserver',
    'lldb-server platform --server --listen :1234',
    'lldb-server platform --server --listen /tmp/socket',
    'lldb-server platform --server',
    'lldb-server version',
    'lldb-vscode-14',
    'lldb-vscode-14 --port=1234',
    'lldb-vscode-14 --port abc',
    'lldb-dap --connection accept:///tmp/socket',
    'lldb-dap --launch-target app --port 1234',
    'codelldb',
    'codelldb --connect 13000',
    'debugserver --reverse-connect 127.0.0.1:1234',
    'lldb-14 ./app',
    'gdbserver 127.0.0.1:1234 ./app',
  ])('is not %s', (line) => {
    expect(lldb.recognise(line.split(' '))).toBeNull();
  });

  it('names the port of the sessions of a platform', () => {
    const platform = ['lldb-server', 'platform', '--server', '--listen', '127.0.0.1:1234'];
    expect(lldb.secondaryPorts(platform)).toEqual([]);
    expect(lldb.secondaryPorts([...platform, '--gdbserver-port', '1235'])).toEqual([
      { port: 1235, host: null, purpose: 'debug sessions' },
    ]);
    expect(lldb.secondaryPorts([...platform, '-P', '1235'])).toHaveLength(1);
    expect(lldb.secondaryPorts(['lldb-server', 'gdbserver', ':1', 'app', '-P', '1235'])).toEqual([]);
  });

  it('never throws', () => {
    const program = fc.constantFrom('lldb-server', 'lldb-dap', 'codelldb', 'debugserver');
    const argument = fc.oneof(
      fc.string(),
      fc.constantFrom('g', 'platform', '--listen', '--port', '--connection', ':1'),
    );
    fc.assert(
      fc.property(program, fc.array(argument), (name, rest) => {
        expect([null, 'server']).toContain(lldb.recognise([name, ...rest])?.role ?? null);
      }),
    );
  });
});

describe('LLDB', () => {
  it('is contacted as a platform only', () => {
    const contact = lldb.contact('platform');
    if (!contact.harmless) throw new Error('a platform survives a connection');
    expect(new RegExp(contact.until).test(PLATFORM)).toBe(true);
    expect(new RegExp(contact.until).test(PLATFORM.slice(0, -1))).toBe(false);
    expect(lldb.handshake?.disturbs('platform')).toBeNull();
  });

  it.each([['gdbserver'], ['platform-once'], ['dap'], [null]])('is left alone in mode %s', (mode) => {
    expect(lldb.contact(mode).harmless).toBe(false);
    expect(lldb.handshake?.disturbs(mode)).not.toBeNull();
  });

  it.each([PLATFORM, GDBSERVER, '+$qXfer:features:read+;PacketSize=20000;qEcho+;native-signals+#00', DAP])(
    'is told by %s',
    (answer) => {
      expect(identifyAnswer(answer)).toBe('lldb');
    },
  );

  it.each(['+$PacketSize=47ff;QPassSignals+#00', 'Content-Length: 9\r\n\r\n{"a":"b"}', '+', 'native-signals+'])(
    'is not told by %s',
    (answer) => {
      expect(lldb.identifies(answer)).toBe(false);
    },
  );

  it('is greeted in its own protocol, to the end of the answer', () => {
    const dap = lldb.handshake?.inModes?.['dap'];
    const [step] = dap?.steps ?? [];
    const [head = '', body = ''] = step?.send.split('\r\n\r\n') ?? [];
    expect(head).toBe(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toMatchObject({ seq: 1, type: 'request', command: 'initialize' });
    expect(new RegExp(dap?.until ?? '').test(DAP)).toBe(true);
    expect(new RegExp(dap?.until ?? '').test(DAP.slice(0, 200))).toBe(false);
    expect(new RegExp(lldb.handshake?.until ?? '').test(GDBSERVER)).toBe(true);
  });

  it.each([
    ['"$__lldb_version":"lldb version 21.1.0\\n"', '21.1.0'],
    ['"__lldb":{"version":"lldb version 18.1.8"}', '18.1.8'],
    ['"$__lldb_version":"lldb-2100.0.16.4\\n"', '2100.0.16.4'],
    [DAP, null],
    [PLATFORM, null],
  ])('reads the version in %s', (answer, version) => {
    expect(lldb.versionIn(answer)).toBe(version);
  });

  it('is started with the path of a program', () => {
    const request = { host: '127.0.0.1', port: 1234, waitForClient: true };
    const argv = ['lldb-server', 'gdbserver', '127.0.0.1:1234', '--', './app', '-x'];
    expect(lldb.start({ ...request, program: ['./app', '-x'] })?.argv).toEqual(argv);
    expect(lldb.start({ ...request, host: '::1', program: ['/bin/app'] })?.argv[2]).toBe('[::1]:1234');
    expect(lldb.start({ ...request, program: ['app'] })).toBeNull();
    expect(lldb.start({ ...request, program: [] })).toBeNull();
  });

  it('says its version', () => {
    const { tool } = lldb;
    if (tool?.kind !== 'executable') throw new Error('lldb-server is a program');
    expect(tool.versionIn('lldb version 14.0.6\n')).toBe('14.0.6');
    expect(tool.versionIn('lldb')).toBeNull();
  });
});

it.each([
  ["error: failed to connect to client at 'listen://127.0.0.1:1234': Address already in use", 'address-in-use', true],
  ["error: failed to connect to client at 'listen://127.0.0.1:80': Permission denied", 'permission-denied', true],
  [
    "error: failed to connect to client at 'listen://nosuch.invalid:1': No open listening sockets!",
    'name-not-resolved',
    true,
  ],
  ['failed to listen: Address already in use', 'address-in-use', false],
  ['failed to listen: Permission denied', 'permission-denied', false],
  ['error: No open listening sockets!', 'name-not-resolved', false],
  ["error: failed to launch './nosuch': execve failed: No such file or directory", 'server-exited', false],
  ['error: failed to attach to pid 99999: Cannot get process architecture', 'process-not-attachable', true],
])('reads "%s" as %s', (line, symptom, runsOn) => {
  expect(lldb.startFailures.find(({ says }) => line.includes(says))).toMatchObject({ symptom, runsOn });
});
