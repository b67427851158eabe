import { describe, expect, it } from 'vitest';
import type { Call } from '../src/host/calls.js';
import { formatRecording, parseRecordedRun, trimCalls, type RecordedRun } from '../src/recording.js';
import { attach } from './checks/facts.js';
import { listFixtures, readRecordedRun } from './fixtures.js';

const entry = (pid: number, command: readonly string[], uid = 1000) => {
  return { pid, ppid: 1, uid, name: `name-${pid}`, command, state: 'S', startTime: 1, sessionId: 1, tracerPid: 0 };
};
const file = (path: string, text: string): Call => ({
  call: 'readFile',
  args: [path],
  result: { ok: true, text, truncated: false },
});

/** What is kept of one answer, in the company of others. */
function kept(call: Call, ...others: Call[]): unknown {
  const same = ({ call: name, args }: Call): boolean =>
    name === call.call && JSON.stringify(args) === JSON.stringify(call.args);
  return trimCalls([call, ...others], [attach({ host: 'devbox' })]).find((trimmed) => same(trimmed))?.result;
}

function keptText(call: Call, ...others: Call[]): unknown {
  const result = kept(call, ...others);
  return typeof result === 'object' && result !== null && 'text' in result ? result.text : null;
}

const DEBUGPY = ['python3', '-m', 'debugpy', '--listen', '5678', 'app.py'];

describe('a recording', () => {
  it('keeps of the process list only debug servers, and that users have processes', () => {
    const result = [entry(9, ['mail', '--to', 'ann']), entry(8, DEBUGPY), entry(7, ['bank']), entry(6, ['cups'], 0)];
    expect(kept({ call: 'processes', args: [], result })).toEqual([
      { ...entry(9, []), name: '' },
      entry(8, DEBUGPY),
      { ...entry(6, [], 0), name: '' },
    ]);
  });

  it('keeps what carries its debugger in a variable, and of other programs not even the executable', () => {
    const result = [entry(9, ['npm run dev']), entry(8, ['mail: ann'])];
    const told: Call = { call: 'variablesOf', args: [9, ['NODE_OPTIONS']], result: { NODE_OPTIONS: '--inspect' } };
    const link = (pid: number): Call => ({ call: 'readLink', args: [`/proc/${pid}/exe`], result: { ok: true } });
    const processes: Call = { call: 'processes', args: [], result };
    expect(kept(processes, told)).toEqual([result[0]]);
    expect(kept(link(9), told)).toBeDefined();
    expect(kept(link(8), told)).toBeUndefined();
  });

  it('keeps no password of an option variable', () => {
    const call: Call = { call: 'environment', args: ['MAVEN_OPTS'], result: '-Xmx1g -Dkeystore.password=abc' };
    expect(kept(call)).toBe('-Xmx1g -Dkeystore.password=<redacted>');
  });

  it('keeps the command line of a socket owner, not that of its parents', () => {
    const owners: Call = { call: 'socketOwners', args: [[77]], result: { pids: { 77: [5] }, hidden: false } };
    const call = (pid: number): Call => ({
      call: 'process',
      args: [pid],
      result: entry(pid, ['nginx', '--password', 'abc']),
    });
    expect(kept(call(5), owners)).toMatchObject({ command: ['nginx', '--password', '<redacted>'] });
    expect(kept(call(4), owners)).toMatchObject({ name: 'name-4', command: [] });
    expect(kept({ call: 'process', args: [3], result: null })).toBeNull();
  });

  it('keeps of the TCP table listeners, the port, and what stays here', () => {
    const row = (local: string, remote: string, state: string): string =>
      `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 77 1 0`;
    const rows = [
      row('00000000:0016', '00000000:0000', '0A'),
      row('0100007F:9999', '0200007F:8888', '01'),
      row('0214000A:162E', '0914000A:C350', '01'),
      row('0214000A:D431', 'AAAAAAAA:01BB', '01'),
    ];
    const text = keptText(file('/proc/net/tcp', ['header', ...rows, ''].join('\n')));
    expect(text).toBe(['header', ...rows.slice(0, 3)].join('\n'));
  });

  it('keeps the names of the users that appear, and nothing else of them', () => {
    const passwd = file(
      '/etc/passwd',
      'root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000:Ann Example:/home/ann:/bin/sh\nbob:x:1001:1001::/home/bob:/bin/sh\n',
    );
    expect(keptText(passwd, { call: 'process', args: [5], result: entry(5, []) })).toBe('ann:x:1000');
  });

  it('keeps the lines of the hosts file about the target', () => {
    expect(keptText(file('/etc/hosts', '127.0.0.1 localhost\n10.0.0.1 secret-project\n10.0.0.2 devbox\n'))).toBe(
      '10.0.0.2 devbox',
    );
  });

  it('keeps one line of long files, and of folders what may hold a Python', () => {
    expect(keptText(file('/proc/5/limits', 'Max cpu time 1 1 s\nMax open files 1024 4096 files\n'))).toBe(
      'Max open files 1024 4096 files',
    );
    expect(keptText(file('/proc/self/status', 'Name:\tnode\nCapEff:\t00\nGroups:\t4\n'))).toBe('CapEff:\t00');
    expect(keptText(file('/proc/5/status', 'Name:\tbank\nTracerPid:\t7\nVmPeak:\t9 kB\n'))).toBe('TracerPid:\t7');
    const folder: Call = {
      call: 'listDirectory',
      args: ['/usr/lib'],
      result: { ok: true, names: ['python3', 'python3.11', 'my-project'] },
    };
    expect(kept(folder)).toEqual({ ok: true, names: ['python3', 'python3.11'] });
  });

  it('is sorted', () => {
    const calls = [file('/b', ''), file('/a', ''), { call: 'identity', args: [], result: {} } as const];
    expect(trimCalls(calls, []).map(({ args }) => args[0])).toEqual([undefined, '/a', '/b']);
  });
});

describe('the file', () => {
  const [fixture] = listFixtures();
  const run: RecordedRun | null = fixture === undefined ? null : readRecordedRun(fixture);

  it('comes back as it was written, one call a line', () => {
    if (run === null) throw new Error('there is no fixture');
    const text = formatRecording(run);
    expect(parseRecordedRun(JSON.parse(text))).toEqual(run);
    expect(text.split('\n').filter((line) => line.startsWith('{"call"'))).toHaveLength(run.calls.length);
  });

  it.each([
    null,
    [],
    'text',
    {},
    { recordingVersion: 2, calls: [], targets: [], platform: 'linux' },
    { recordingVersion: 1, calls: {}, targets: [], platform: 'linux' },
  ])('is not %j', (value) => {
    expect(parseRecordedRun(value)).toBeNull();
  });

  it.each(listFixtures())('$id is small and names no secret', ({ id, folder }) => {
    const text = formatRecording(readRecordedRun({ id, folder }));
    expect(text.length).toBeLessThan(64 * 1024);
    expect(text).not.toMatch(/server-access-token","(?!<redacted>)/);
  });
});
