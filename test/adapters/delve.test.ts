import { describe, expect, it } from 'vitest';
import { identifyAnswer, recogniseCaller, recogniseCommand } from '../../src/adapters/index.js';
import { delve } from '../../src/adapters/delve.js';

describe('a dlv command line', () => {
  it.each([
    ['dlv dap', 'dap', '127.0.0.1', 0],
    ['dlv --listen=:2345 dap', 'dap', '0.0.0.0', 2345],
    ['dlv exec ./app --headless', 'headless', '127.0.0.1', 0],
    ['dlv -l :2501 --headless debug', 'headless', '0.0.0.0', 2501],
    ['dlv attach 4242 --headless -l=127.0.0.1:2345', 'headless', '127.0.0.1', 2345],
    ['dlv test ./pkg --headless -l127.0.0.1:2345 -- -test.run X', 'headless', '127.0.0.1', 2345],
    ['dlv core ./app core.1 --headless --listen localhost:2345', 'headless', 'localhost', 2345],
    ['dlv replay trace --headless=1 --listen=[::1]:2345', 'headless', '::1', 2345],
    ['dlv --wd exec --headless --backend dap --listen 127.0.0.1:2345 run', 'headless', '127.0.0.1', 2345],
    ['dlv exec ./app --headless --listen=unix:/tmp/dlv.sock', 'headless', null, null],
    ['dlv debug --headless --accept-multiclient=false --listen=:1', 'headless', '0.0.0.0', 1],
    ['dlv debug --headless --listen=:1 --listen=:2', 'headless', '0.0.0.0', 2],
    ['dlv exec --headless --accept-multiclient --continue --listen=:2345 ./a', 'headless-multiclient', '0.0.0.0', 2345],
  ])('%s', (line, mode, host, port) => {
    const takesOneClient = mode !== 'headless-multiclient';
    expect(recogniseCommand(line.split(' '))).toEqual({
      adapter: 'delve',
      role: 'server',
      mode,
      host,
      port,
      takesOneClient,
      servesProgram: false,
    });
  });

  it.each([
    'dlv connect 127.0.0.1:2345',
    'dlv connect --headless 127.0.0.1:2345',
    'dlv debug --headless=false',
    'dlv trace --headless main',
    'dlv exec ./app -- --headless --accept-multiclient',
    'dlv --wd dap version',
    'dlv --headless',
    'dlv dap --client-addr=127.0.0.1:9000',
    'vim dlv dap',
  ])('is no server: %s', (line) => {
    expect(recogniseCommand(line.split(' '))).toBeNull();
  });

  it('calls an editor that listens', () => {
    const caller = { adapter: 'delve', role: 'caller', host: '127.0.0.1', port: 9000 };
    expect(recogniseCaller(['dlv', 'dap', '--client-addr', '127.0.0.1:9000'])).toMatchObject(caller);
    expect(recogniseCaller(['dlv', 'dap', '--listen=:9000'])).toBeNull();
  });
});

describe('what dlv is started with', () => {
  const started = (program: string, waitForClient = true): string | undefined => {
    const request = { host: '127.0.0.1', port: 2345, program: program.split(' ').filter(Boolean), waitForClient };
    return delve.start(request)?.argv.join(' ');
  };
  const OPTIONS = '--headless --listen=127.0.0.1:2345 --api-version=2';

  it.each([
    ['', 'dlv dap --listen=127.0.0.1:2345'],
    ['./app -v --port 80', `dlv exec ./app ${OPTIONS} -- -v --port 80`],
    ['bin/app', `dlv exec bin/app ${OPTIONS}`],
    ['.', `dlv debug . ${OPTIONS}`],
    ['./cmd/server/ -v', `dlv debug ./cmd/server/ ${OPTIONS} -- -v`],
    ['example.com/x/cmd', `dlv debug example.com/x/cmd ${OPTIONS}`],
    ['main.go util.go one', `dlv debug main.go util.go ${OPTIONS} -- one`],
    ['go run ./cmd serve', `dlv debug ./cmd ${OPTIONS} -- serve`],
    ['go run -race -tags dev main.go x', `dlv debug main.go --build-flags=-race -tags dev ${OPTIONS} -- x`],
    ['go test', `dlv test ${OPTIONS}`],
    ['go test -tags dev ./pkg -run X -v', `dlv test ./pkg --build-flags=-tags dev ${OPTIONS} -- -test.run=X -test.v`],
  ])('%s', (program, argv) => {
    expect(started(program)).toBe(argv);
  });

  it.each(['go build .', 'go run', 'go test ./...', 'python3 app.py', 'node app.js', './app.py', 'dlv debug'])(
    'is nothing for %s',
    (program) => {
      expect(started(program)).toBeUndefined();
    },
  );

  it('lets a program run that need not wait, and is read back as that', () => {
    expect(started('./app', false)).toBe(`dlv exec ./app ${OPTIONS} --accept-multiclient --continue`);
    const request = { host: '::1', port: 2345, program: ['./app'], waitForClient: false };
    const recognised = recogniseCommand(delve.start(request)?.argv ?? []);
    expect(recognised).toMatchObject({ mode: 'headless-multiclient', host: '::1', port: 2345 });
  });
});

/** What Delve 1.20.2 answered. */
const VERSION = `${JSON.stringify({
  id: 1,
  result: {
    DelveVersion: 'Version: 1.20.2\nBuild: $Id: e0c278ad8e0126a312b553b8e171e81bcbd37f60 $',
    APIVersion: 2,
    Backend: 'native',
    TargetGoVersion: '',
  },
  error: null,
})}\n`;
const INITIALIZED =
  'Content-Length: 503\r\n\r\n{"seq":0,"type":"response","request_seq":1,"success":true,"command":"initialize",' +
  '"body":{"supportsConfigurationDoneRequest":true,"supportsFunctionBreakpoints":true}}';

describe('an answer of dlv', () => {
  it('names it, and its version where it is asked in JSON-RPC', () => {
    expect(identifyAnswer(VERSION)).toBe('delve');
    expect(delve.versionIn(VERSION)).toBe('1.20.2');
    expect(identifyAnswer(INITIALIZED)).toBe('delve');
    expect(delve.versionIn(INITIALIZED)).toBeNull();
  });

  it('of another adapter is not its own', () => {
    // As lldb-vscode and debugpy write it.
    const lldb = '{"body":{},"command":"initialize","request_seq":1,"seq":0,"success":true,"type":"response"}';
    expect(delve.identifies(`Content-Length: 92\r\n\r\n${lldb}`)).toBe(false);
    expect(delve.identifies(INITIALIZED.replaceAll('":', '": '))).toBe(false);
  });
});

describe('a look', () => {
  it('is harmless with several clients only, and says beforehand what it ends', () => {
    const modes = ['headless-multiclient', 'headless', 'dap', null];
    expect(modes.map((mode) => delve.contact(mode).harmless)).toEqual([true, false, false, false]);
    expect(modes.map((mode) => delve.handshake?.disturbs(mode) === null)).toEqual([true, false, false, false]);
  });

  it('asks each mode in the language that it understands, and knows the answer', () => {
    const { handshake } = delve;
    const overDap = handshake?.inModes?.['dap'];
    expect(overDap?.steps[0]?.send).toContain('"initialize"');
    expect(new RegExp(overDap?.until ?? '').test(INITIALIZED)).toBe(true);
    expect(handshake?.steps[0]?.send).toContain('GetVersion');
    const until = new RegExp(handshake?.until ?? '');
    expect(until.test(VERSION)).toBe(true);
    expect(until.test(VERSION.slice(0, -1))).toBe(false);
    expect(until.test(INITIALIZED)).toBe(false);
  });
});

describe('a failed start', () => {
  // What Delve 1.20.2 printed.
  it.each([
    ["couldn't start listener: listen tcp 127.0.0.1:15678: bind: address already in use", 'address-in-use'],
    ["couldn't start listener: listen tcp 127.0.0.1:80: bind: permission denied", 'permission-denied'],
    [
      "couldn't start listener: listen tcp 203.0.113.77:15679: bind: cannot assign requested address",
      'address-not-available',
    ],
    [
      "couldn't start listener: listen tcp: lookup nosuch.invalid on 10.255.255.53:53: no such host",
      'name-not-resolved',
    ],
    ["couldn't start listener: listen tcp: address 2500: missing port in address", 'invalid-argument'],
    ["couldn't start listener: listen tcp: address tcp//tmp/s: unknown port", 'invalid-argument'],
    ['exec: "go": executable file not found in $PATH', 'dependency-missing'],
    ['could not launch process: open /app/nosuch: no such file or directory', 'dependency-missing'],
    ['could not launch process: not an executable file', 'dependency-missing'],
    ['could not launch process: fork/exec /app/app.bin: operation not permitted', 'permission-denied'],
    ['could not attach to pid 225: operation not permitted', 'process-not-attachable'],
    ['Could not attach to pid 225: current user does not own the process', 'process-not-attachable'],
    [
      "could not attach to pid 225: could not open debug info - debuggee must not be built with 'go run'",
      'dependency-missing',
    ],
    ['Version of Delve is too old for Go version 1.29.8 (maximum supported version 1.20)', 'unexpected-answer'],
    ['Go version 1.15.8 is too old for this version of Delve (minimum supported version 1.18)', 'unexpected-answer'],
    ['API server listening at: 127.0.0.1:2345', undefined],
    ['dial tcp 127.0.0.1:5432: connect: connection refused', undefined],
  ])('%s', (line, symptom) => {
    expect(delve.startFailures.find(({ says }) => line.includes(says))?.symptom).toBe(symptom);
  });
});
