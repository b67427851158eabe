import { expect, it } from 'vitest';
import check from '../../checks/target-process-has-a-debugger.js';
import type { Target } from '../../src/model/target.js';
import { attach, firstArgs, process, server, verdict, type Seen } from './facts.js';

const TARGET = { pid: 4000, process: process(), server: null };

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a process that listens', { 'target-process': { ...TARGET, server: server() } }, attach({ pid: 4000 }), 'pass'],
  [
    'no such process',
    { 'target-process': { ...TARGET, process: null } },
    attach({ pid: 4000 }),
    'server-not-started certain',
  ],
  [
    'a process that has ended and still has its entry',
    { 'target-process': { ...TARGET, process: process({ state: 'Z' }) } },
    attach({ pid: 4000 }),
    'server-not-started certain',
  ],
  [
    'a process without a debugger',
    { 'target-process': TARGET, 'debug-servers': { servers: [], someHidden: false } },
    attach({ pid: 4000 }),
    'debug-flag-not-applied certain',
  ],
  [
    'a process that lost its debugger',
    { 'target-process': TARGET, 'debug-servers': { servers: [server({ listens: [] })], someHidden: false } },
    attach({ pid: 4000 }),
    'server-continued-without-debugger certain',
  ],
  [
    'a process whose sockets may not be seen',
    { 'target-process': TARGET, 'debug-servers': { servers: [server({ listens: null })], someHidden: true } },
    attach({ pid: 4000 }),
    'unknown',
  ],
  [
    'a process that calls an editor',
    { 'target-process': { ...TARGET, calls: { adapter: 'jdwp', host: null, port: 5005 } } },
    attach({ pid: 4000 }),
    'unknown',
  ],
  [
    'a process that shows a title instead of its options',
    { 'target-process': { ...TARGET, process: process({ command: ['puma 6.4.0 (tcp://127.0.0.1:3000) [app]'] }) } },
    attach({ pid: 4000 }),
    'unknown',
  ],
  ['nothing seen', {}, attach({ pid: 4000 }), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it.each([
  ['tcp', '/usr/bin/node', 'node'],
  ['tcp', '/srv/server', 'tcp'],
  ['delve', '/usr/bin/node', 'delve'],
] as const)('asked for %s, a program in %s wants %s', (adapter, executable, expected) => {
  const seen = { 'target-process': { ...TARGET, process: process({ executable }) } };
  expect(firstArgs(check, seen, attach({ pid: 4000, adapter }))).toMatchObject({ adapter: expected });
});
