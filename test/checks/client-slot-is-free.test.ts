import { expect, it } from 'vitest';
import check from '../../checks/client-slot-is-free.js';
import type { Target } from '../../src/model/target.js';
import { attach, server, socket, sockets, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'a server for several clients',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ clients: 2 }) })) },
    attach(),
    'pass',
  ],
  [
    'a free server for one client',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ takesOneClient: true }) })) },
    attach(),
    'pass',
  ],
  [
    'a taken server for one client',
    {
      'port-sockets': sockets(
        socket('127.0.0.1', {}, { server: server({ adapter: 'gdbserver', takesOneClient: true, clients: 1 }) }),
      ),
    },
    attach({ adapter: 'gdbserver' }),
    'single-client-server-used-up certain',
  ],
  [
    'debugpy with a client that may only look',
    { 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ takesOneClient: true, clients: 1 }) })) },
    attach(),
    'single-client-server-used-up likely',
  ],
  ['a listener that is no debugger', { 'port-sockets': sockets(socket('127.0.0.1')) }, attach(), 'unknown'],
  ['no listener', { 'port-sockets': sockets() }, attach(), 'unknown'],
  ['unseen sockets', {}, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
