import { expect, it } from 'vitest';
import check from '../../checks/server-uses-the-dialled-family.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  attempt,
  connection,
  failed,
  notTried,
  OWN,
  resolution,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'an answer',
    { connection: answered(), 'port-sockets': sockets(socket('::1')), resolution: resolution(['127.0.0.1']) },
    attach(),
    'pass',
  ],
  [
    'IPv4 dialled, IPv6 loopback listens',
    {
      connection: failed('ECONNREFUSED'),
      'port-sockets': sockets(socket('::1')),
      resolution: resolution(['127.0.0.1']),
    },
    attach(),
    'localhost-resolves-to-other-family certain',
  ],
  [
    'IPv6 dialled, IPv4 loopback listens',
    {
      connection: failed('ECONNREFUSED', '::1'),
      'port-sockets': sockets(socket('127.0.0.1')),
      resolution: resolution(['::1']),
    },
    attach(),
    'localhost-resolves-to-other-family certain',
  ],
  [
    'IPv6 dialled, IPv4 listens on every address',
    {
      connection: failed('ECONNREFUSED', '::1'),
      'port-sockets': sockets(socket('0.0.0.0')),
      resolution: resolution(['::1']),
    },
    attach(),
    'localhost-resolves-to-other-family certain',
  ],
  [
    'IPv6 dialled, IPv4 listens on an own address',
    {
      connection: failed('ECONNREFUSED', '::1'),
      'port-sockets': sockets(socket(OWN)),
      resolution: resolution(['::1']),
    },
    attach(),
    'pass',
  ],
  [
    'both dialled',
    {
      connection: connection(attempt('::1', { outcome: 'failed', errorCode: 'ECONNREFUSED' })),
      'port-sockets': sockets(socket('127.0.0.1')),
      resolution: resolution(['::1', '127.0.0.1']),
    },
    attach(),
    'pass',
  ],
  [
    'an IPv6 listener that may take IPv4, not dialled',
    { connection: notTried(), 'port-sockets': sockets(socket('::')), resolution: resolution(['127.0.0.1']) },
    attach(),
    'unknown',
  ],
  [
    'nothing listens',
    { connection: failed('ECONNREFUSED'), 'port-sockets': sockets(), resolution: resolution(['127.0.0.1']) },
    attach(),
    'pass',
  ],
  [
    'unseen sockets',
    { connection: failed('ECONNREFUSED'), resolution: resolution(['127.0.0.1']) },
    attach(),
    'unknown',
  ],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
