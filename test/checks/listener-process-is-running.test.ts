import { expect, it } from 'vitest';
import check from '../../checks/listener-process-is-running.js';
import type { Target } from '../../src/model/target.js';
import { attach, process, socket, sockets, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a running process', { 'port-sockets': sockets(socket('127.0.0.1')) }, attach(), 'pass'],
  [
    'a stopped process',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [process({ state: 'T' })] })) },
    attach(),
    'suspended-job-holds-port certain',
  ],
  [
    'a process that a debugger stopped',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [process({ state: 't' })] })) },
    attach(),
    'pass',
  ],
  [
    'a stopped process that is only connected',
    {
      'port-sockets': sockets(
        socket('127.0.0.1'),
        socket('127.0.0.1', { state: 'ESTABLISHED' }, { processes: [process({ state: 'T' })] }),
      ),
    },
    attach(),
    'pass',
  ],
  [
    'an unseen process',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [], hidden: true })) },
    attach(),
    'unknown',
  ],
  ['no listener', { 'port-sockets': sockets() }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
