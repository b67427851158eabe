import { expect, it } from 'vitest';
import check from '../../checks/listener-is-in-this-network-namespace.js';
import type { Target } from '../../src/model/target.js';
import {
  address,
  answered,
  attach,
  attempt,
  connection,
  failed,
  network,
  process,
  REMOTE,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

function listening(at: string): Seen['foreign-listeners'] & object {
  const listener = {
    at: address(at),
    namespace: 'net:[1]',
    namespaceAddresses: ['127.0.0.1', REMOTE],
    process: process({ container: 'c0ffee' }),
  };
  return { listeners: [listener], someHidden: false };
}

const ELSEWHERE = listening('0.0.0.0');
const INSIDE = listening('127.0.0.1');
const PROXY = socket('0.0.0.0', {}, { processes: [process({ name: 'docker-proxy' })] });

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'an answer',
    { connection: answered(), 'port-sockets': sockets(), 'foreign-listeners': ELSEWHERE },
    attach(),
    'pass',
  ],
  [
    'a listener here',
    {
      connection: failed('ECONNREFUSED'),
      'port-sockets': sockets(socket('127.0.0.1')),
      'foreign-listeners': ELSEWHERE,
    },
    attach(),
    'pass',
  ],
  [
    'a listener in another namespace',
    { connection: failed('ECONNREFUSED'), 'port-sockets': sockets(), 'foreign-listeners': ELSEWHERE },
    attach(),
    'listens-in-other-network-namespace certain',
  ],
  [
    'a listener on the loopback of a container whose port is published',
    {
      connection: connection(attempt('127.0.0.1', { closedByPeer: true })),
      'port-sockets': sockets(PROXY),
      'foreign-listeners': INSIDE,
    },
    attach(),
    'loopback-bind-in-container certain',
  ],
  [
    'a published port that answers',
    { connection: answered(), 'port-sockets': sockets(PROXY), 'foreign-listeners': INSIDE },
    attach(),
    'pass',
  ],
  [
    'a listener on the loopback of the dialled container',
    {
      connection: failed('ECONNREFUSED', REMOTE),
      'port-sockets': sockets(),
      'foreign-listeners': INSIDE,
      'local-network': network(),
    },
    attach({ host: REMOTE }),
    'loopback-bind-in-container certain',
  ],
  [
    'a listener in a namespace that was not dialled',
    {
      connection: failed('ECONNREFUSED', '192.0.2.1'),
      'port-sockets': sockets(),
      'foreign-listeners': INSIDE,
      'local-network': network(),
    },
    attach({ host: '192.0.2.1' }),
    'pass',
  ],
  [
    'no listener anywhere',
    {
      connection: failed('ECONNREFUSED'),
      'port-sockets': sockets(),
      'foreign-listeners': { listeners: [], someHidden: false },
    },
    attach(),
    'pass',
  ],
  [
    'no listener where we may look',
    {
      connection: failed('ECONNREFUSED'),
      'port-sockets': sockets(),
      'foreign-listeners': { listeners: [], someHidden: true },
    },
    attach(),
    'unknown',
  ],
  ['unseen namespaces', { connection: failed('ECONNREFUSED'), 'port-sockets': sockets() }, attach(), 'unknown'],
  ['an unseen connection', { 'port-sockets': sockets() }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
