import { expect, it } from 'vitest';
import check from '../../checks/user-may-bind-the-port.js';
import type { Target } from '../../src/model/target.js';
import { bind, identity, launch, network, verdict, type Seen } from './facts.js';

const US: Seen = { identity: identity(), 'local-network': network() };

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a bind that worked', { bind: bind(null), ...US }, launch(), 'pass'],
  ['a port that is taken', { bind: bind('EADDRINUSE'), ...US }, launch(), 'pass'],
  ['a low port', { bind: bind('EACCES', '127.0.0.1', 80), ...US }, launch({ port: 80 }), 'privileged-port certain'],
  [
    'a low port where the limit is lower',
    { bind: bind('EACCES', '127.0.0.1', 80), ...US, 'local-network': network({ unprivilegedPortStart: 80 }) },
    launch({ port: 80 }),
    'policy-limits-bind-address possible',
  ],
  [
    'a low port with the capability',
    { bind: bind('EACCES', '127.0.0.1', 80), ...US, identity: identity({ mayBindPrivilegedPorts: true }) },
    launch({ port: 80 }),
    'policy-limits-bind-address possible',
  ],
  [
    'a high port that a policy forbids',
    { bind: bind('EACCES'), ...US },
    launch(),
    'policy-limits-bind-address possible',
  ],
  [
    'the last port below the limit',
    { bind: bind('EACCES', '127.0.0.1', 1023), ...US },
    launch(),
    'privileged-port certain',
  ],
  [
    'the first port above it',
    { bind: bind('EACCES', '127.0.0.1', 1024), ...US },
    launch(),
    'policy-limits-bind-address possible',
  ],
  ['no bind', US, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
