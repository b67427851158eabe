import { expect, it } from 'vitest';
import check from '../../checks/server-log-is-writable.js';
import type { Target } from '../../src/model/target.js';
import { launch, verdict, type Seen } from './facts.js';

const LOG = { file: '/log/server.log', exists: true, directory: '/log', writable: true, errorCode: null };

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a writable file', { 'server-log-file': LOG }, launch(), 'pass'],
  [
    'a file of another user',
    { 'server-log-file': { ...LOG, writable: false, errorCode: 'EACCES' } },
    launch(),
    'log-file-not-writable certain',
  ],
  [
    'a folder in its place',
    { 'server-log-file': { ...LOG, writable: false, errorCode: 'EISDIR' } },
    launch(),
    'log-file-not-writable certain',
  ],
  [
    'a new file in a folder of another user',
    { 'server-log-file': { ...LOG, exists: false, writable: false, errorCode: 'EACCES' } },
    launch(),
    'log-file-not-writable certain',
  ],
  ['nothing seen', {}, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
