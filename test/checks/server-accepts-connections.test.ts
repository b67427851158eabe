import { expect, it } from 'vitest';
import check from '../../checks/server-accepts-connections.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  attempt,
  connection,
  notTried,
  process,
  socket,
  sockets,
  timedOut,
  verdict,
  type Seen,
} from './facts.js';

const FULL = socket('127.0.0.1', { receiveQueue: 2 });
const EXHAUSTED = socket('127.0.0.1', {}, { processes: [process({ openFiles: 1024 })] });

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an answer', { connection: answered(), 'port-sockets': sockets(FULL) }, attach(), 'pass'],
  [
    'a connection without an answer',
    { connection: connection(attempt('127.0.0.1')), 'port-sockets': sockets(socket('127.0.0.1')) },
    attach(),
    'pass',
  ],
  ['a full queue', { connection: timedOut(), 'port-sockets': sockets(FULL) }, attach(), 'server-not-accepting certain'],
  [
    'a full queue on every address',
    { connection: timedOut(), 'port-sockets': sockets(socket('0.0.0.0', { receiveQueue: 2 })) },
    attach(),
    'server-not-accepting certain',
  ],
  ['an empty queue', { connection: timedOut(), 'port-sockets': sockets(socket('127.0.0.1')) }, attach(), 'pass'],
  ['a full queue elsewhere', { connection: timedOut('10.20.0.9'), 'port-sockets': sockets(FULL) }, attach(), 'unknown'],
  [
    'no file left',
    { connection: connection(attempt('127.0.0.1')), 'port-sockets': sockets(EXHAUSTED) },
    attach(),
    'file-descriptors-exhausted certain',
  ],
  ['no file left, and yet an answer', { connection: answered(), 'port-sockets': sockets(EXHAUSTED) }, attach(), 'pass'],
  [
    'a server that was not dialled',
    { connection: notTried(), 'port-sockets': sockets(socket('127.0.0.1')) },
    attach(),
    'unknown',
  ],
  ['unseen sockets', { connection: timedOut() }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
