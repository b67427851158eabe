import { expect, it } from 'vitest';
import check from '../../checks/debug-port-is-private.js';
import type { Target } from '../../src/model/target.js';
import { attach, launch, resolution, socket, sockets, verdict, type Seen } from './facts.js';

const SETTINGS = {
  waitForClient: false,
  addressFamily: null,
  connectionTimeoutSeconds: null,
  reconnectAttempts: null,
  reconnectDelaySeconds: null,
  allowedHosts: ['10.0.0.0/8'],
};

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'loopback',
    { resolution: resolution(['127.0.0.1']), 'port-sockets': sockets(socket('127.0.0.1')) },
    attach(),
    'pass',
  ],
  [
    'every address, dialled over loopback',
    { resolution: resolution(['127.0.0.1']), 'port-sockets': sockets(socket('0.0.0.0')) },
    attach(),
    'debug-port-exposed certain',
  ],
  [
    'every IPv6 address',
    { resolution: resolution(['::1']), 'port-sockets': sockets(socket('::')) },
    attach(),
    'debug-port-exposed certain',
  ],
  [
    'every address, as the configuration wants it',
    { resolution: resolution(['127.0.0.1']), 'port-sockets': sockets(socket('0.0.0.0')) },
    attach({ settings: SETTINGS }),
    'pass',
  ],
  [
    'allowed hosts that are this machine',
    { resolution: resolution(['127.0.0.1']), 'port-sockets': sockets(socket('0.0.0.0')) },
    attach({ settings: { ...SETTINGS, allowedHosts: ['127.0.0.1', 'localhost'] } }),
    'debug-port-exposed certain',
  ],
  ['a launch on loopback', { resolution: resolution(['::1']) }, launch(), 'pass'],
  ['a launch on every address', { resolution: resolution(['0.0.0.0']) }, launch(), 'debug-port-exposed certain'],
  ['an unseen listener', { resolution: resolution(['127.0.0.1']) }, attach(), 'unknown'],
  ['another machine', { resolution: resolution(['192.0.2.1']), 'port-sockets': sockets() }, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
