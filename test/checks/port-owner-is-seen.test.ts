import { expect, it } from 'vitest';
import check from '../../checks/port-owner-is-seen.js';
import type { Target } from '../../src/model/target.js';
import { launch, socket, sockets, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a seen owner', { 'port-sockets': sockets(socket('127.0.0.1')) }, launch(), 'pass'],
  ['nothing listens', { 'port-sockets': sockets() }, launch(), 'pass'],
  [
    'a hidden owner',
    {
      'port-sockets': sockets(
        socket('127.0.0.1', {}, { processes: [], hidden: true, cgroup: '/system.slice/x.service' }),
      ),
    },
    launch(),
    'unknown',
  ],
  ['unseen sockets', {}, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
