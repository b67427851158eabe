import { expect, it } from 'vitest';
import check from '../../checks/ipv6-is-enabled.js';
import type { Target } from '../../src/model/target.js';
import { answered, attach, bind, failed, launch, network, resolution, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'an IPv4 address',
    { resolution: resolution(['127.0.0.1']), 'local-network': network({ ipv6Disabled: true }) },
    attach(),
    'pass',
  ],
  ['an IPv6 address', { resolution: resolution(['::1']), 'local-network': network() }, attach(), 'pass'],
  [
    'an IPv6 address, switched off',
    { resolution: resolution(['::1']), 'local-network': network({ ipv6Disabled: true }) },
    attach(),
    'ipv6-disabled certain',
  ],
  [
    'both families, IPv6 switched off',
    { resolution: resolution(['::1', '127.0.0.1']), 'local-network': network({ ipv6Disabled: true }) },
    attach(),
    'pass',
  ],
  [
    'a server that binds the IPv6 address of both',
    {
      resolution: resolution(['::1', '127.0.0.1']),
      'local-network': network({ ipv6Disabled: true }),
      bind: bind('EADDRNOTAVAIL', '::1'),
    },
    launch(),
    'ipv6-disabled certain',
  ],
  [
    'a kernel without IPv6',
    {
      resolution: resolution(['::1']),
      'local-network': network({ ipv6Disabled: null }),
      connection: failed('EAFNOSUPPORT', '::1'),
    },
    attach(),
    'ipv6-disabled certain',
  ],
  [
    'an answer over IPv6',
    { resolution: resolution(['::1']), 'local-network': network({ ipv6Disabled: true }), connection: answered('::1') },
    attach(),
    'pass',
  ],
  [
    'an unseen setting',
    { resolution: resolution(['::1']), 'local-network': network({ ipv6Disabled: null }) },
    attach(),
    'unknown',
  ],
  ['an unresolved name', { 'local-network': network() }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
