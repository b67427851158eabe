import { expect, it } from 'vitest';
import check from '../../checks/program-has-its-debugger.js';
import type { Target } from '../../src/model/target.js';
import { answered, attach, failed, hit, server, socket, sockets, firstArgs, verdict, type Seen } from './facts.js';

const LISTENS = { address: '127.0.0.1', family: 4, port: 5678 } as const;
const LOST = server({ adapter: 'node', role: 'server', listens: [] });

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an answer', { connection: answered() }, attach(), 'pass'],
  [
    'a program that lost its debugger',
    { 'debug-servers': { servers: [LOST], someHidden: false }, connection: failed('ECONNREFUSED') },
    attach({ adapter: 'node' }),
    'server-continued-without-debugger certain',
  ],
  [
    'the same for another port',
    { 'debug-servers': { servers: [LOST], someHidden: false } },
    attach({ adapter: 'node', port: 9229 }),
    'pass',
  ],
  ['the same for another debugger', { 'debug-servers': { servers: [LOST], someHidden: false } }, attach(), 'pass'],
  [
    'a program whose sockets may not be seen',
    { 'debug-servers': { servers: [{ ...LOST, listens: null }], someHidden: true } },
    attach({ adapter: 'node' }),
    'pass',
  ],
  [
    'a program that listens',
    { 'debug-servers': { servers: [{ ...LOST, listens: [LISTENS] }], someHidden: false } },
    attach({ adapter: 'node' }),
    'pass',
  ],
  [
    'a server that has its one client',
    {
      'debug-servers': { servers: [LOST], someHidden: false },
      'port-sockets': sockets(socket('127.0.0.1', { state: 'ESTABLISHED' }, { server: LOST })),
    },
    attach({ adapter: 'node' }),
    'pass',
  ],
  [
    'a program whose adapter listens for it',
    { 'debug-servers': { servers: [server({ role: 'program', listens: [] }), server()], someHidden: false } },
    attach(),
    'pass',
  ],
  [
    'a program without its adapter',
    { 'debug-servers': { servers: [server({ role: 'program', listens: [] })], someHidden: false } },
    attach(),
    'server-continued-without-debugger certain',
  ],
  ['no debug server', { 'debug-servers': { servers: [], someHidden: false } }, attach(), 'pass'],
  ['unseen processes', { connection: failed('ECONNREFUSED') }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it('quotes the line of the log that says so', () => {
  const line = hit({ file: '/log', text: 'Starting inspector failed', causes: ['server-continued-without-debugger'] });
  const seen = { 'debug-servers': { servers: [LOST], someHidden: false }, 'server-logs': { files: [], hits: [line] } };
  expect(firstArgs(check, seen, attach({ adapter: 'node' }))).toMatchObject({ line: line.text, pid: LOST.process.pid });
});
