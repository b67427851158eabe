import { spawnSync } from 'node:child_process';
import { createServer, connect, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../src/explain.js';
import type { ExplainMatch } from '../src/explain.js';
import { en } from '../src/messages/en/index.js';
import type { Platform } from '../src/model/platform.js';
import { explainSchema } from '../src/report-schema.js';
import { clean } from '../src/reporters/clean.js';
import { renderExplainJson } from '../src/reporters/explain-json.js';
import { renderExplainText } from '../src/reporters/explain-text.js';
import { createStyle } from '../src/reporters/style.js';

function primary(input: string, platform: Platform = 'linux'): ExplainMatch | undefined {
  return explain(input, { platform }).matches.find((match) => match.primary);
}

function leadingCauses(input: string, platform: Platform = 'linux'): string[] {
  return (primary(input, platform)?.causes ?? []).slice(0, 3).map(({ cause }) => cause);
}

describe('explain: numbers and names', () => {
  it.each([
    ['98', 'address-in-use', 'EADDRINUSE', 'linux'],
    ['48', 'address-in-use', 'EADDRINUSE', 'darwin'],
    ['10048', 'address-in-use', 'WSAEADDRINUSE', 'win32'],
    ['-4091', 'address-in-use', 'EADDRINUSE', 'win32'],
    ['-98', 'address-in-use', 'EADDRINUSE', 'linux'],
    ['13', 'permission-denied', 'EACCES', null],
    ['10013', 'permission-denied', 'WSAEACCES', 'win32'],
    ['111', 'connection-refused', 'ECONNREFUSED', 'linux'],
    ['61', 'connection-refused', 'ECONNREFUSED', 'darwin'],
    ['10061', 'connection-refused', 'WSAECONNREFUSED', 'win32'],
    ['-2', 'name-not-resolved', 'EAI_NONAME', 'linux'],
    ['gaierror 8', 'name-not-resolved', 'EAI_NONAME', 'darwin'],
    ['gaierror -2', 'name-not-resolved', 'EAI_NONAME', 'linux'],
    [' errno 98\n', 'address-in-use', 'EADDRINUSE', 'linux'],
    ['[Errno 54]', 'connection-reset', 'ECONNRESET', 'darwin'],
    ['WinError 10061', 'connection-refused', 'WSAECONNREFUSED', 'win32'],
  ])('%j', (input, symptom, name, platform) => {
    expect(primary(input)).toMatchObject({ symptom, platform, errno: { name }, line: input.trim() });
  });

  it('gives one match per meaning, and prefers that of the system', () => {
    const meanings = (platform: Platform) =>
      explain('5', { platform }).matches.map(({ errno, platform: where, primary: first }) => [
        errno?.name,
        where,
        first,
      ]);
    expect(meanings('linux')).toEqual([
      ['ERROR_ACCESS_DENIED', 'win32', false],
      ['EIO', null, true],
    ]);
    expect(meanings('win32')[0]).toEqual(['ERROR_ACCESS_DENIED', 'win32', true]);
  });

  it.each([
    ['EADDRINUSE', 'linux', 'address-in-use', { name: 'EADDRINUSE', number: 98 }],
    ['EADDRINUSE', 'darwin', 'address-in-use', { name: 'EADDRINUSE', number: 48 }],
    ['eaddrinuse', 'win32', 'address-in-use', { name: 'WSAEADDRINUSE', number: 10048 }],
    ['WSAECONNREFUSED', 'linux', 'connection-refused', { name: 'WSAECONNREFUSED', number: 10061 }],
    ['ENOTFOUND', 'linux', 'name-not-resolved', { name: 'EAI_NONAME', number: -2 }],
    ['EAI_AGAIN', 'linux', 'name-not-resolved', { name: 'EAI_AGAIN', number: -3 }],
  ] as const)('%s on %s', (input, platform, symptom, errno) => {
    expect(primary(input, platform)).toMatchObject({ symptom, errno });
  });

  it.each(['99999', '0', 'ESOMETHING', 'banana', '', '   '])('knows nothing about %j', (input) => {
    expect(explain(input, { platform: 'linux' })).toMatchObject({ matches: [], readings: [] });
  });
});

const TRACE = `E+00000.012: Error listening for incoming Client connections on 127.0.0.1:15678:
Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/debugpy/common/sockets.py", line 100, in serve
    raise OSError(98, "Address already in use")
ConnectionRefusedError: [Errno 111] Connection refused

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/debugpy/common/sockets.py", line 35, in create_server
    server.bind((host, port))
OSError: [Errno 98] Address already in use
`;

describe('explain: text', () => {
  it('takes the last error of a trace, in the order of the lines', () => {
    const { matches } = explain(TRACE, { platform: 'linux', file: 'trace.log' });
    expect(matches.map(({ symptom, lineNumber, primary: first }) => [symptom, lineNumber, first])).toEqual([
      ['reason-not-stated', 1, false],
      ['connection-refused', 5, false],
      ['address-in-use', 12, true],
    ]);
    expect(matches.every(({ file }) => file === 'trace.log')).toBe(true);
  });

  it('takes the address from the headline of an error', () => {
    const headline = 'Error listening for incoming Client connections on 127.0.0.1:80:\n\n';
    const match = primary(`${headline}PermissionError: [Errno 13] Permission denied`);
    expect(match?.captures).toMatchObject({ host: '127.0.0.1', port: 80, errno: 13 });
    expect(match?.causes[0]?.cause).toBe('privileged-port');
  });

  it('prefers a stated reason to a vague failure', () => {
    const text = 'Cannot connect to runtime process, timeout\nError: connect ECONNREFUSED 127.0.0.1:9229';
    expect(primary(text)).toMatchObject({ symptom: 'connection-refused', lineNumber: 2 });
  });

  it.each([
    ['listen tcp 0.0.0.0:80: bind: permission denied', 'linux', 'privileged-port'],
    ['bind() to 0.0.0.0:7443 failed (13: Permission denied)', 'linux', 'selinux-denies-network'],
    ["PermissionError: [Errno 13] Permission denied: '/var/log/app.log'", 'linux', 'log-file-not-writable'],
    [
      'PermissionError: [WinError 10013] 以一种访问权限不允许的方式做了一个访问套接字的尝试。',
      'win32',
      'windows-excluded-port-range',
    ],
    ['Error: listen EACCES: permission denied 127.0.0.1:1212', 'win32', 'windows-excluded-port-range'],
    ['Error: listen EACCES: permission denied 0.0.0.0:80', 'win32', 'windows-http-sys-holds-port'],
    ['dial unix /var/run/docker.sock: connect: permission denied', 'linux', 'user-not-in-socket-group'],
    ["ModuleNotFoundError: No module named 'debugpy'", 'linux', 'debugger-missing-in-interpreter'],
    [
      'dial unix /run/debug.sock: connect: no such file or directory',
      'linux',
      'client-and-server-use-different-sockets',
    ],
    ['connect EADDRNOTAVAIL 0.0.0.0:9229', 'win32', 'client-dials-wildcard-address'],
    ['bind: listen tcp 203.0.113.9:80: bind: cannot assign requested address', 'linux', 'address-not-on-this-machine'],
    ['Error: connect EHOSTUNREACH 192.168.1.7:443', 'darwin', 'macos-local-network-privacy'],
    ['getaddrinfo ENOTFOUND localhost', 'darwin', 'localhost-entry-broken'],
    ['OSError: [Errno 48] Address already in use: 0.0.0.0:5000', 'darwin', 'macos-airplay-receiver-holds-port'],
  ] as const)('ranks by the circumstances: %s', (text, platform, cause) => {
    expect(leadingCauses(text, platform)[0]).toBe(cause);
  });

  it('names what became of node when its inspector could not start', () => {
    const causes = primary('Starting inspector on 127.0.0.1:9229 failed: address already in use')?.causes ?? [];
    expect(causes.map(({ cause }) => cause)).toContain('server-continued-without-debugger');
  });

  it('ranks a text of another system by that system', () => {
    const match = primary('[WinError 10048] Only one usage of each socket address is normally permitted', 'linux');
    expect(match?.platform).toBe('win32');
    expect(match?.causes.map(({ cause }) => cause)).not.toContain('systemd-resolved-holds-port-53');
  });

  it('accepts anything', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('linux', 'darwin', 'win32'),
        (text, platform) => {
          const result = explain(text, { platform });
          expect(result.matches.filter((match) => match.primary).length).toBe(result.matches.length === 0 ? 0 : 1);
        },
      ),
    );
  });
});

describe('explain: what real programs say', () => {
  it('a node whose inspector port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { stderr } = spawnSync(process.execPath, [`--inspect=127.0.0.1:${port}`, '-e', '0'], { encoding: 'utf8' });
      expect(primary(stderr)).toMatchObject({
        symptom: 'address-in-use',
        captures: { host: '127.0.0.1', port },
        side: 'server',
      });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('a client of a closed port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await new Promise<Error>((resolve) => connect(port, '127.0.0.1').once('error', resolve));
    expect(primary(String(error))).toMatchObject({
      symptom: 'connection-refused',
      captures: { host: '127.0.0.1', port },
      side: 'client',
    });
  });

  it('a program that was never installed', () => {
    const { error } = spawnSync('debug-doctor-explain-no-such-program');
    expect(primary(String(error))?.symptom).toBe('dependency-missing');
  });
});

const INPUTS = [
  '48',
  'EACCES',
  TRACE,
  'Starting inspector on [::1]:9229 failed: address already in use',
  'all is well',
];
const plain = createStyle(0, false);

describe('the views of explain', () => {
  it.each(INPUTS)('JSON of %j fits the schema', (input) => {
    const view = renderExplainJson(explain(input, { platform: 'linux' }), en, '0.1.0');
    expect(explainSchema.safeParse(JSON.parse(JSON.stringify(view)))).toMatchObject({ success: true });
  });

  it('JSON gives remedies for the captured address, most probable cause first', () => {
    const result = explain('Error: listen EADDRINUSE: address already in use 127.0.0.1:5678', { platform: 'linux' });
    const { matches } = renderExplainJson(result, en, '0.1.0');
    expect(matches[0]?.causes.map(({ cause }) => cause)).toEqual(result.matches[0]?.causes.map(({ cause }) => cause));
    expect(JSON.stringify(matches[0]?.causes)).toContain(':5678');
  });

  it('text points to the place that was captured', () => {
    const next = (input: string): string | undefined =>
      /debug-doctor check \S+/.exec(renderExplainText(explain(input, { platform: 'linux' }), en, plain))?.[0];
    expect(next('Starting inspector on 127.0.0.1:9229 failed: address already in use')).toBe(
      'debug-doctor check 127.0.0.1:9229',
    );
    expect(next('Error: connect ECONNREFUSED ::1:9229')).toBe('debug-doctor check [::1]:9229');
    expect(next('listen tcp :80: bind: permission denied')).toBe('debug-doctor check 127.0.0.1:80');
  });

  it('text has one block per symptom', () => {
    const text = renderExplainText(explain(TRACE + TRACE, { platform: 'linux' }), en, plain);
    expect(text.split('\n').filter((line) => line.startsWith('x ')).length).toBe(3);
  });

  it('text lets no control character and no turned text through', () => {
    const hostile = 'bind: Permission denied: \u001b[31m\u0007\u202e\u009b evil\r\u0000';
    const text = renderExplainText(explain(hostile, { platform: 'linux', file: 'a\u001b]0;x' }), en, plain);
    expect(text).toMatch(/\\x1b/);
    expect(
      Array.from(text).filter((character) => character !== '\n' && /\p{Cc}|[\u202a-\u202e]/u.test(character)),
    ).toEqual([]);
  });

  it('shows no secret', () => {
    const line = 'connect ECONNREFUSED 127.0.0.1:1 --server-access-token 0123456789abcdef';
    const result = explain(line, { platform: 'linux' });
    expect(renderExplainText(result, en, plain)).not.toContain('0123456789abcdef');
    expect(JSON.stringify(renderExplainJson(result, en, '0.1.0'))).not.toContain('0123456789abcdef');
  });
});

describe('clean', () => {
  it('writes controls out and cuts', () => {
    expect(clean('a\u001b[0m\nb\tc\u007f\u2066')).toBe('a\\x1b[0m b c\\x7f\\u2066');
    expect(clean('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(clean('x'.repeat(10), 10)).toBe('x'.repeat(10));
  });

  it('leaves one safe line of bounded length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 60 }), (text, maxLength) => {
        const cleaned = clean(text, maxLength);
        expect(cleaned.length).toBeLessThanOrEqual(maxLength);
        expect(cleaned).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
