import { expect, it } from 'vitest';
import check from '../../checks/target-is-well-formed.js';
import type { Target } from '../../src/model/target.js';
import { attach, launch, server, verdict, type Seen } from './facts.js';

const WRAPPED = server({
  adapter: 'gdbserver',
  wantedPort: 70_000,
  listens: [{ address: '0.0.0.0', family: 4, port: 4464 }],
});

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a port', {}, attach(), 'pass'],
  ['the last port', {}, attach({ port: 65_535 }), 'pass'],
  ['one more', {}, attach({ port: 65_536 }), 'invalid-address-syntax certain'],
  ['a negative port', {}, attach({ port: -1 }), 'invalid-address-syntax certain'],
  ['port 0 for a client', {}, attach({ port: 0 }), 'invalid-address-syntax certain'],
  ['port 0 for a server', {}, launch({ port: 0 }), 'pass'],
  ['a low port for node', {}, launch({ adapter: 'node', port: 1023 }), 'invalid-address-syntax certain'],
  ['the first port for node', {}, launch({ adapter: 'node', port: 1024 }), 'pass'],
  ['a low port for a client of node', {}, attach({ adapter: 'node', port: 80 }), 'pass'],
  [
    'a server that took another port instead',
    { 'debug-servers': { servers: [WRAPPED], someHidden: false } },
    attach({ port: 70_000 }),
    'invalid-port-wrapped certain',
  ],
  [
    'a server that wanted the port and does not listen',
    { 'debug-servers': { servers: [{ ...WRAPPED, listens: [] }], someHidden: false } },
    attach({ port: 70_000 }),
    'invalid-address-syntax certain',
  ],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
