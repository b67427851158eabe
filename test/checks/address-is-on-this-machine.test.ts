import { expect, it } from 'vitest';
import check from '../../checks/address-is-on-this-machine.js';
import type { Target } from '../../src/model/target.js';
import { bind, launch, network, OWN, resolution, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an own address', { resolution: resolution([OWN]), 'local-network': network() }, launch({ host: OWN }), 'pass'],
  ['loopback', { resolution: resolution(['127.0.0.9']), 'local-network': network() }, launch(), 'pass'],
  ['the wildcard', { resolution: resolution(['0.0.0.0']), 'local-network': network() }, launch(), 'pass'],
  [
    'a foreign address',
    { resolution: resolution(['192.0.2.1']), 'local-network': network() },
    launch(),
    'address-not-on-this-machine certain',
  ],
  [
    'a foreign address that could be bound, as with ip_nonlocal_bind',
    { resolution: resolution(['192.0.2.1']), 'local-network': network(), bind: bind(null, '192.0.2.1') },
    launch(),
    'pass',
  ],
  [
    'a foreign address that was refused',
    { resolution: resolution(['192.0.2.1']), 'local-network': network(), bind: bind('EADDRNOTAVAIL', '192.0.2.1') },
    launch(),
    'address-not-on-this-machine certain',
  ],
  [
    'an own address that is taken',
    { resolution: resolution([OWN]), 'local-network': network(), bind: bind('EADDRINUSE', OWN) },
    launch(),
    'pass',
  ],
  ['unseen interfaces', { resolution: resolution([OWN]) }, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
