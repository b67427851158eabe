import { describe, expect, it } from 'vitest';
import type { Adapter } from '../../../src/adapters/adapter.js';
import { ADAPTERS } from '../../../src/adapters/index.js';
import { DEFAULT_OPTIONS } from '../../../src/diagnose.js';
import type { ExchangeResult, Host } from '../../../src/host/host.js';
import { createNodeHost } from '../../../src/host/node.js';
import { PROBE_LEVELS, type ProbeLevel } from '../../../src/model/probe-level.js';
import { contact } from '../../../src/probes/connection/contact.js';
import { approach, messagesOf, type Approach } from '../../../src/probes/connection/how-to-talk.js';
import type { Listener } from '../../../src/probes/connection/listener.js';
import { address, attach } from '../../checks/facts.js';

/** An adapter that a connection harms, and whose handshake ends what runs in one of its modes. */
const FRAGILE: Adapter = {
  ...ADAPTERS.delve,
  contact: (mode) =>
    mode === 'multi'
      ? { harmless: true, speaksFirst: false, send: 'who?', until: 'me', stayWhileStartingMs: 0 }
      : { harmless: false, because: 'it ends' },
  handshake: {
    steps: [
      { after: null, send: 'hello\n' },
      { after: 'welcome', send: 'version\n' },
    ],
    until: 'DelveVersion[^}]*}',
    disturbs: (mode) => (mode === 'multi' ? null : 'the server ends when it is over'),
  },
};
const WITHOUT_HANDSHAKE: Adapter = { ...FRAGILE, handshake: null };

function listener(kind: Listener['kind'], server: Partial<NonNullable<Listener['server']>> = {}): Listener {
  const known = { adapter: 'delve' as const, mode: null, clients: 0, takesOneClient: true, ...server };
  return { kind, server: kind === 'recognised' ? known : null, forwards: false, mayStart: false };
}

/** In short: `left alone`, or what is said first and whether it is a handshake. */
function shortly(chosen: Approach): string {
  if (!chosen.dial) return 'left alone';
  const said = chosen.how.send === null ? 'silence' : chosen.how.send.split(/[\s]/, 1)[0];
  return `${said}${chosen.isHandshake ? ', a handshake' : ''}`;
}

const CASES: readonly (readonly [string, Adapter, Listener, Record<ProbeLevel, string>])[] = [
  [
    'the wanted debugger, which a connection harms',
    FRAGILE,
    listener('recognised'),
    { passive: 'left alone', gentle: 'left alone', full: 'hello, a handshake' },
  ],
  [
    'the wanted debugger in a harmless mode',
    FRAGILE,
    listener('recognised', { mode: 'multi', takesOneClient: false }),
    { passive: 'left alone', gentle: 'who?', full: 'hello, a handshake' },
  ],
  [
    'the wanted debugger, which has its one client',
    FRAGILE,
    listener('recognised', { mode: 'multi', clients: 1 }),
    { passive: 'left alone', gentle: 'left alone', full: 'left alone' },
  ],
  [
    'debugpy with a client, which greets the next one too',
    { ...ADAPTERS.debugpy, handshake: null },
    listener('recognised', { adapter: 'debugpy', clients: 1 }),
    { passive: 'left alone', gentle: 'silence', full: 'silence' },
  ],
  [
    'a debugger without a handshake',
    WITHOUT_HANDSHAKE,
    listener('recognised'),
    { passive: 'left alone', gentle: 'left alone', full: 'left alone' },
  ],
  [
    'another debugger, which a connection harms',
    { ...FRAGILE, id: 'rdbg' },
    listener('recognised', { adapter: 'vsdbg' }),
    { passive: 'left alone', gentle: 'left alone', full: 'left alone' },
  ],
  ['a stranger', FRAGILE, listener('stranger'), { passive: 'left alone', gentle: 'GET', full: 'GET' }],
  [
    'what may be the wanted debugger',
    FRAGILE,
    listener('veiled'),
    { passive: 'left alone', gentle: 'left alone', full: 'hello, a handshake' },
  ],
  [
    'what may be a debugger without a handshake',
    WITHOUT_HANDSHAKE,
    listener('veiled'),
    { passive: 'left alone', gentle: 'left alone', full: 'left alone' },
  ],
  ['nobody', FRAGILE, listener('nobody'), { passive: 'left alone', gentle: 'silence', full: 'silence' }],
  ['any server', ADAPTERS.tcp, listener('stranger'), { passive: 'left alone', gentle: 'silence', full: 'silence' }],
];

describe('whoever listens there', () => {
  it.each(
    CASES.flatMap(([name, wanted, there, said]) =>
      PROBE_LEVELS.map((level) => [name, level, wanted, there, said] as const),
    ),
  )('%s, at %s', (_, level, wanted, there, said) => {
    expect(shortly(approach(wanted, there, level, 1000))).toEqual(said[level]);
  });

  it('is expected to answer, unless it is a stranger or only passes connections on', () => {
    const expected = (there: Listener): boolean | null => {
      const chosen = approach(ADAPTERS.node, there, 'gentle', 1000);
      return chosen.dial ? chosen.answerExpected : null;
    };
    expect(expected(listener('veiled'))).toBe(true);
    expect(expected({ ...listener('veiled'), forwards: true })).toBe(false);
    expect(expected(listener('stranger'))).toBe(false);
  });
});

describe('a handshake', () => {
  const messages = (steps: readonly (readonly [string | null, string])[]): unknown =>
    messagesOf(steps.map(([after, send]) => ({ after, send })));

  it('says at once what waits for nothing', () => {
    expect(
      messages([
        [null, 'a'],
        [null, 'b'],
      ]),
    ).toEqual({ send: 'ab', replies: [] });
    expect(
      messages([
        ['x', 'a'],
        [null, 'b'],
        ['y', 'c'],
      ]),
    ).toEqual({
      send: null,
      replies: [
        { after: 'x', send: 'ab' },
        { after: 'y', send: 'c' },
      ],
    });
    expect(messages([])).toEqual({ send: null, replies: [] });
  });

  const ANSWER = 'welcome{"DelveVersion":"Version: 1.20.2"}';
  const events: string[] = [];

  /** What happened, in its order. */
  function hostThat(answers: Partial<ExchangeResult>): Host {
    const silent = {
      outcome: 'connected',
      errorCode: null,
      durationMs: 1,
      sent: '',
      received: '',
      closedByPeer: false,
    };
    return {
      ...createNodeHost(),
      exchange: async (_to, how) => {
        events.push(`says ${how.send}`);
        return { ...silent, ...answers } as ExchangeResult;
      },
    };
  }

  async function shake(answers: Partial<ExchangeResult>, there: Listener): ReturnType<typeof contact> {
    events.length = 0;
    const announce = (text: string): void => void events.push(text);
    const context = { ...DEFAULT_OPTIONS, host: hostThat(answers), target: attach(), announce };
    return contact({ ...context, probeLevel: 'full' }, FRAGILE, address('127.0.0.1'), there, 1000);
  }

  it('is announced before a word is said, and its end is recorded with the version', async () => {
    const done = await shake({ sent: 'hello\nversion\n', received: ANSWER }, listener('veiled'));
    expect(events).toEqual([
      expect.stringMatching(/sample: .*Delve.*: the server ends when it is over\.$/),
      'says hello\n',
    ]);
    expect(done).toMatchObject({
      handshakeDone: true,
      answeredBy: 'delve',
      serverVersion: '1.20.2',
      answerExpected: true,
    });
  });

  it('is not announced where it disturbs nothing', async () => {
    await shake({ sent: 'hello\nversion\n', received: ANSWER }, listener('recognised', { mode: 'multi' }));
    expect(events).toEqual(['says hello\n']);
  });

  it('that was cut short is none', async () => {
    expect(await shake({ sent: 'hello\n', received: 'welcome' }, listener('veiled'))).toMatchObject({
      handshakeDone: false,
    });
  });
});
