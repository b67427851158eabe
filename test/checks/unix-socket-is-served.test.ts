import { expect, it } from 'vitest';
import check from '../../checks/unix-socket-is-served.js';
import type { Target } from '../../src/model/target.js';
import { attach, attempt, connection, process, verdict, type Seen } from './facts.js';

const UNIX = { host: null, port: null, socketPath: '/run/debug.sock', adapter: 'tcp' } as const;
const SOCKET = {
  path: '/run/debug.sock',
  kind: 'socket',
  pathBytes: 15,
  pathLimit: 107,
  listening: true,
  process: process(),
  writable: true,
} as const;

function refused(errorCode: string): ReturnType<typeof connection> {
  return connection(attempt('/run/debug.sock', { outcome: 'failed', errorCode }));
}

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'a served socket',
    { 'unix-socket': SOCKET, connection: connection(attempt('/run/debug.sock')) },
    attach(UNIX),
    'pass',
  ],
  [
    'a missing file',
    { 'unix-socket': { ...SOCKET, kind: 'missing', listening: false }, connection: refused('ENOENT') },
    attach(UNIX),
    'server-not-started likely, client-and-server-use-different-sockets possible',
  ],
  [
    'a regular file',
    { 'unix-socket': { ...SOCKET, kind: 'file', listening: false } },
    attach(UNIX),
    'client-and-server-use-different-sockets certain',
  ],
  [
    'a socket that nobody listens on',
    { 'unix-socket': { ...SOCKET, listening: false, process: null }, connection: refused('ECONNREFUSED') },
    attach(UNIX),
    'stale-unix-socket-file certain',
  ],
  [
    'a socket of another group',
    { 'unix-socket': { ...SOCKET, writable: false }, connection: refused('EACCES') },
    attach(UNIX),
    'user-not-in-socket-group likely',
  ],
  [
    'a full queue',
    { 'unix-socket': SOCKET, connection: refused('EAGAIN') },
    attach(UNIX),
    'server-not-accepting certain',
  ],
  [
    'a socket for datagrams',
    { 'unix-socket': SOCKET, connection: refused('EPROTOTYPE') },
    attach(UNIX),
    'client-and-server-use-different-sockets certain',
  ],
  [
    'a path that is too long',
    { 'unix-socket': { ...SOCKET, pathBytes: 108 } },
    attach(UNIX),
    'unix-socket-path-too-long certain',
  ],
  [
    'the longest path',
    { 'unix-socket': { ...SOCKET, pathBytes: 107 }, connection: connection(attempt('/run/debug.sock')) },
    attach(UNIX),
    'pass',
  ],
  ['a socket that was not dialled', { 'unix-socket': SOCKET }, attach(UNIX), 'unknown'],
  ['nothing seen', {}, attach(UNIX), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
