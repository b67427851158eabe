import { expect, it } from 'vitest';
import check from '../../checks/name-resolves.js';
import type { Target } from '../../src/model/target.js';
import { attach, resolution, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an address', { resolution: resolution(['127.0.0.1']) }, attach(), 'pass'],
  [
    'localhost',
    { resolution: resolution(['::1', '127.0.0.1'], { host: 'localhost', literal: false }) },
    attach({ host: 'localhost' }),
    'pass',
  ],
  [
    'localhost on another address',
    { resolution: resolution(['10.1.2.3'], { host: 'localhost', literal: false }) },
    attach({ host: 'localhost' }),
    'localhost-entry-broken certain',
  ],
  [
    'LOCALHOST that does not resolve',
    { resolution: resolution([], { host: 'LOCALHOST', literal: false, errorCode: 'ENOTFOUND' }) },
    attach({ host: 'LOCALHOST' }),
    'localhost-entry-broken certain',
  ],
  [
    'a name of another machine',
    { resolution: resolution(['10.1.2.3'], { host: 'devbox', literal: false }) },
    attach({ host: 'devbox' }),
    'pass',
  ],
  [
    'an unknown name',
    { resolution: resolution([], { host: 'devbox', literal: false, errorCode: 'ENOTFOUND' }) },
    attach({ host: 'devbox' }),
    'name-does-not-resolve certain',
  ],
  [
    'a silent name server',
    { resolution: resolution([], { host: 'devbox', literal: false, errorCode: 'EAI_AGAIN' }) },
    attach({ host: 'devbox' }),
    'name-does-not-resolve likely',
  ],
  ['a name that was not looked up', {}, attach({ host: 'devbox' }), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
