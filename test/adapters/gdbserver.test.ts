import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gdbserver } from '../../src/adapters/gdbserver.js';
import { identifyAnswer } from '../../src/adapters/index.js';

/** What 13.1 answered, shortened. */
const ANSWER =
  '+$PacketSize=47ff;QPassSignals+;QProgramSignals+;QStartupWithShell+;qXfer:auxv:read+;QStartNoAckMode+#1e';

describe('a command line of gdbserver', () => {
  it.each([
    ['gdbserver 127.0.0.1:2345 ./app', 'program', '0.0.0.0', 2345],
    ['/usr/bin/gdbserver localhost:2345 ./app --once --multi', 'program', '0.0.0.0', 2345],
    ['gdbserver --debug --debug-format=all :2345 ./app', 'program', '0.0.0.0', 2345],
    ['gdbserver --wrapper env LD_PRELOAD=x.so -- :2345 ./app', 'program', '0.0.0.0', 2345],
    ['gdbserver --wrapper nice -n 5 -- --no-startup-with-shell :2345 ./app', 'program', '0.0.0.0', 2345],
    ['gdbserver --multi :2345 ./app', 'program', '0.0.0.0', 2345],
    ['gdbserver [::1]:2345 ./app', 'program', '::', 2345],
    ['gdbserver ::1:2345 ./app', 'program', '::', 2345],
    ['gdbserver --attach :2345 4242', 'attach', '0.0.0.0', 2345],
    ['gdbserver :2345 --attach 4242', 'attach', '0.0.0.0', 2345],
    ['gdbserver --multi --attach :2345 4242', 'attach', '0.0.0.0', 2345],
    ['gdbserver --multi :2345', 'multi', '0.0.0.0', 2345],
    ['gdbserver --once :2345 ./app', 'once', '0.0.0.0', 2345],
    ['gdbserver --multi --once :2345', 'once', '0.0.0.0', 2345],
    ['gdbserver :70000 ./app', 'program', '0.0.0.0', 70_000],
    ['gdbserver :abc ./app', 'program', '0.0.0.0', null],
    ['aarch64-linux-gnu-gdbserver :2345 ./app', 'program', '0.0.0.0', 2345],
    ['/data/local/tmp/gdbserver64 :2345 ./app', 'program', '0.0.0.0', 2345],
    ['gdbserver-13 :2345 ./app', 'program', '0.0.0.0', 2345],
  ])('%s', (line, mode, host, port) => {
    const expected = { role: 'server', mode, host, port, takesOneClient: true, servesProgram: false };
    expect(gdbserver.recognise(line.split(' '))).toEqual(expected);
  });

  it.each([
    'gdbserver - ./app',
    'gdbserver stdio ./app',
    'gdbserver /dev/ttyS0 ./app',
    'gdbserver 2345 ./app',
    'gdbserver --multi',
    'gdbserver --wrapper env :2345 ./app',
    'gdbserver --version',
    'gdbserver',
    'lldb-server gdbserver :2345 ./app',
    'gdb -ex target-remote-:2345',
    'vi gdbserver.c :2345',
    'mygdbserver :2345 ./app',
  ])('is not %s', (line) => {
    expect(gdbserver.recognise(line.split(' '))).toBeNull();
  });

  it('never throws', () => {
    const argument = fc.oneof(fc.string(), fc.constantFrom('--wrapper', '--', '-', '--attach', ':1', '[', ':'));
    fc.assert(
      fc.property(fc.array(argument), (rest) => {
        expect([null, 'server']).toContain(gdbserver.recognise(['gdbserver', ...rest])?.role ?? null);
      }),
    );
  });
});

describe('gdbserver', () => {
  it.each([['program'], ['attach'], ['once'], ['multi'], [null]])('is left alone in mode %s', (mode) => {
    const contact = gdbserver.contact(mode);
    expect(contact.harmless).toBe(false);
    expect(contact.harmless ? '' : contact.because).not.toBe('');
    expect(gdbserver.handshake?.disturbs(mode)).not.toBeNull();
  });

  it('is told by its answer, and the handshake waits for the whole of it', () => {
    expect(identifyAnswer(ANSWER)).toBe('gdbserver');
    expect(identifyAnswer(`+${ANSWER}`)).toBe('gdbserver');
    const until = new RegExp(gdbserver.handshake?.until ?? '');
    expect(until.test(ANSWER)).toBe(true);
    expect(until.test(ANSWER.slice(0, -2))).toBe(false);
  });

  it('is started with a program only', () => {
    const request = { host: '127.0.0.1', port: 2345, waitForClient: true };
    const program = ['./app', 'a b'];
    expect(gdbserver.start({ ...request, program })?.argv).toEqual(['gdbserver', '127.0.0.1:2345', './app', 'a b']);
    expect(gdbserver.start({ ...request, host: '::1', program })?.argv[1]).toBe('[::1]:2345');
    expect(gdbserver.start({ ...request, program: [] })).toBeNull();
  });

  it('says when it listens, and its version', () => {
    expect(gdbserver.announces?.test('Process ./app created; pid = 9\nListening on port 2345\n')).toBe(true);
    expect(gdbserver.announces?.test('Not Listening on port 2345')).toBe(false);
    const { tool } = gdbserver;
    if (tool?.kind !== 'executable') throw new Error('gdbserver is a program');
    expect(tool.versionIn('GNU gdbserver (Debian 13.1-3) 13.1\nCopyright (C) 2023')).toBe('13.1');
    expect(tool.versionIn('GNU gdb 13.1')).toBeNull();
  });
});

it.each([
  ["Can't bind address: Address already in use.", 'address-in-use'],
  ["Can't bind address: Permission denied.", 'permission-denied'],
  [':abc: cannot resolve name: Servname not supported for ai_socktype', 'invalid-argument'],
  ['nosuch.invalid:2345: cannot resolve name: Name or service not known', 'name-not-resolved'],
  ['Could not open remote device: Invalid argument.', 'invalid-argument'],
  ['During startup program exited with code 127.', 'server-exited'],
  ['gdbserver: linux_ptrace_test_ret_to_nx: Cannot PTRACE_TRACEME: Operation not permitted', 'process-not-attachable'],
  ['Cannot attach to process 99999: No such process (3)', 'process-not-attachable'],
  ['Process ./app created; pid = 9', undefined],
  ['Exiting', undefined],
])('reads "%s" as %s', (line, symptom) => {
  expect(gdbserver.startFailures.find(({ says }) => line.includes(says))?.symptom).toBe(symptom);
});
