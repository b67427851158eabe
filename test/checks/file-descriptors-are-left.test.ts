import { expect, it } from 'vitest';
import check from '../../checks/file-descriptors-are-left.js';
import type { Target } from '../../src/model/target.js';
import { launch, verdict, type Seen } from './facts.js';

const LIMITS = { systemOpenFiles: 100, systemOpenFilesLimit: 5000, ownOpenFilesLimit: 1024 };

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a usual limit', { limits: LIMITS }, launch(), 'pass'],
  [
    'a limit too low to start',
    { limits: { ...LIMITS, ownOpenFilesLimit: 16 } },
    launch(),
    'file-descriptors-exhausted likely',
  ],
  ['a low limit that suffices', { limits: { ...LIMITS, ownOpenFilesLimit: 256 } }, launch(), 'pass'],
  [
    'a system without files left',
    { limits: { ...LIMITS, systemOpenFiles: 5000 } },
    launch(),
    'file-descriptors-exhausted certain',
  ],
  ['an unseen limit', { limits: { ...LIMITS, ownOpenFilesLimit: null } }, launch(), 'unknown'],
  ['an unseen system limit', { limits: { ...LIMITS, systemOpenFilesLimit: null } }, launch(), 'pass'],
  ['nothing seen', {}, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
