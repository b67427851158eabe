import { describe, expect, it } from 'vitest';
import check from '../../checks/server-listens-on-the-dialled-address.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  failed,
  network,
  notTried,
  OWN,
  REMOTE,
  resolution,
  server,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'an answer',
    { connection: answered(), 'port-sockets': sockets(socket('127.0.0.1')), resolution: resolution([OWN]) },
    attach(),
    'pass',
  ],
  [
    'nothing listens',
    { connection: failed('ECONNREFUSED', OWN), 'port-sockets': sockets(), resolution: resolution([OWN]) },
    attach(),
    'pass',
  ],
  [
    'loopback, dialled by an own address',
    {
      connection: failed('ECONNREFUSED', OWN),
      'port-sockets': sockets(socket('127.0.0.1')),
      resolution: resolution([OWN]),
      'local-network': network(),
    },
    attach(),
    'server-bound-to-unreachable-address certain',
  ],
  [
    'an own address, dialled over loopback',
    {
      connection: failed('ECONNREFUSED'),
      'port-sockets': sockets(socket(OWN)),
      resolution: resolution(['127.0.0.1']),
      'local-network': network(),
    },
    attach(),
    'server-bound-to-unreachable-address certain',
  ],
  [
    'every address',
    {
      connection: failed('ECONNREFUSED', OWN),
      'port-sockets': sockets(socket('0.0.0.0')),
      resolution: resolution([OWN]),
      'local-network': network(),
    },
    attach(),
    'pass',
  ],
  [
    'one of two listeners is on the dialled address',
    {
      connection: failed('ECONNREFUSED', OWN),
      'port-sockets': sockets(socket('127.0.0.1'), socket(OWN)),
      resolution: resolution([OWN]),
      'local-network': network(),
    },
    attach(),
    'pass',
  ],
  [
    'another machine',
    {
      connection: failed('ECONNREFUSED', REMOTE),
      'port-sockets': sockets(socket('127.0.0.1')),
      resolution: resolution([REMOTE]),
      'local-network': network(),
    },
    attach(),
    'unknown',
  ],
  [
    'unseen interfaces',
    {
      connection: failed('ECONNREFUSED', OWN),
      'port-sockets': sockets(socket('127.0.0.1')),
      resolution: resolution([OWN]),
    },
    attach(),
    'unknown',
  ],
  ['unseen sockets', { connection: failed('ECONNREFUSED', OWN), resolution: resolution([OWN]) }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

describe('a JVM on loopback', () => {
  const texts = (wantedHost: string | null): string[] => {
    const jvm = server({ adapter: 'jdwp', wantedHost });
    const facts = {
      connection: notTried(OWN),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: jvm })),
      resolution: resolution([OWN]),
      'local-network': network(),
    };
    const judged = check.evaluate(
      facts as Parameters<typeof check.evaluate>[0],
      attach({ adapter: 'jdwp', host: OWN }),
    );
    return judged.outcome === 'fail' ? judged.findings.flatMap(({ evidence }) => evidence.map(({ text }) => text)) : [];
  };

  it('was told a bare port, which says why', () => {
    expect(texts(null).length).toBe(texts('127.0.0.1').length + 1);
  });
});
