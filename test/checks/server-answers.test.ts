import { expect, it } from 'vitest';
import check from '../../checks/server-answers.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  attempt,
  connection,
  failed,
  notTried,
  process,
  server,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

const SILENT = connection(attempt('127.0.0.1', { durationMs: 1500 }));
const CLOSED = connection(attempt('127.0.0.1', { closedByPeer: true }));
const LEFT = socket('127.0.0.1', { state: 'CLOSE_WAIT', inode: 0 }, { processes: [] });

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an answer', { connection: answered() }, attach(), 'pass'],
  [
    'silence, and connections that nobody accepts',
    { connection: SILENT, 'port-sockets': sockets(socket('127.0.0.1', { receiveQueue: 1 }, { server: server() })) },
    attach(),
    'debug-server-wedged certain',
  ],
  [
    'silence, and closed connections that nobody accepted',
    { connection: SILENT, 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() }), LEFT) },
    attach(),
    'debug-server-wedged certain',
  ],
  [
    'silence of a debug server',
    { connection: SILENT, 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })) },
    attach(),
    'debug-server-wedged likely',
  ],
  [
    'silence of an unseen process',
    { connection: SILENT, 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [] })) },
    attach(),
    'debug-server-wedged possible, suspended-job-holds-port possible',
  ],
  [
    'silence, and unseen sockets',
    { connection: SILENT },
    attach(),
    'debug-server-wedged possible, suspended-job-holds-port possible',
  ],
  [
    'silence of a program that need not speak',
    {
      connection: connection(attempt('127.0.0.1', { answerExpected: false })),
      'port-sockets': sockets(socket('127.0.0.1')),
    },
    attach(),
    'pass',
  ],
  [
    'a forwarder that closes at once',
    {
      connection: CLOSED,
      'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [process({ name: 'socat' })] })),
    },
    attach(),
    'forwarder-has-dead-upstream likely',
  ],
  [
    'a server that closes at once',
    { connection: CLOSED, 'port-sockets': sockets(socket('127.0.0.1')) },
    attach(),
    'unknown',
  ],
  ['a server that was not dialled', { connection: notTried() }, attach(), 'unknown'],
  ['a refusal', { connection: failed('ECONNREFUSED') }, attach(), 'unknown'],
  ['an unseen connection', {}, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
