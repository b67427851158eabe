import { expect, it } from 'vitest';
import check from '../../checks/route-leads-there.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  attempt,
  connection,
  failed,
  network,
  notTried,
  REMOTE,
  timedOut,
  verdict,
  type Seen,
} from './facts.js';

const NO_ROUTE = { to: REMOTE, reachable: false, interfaceName: null, sourceAddress: null, kind: null };
const ROUTE = { to: REMOTE, reachable: true, interfaceName: 'eth0', sourceAddress: '10.20.0.2', kind: null };

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an answer', { connection: answered(REMOTE) }, attach(), 'pass'],
  ['a refusal', { connection: failed('ECONNREFUSED', REMOTE) }, attach(), 'pass'],
  ['no route', { connection: failed('ENETUNREACH', REMOTE), route: NO_ROUTE }, attach(), 'no-route-to-host certain'],
  ['no route by the errno alone', { connection: failed('ENETUNREACH', REMOTE) }, attach(), 'no-route-to-host certain'],
  [
    'a blackhole',
    { connection: failed('EINVAL', REMOTE), route: { ...NO_ROUTE, kind: 'blackhole' } },
    attach(),
    'no-route-to-host certain',
  ],
  [
    'a silent neighbour',
    { connection: failed('EHOSTUNREACH', REMOTE, 3100), route: ROUTE },
    attach(),
    'no-route-to-host likely',
  ],
  [
    'a firewall that answers at once',
    { connection: failed('EHOSTUNREACH', REMOTE, 2), route: ROUTE },
    attach(),
    'pass',
  ],
  ['silence on a route', { connection: timedOut(REMOTE), route: ROUTE }, attach(), 'pass'],
  ['silence, and no look at the routes', { connection: timedOut(REMOTE) }, attach(), 'unknown'],
  ['silence on loopback', { connection: timedOut(), 'local-network': network() }, attach(), 'pass'],
  [
    'a loopback that is down',
    { connection: timedOut(), 'local-network': network({ loopbackUp: false }) },
    attach(),
    'local-network-stack-broken certain',
  ],
  ['another machine that was not dialled', { connection: notTried(REMOTE) }, attach(), 'unknown'],
  ['loopback that was not dialled', { connection: notTried('::1'), 'local-network': network() }, attach(), 'pass'],
  [
    'one of two addresses refused',
    {
      connection: connection(
        attempt('::1', { outcome: 'timed-out' }),
        attempt('127.0.0.1', { outcome: 'failed', errorCode: 'ECONNREFUSED' }),
      ),
    },
    attach(),
    'pass',
  ],
  ['no address', { connection: connection() }, attach(), 'unknown'],
  ['an unseen connection', {}, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
