import { expect, it } from 'vitest';
import check from '../../checks/program-behind-the-adapter-lives.js';
import type { Target } from '../../src/model/target.js';
import { attach, server, socket, sockets, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'an adapter with its program',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })) },
    attach(),
    'pass',
  ],
  [
    'an adapter without its program',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ programGone: true }) })) },
    attach(),
    'orphaned-debug-adapter-holds-port certain',
  ],
  ['another program', { 'port-sockets': sockets(socket('127.0.0.1')) }, attach(), 'pass'],
  ['an unseen program', { 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [] })) }, attach(), 'unknown'],
  ['no listener', { 'port-sockets': sockets() }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
