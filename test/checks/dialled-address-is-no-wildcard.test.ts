import { expect, it } from 'vitest';
import check from '../../checks/dialled-address-is-no-wildcard.js';
import type { Target } from '../../src/model/target.js';
import { answered, attach, failed, resolution, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an address of one machine', { resolution: resolution(['127.0.0.1']) }, attach(), 'pass'],
  [
    'the wildcard',
    { resolution: resolution(['0.0.0.0']), connection: failed('ECONNREFUSED', '0.0.0.0') },
    attach(),
    'client-dials-wildcard-address possible',
  ],
  [
    'the IPv6 wildcard, not dialled',
    { resolution: resolution(['::']) },
    attach(),
    'client-dials-wildcard-address possible',
  ],
  [
    'the wildcard, and it answers',
    { resolution: resolution(['0.0.0.0']), connection: answered('0.0.0.0') },
    attach(),
    'pass',
  ],
  ['an unresolved name', {}, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
