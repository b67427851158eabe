import { expect, it } from 'vitest';
import check from '../../checks/disk-has-space.js';
import type { Target } from '../../src/model/target.js';
import { launch, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'space left',
    { 'disk-space': { folders: [{ path: '/tmp', freeBytes: 1_000_000, freeInodes: null }] } },
    launch(),
    'pass',
  ],
  [
    'one full folder of two',
    {
      'disk-space': {
        folders: [
          { path: '/tmp', freeBytes: 1_000_000, freeInodes: 10 },
          { path: '/log', freeBytes: 0, freeInodes: 10 },
        ],
      },
    },
    launch(),
    'disk-full certain',
  ],
  [
    'no inode left',
    { 'disk-space': { folders: [{ path: '/tmp', freeBytes: 1_000_000, freeInodes: 0 }] } },
    launch(),
    'disk-full certain',
  ],
  ['nothing seen', {}, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
