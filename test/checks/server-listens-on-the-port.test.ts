import { expect, it } from 'vitest';
import check from '../../checks/server-listens-on-the-port.js';
import type { Target } from '../../src/model/target.js';
import {
  address,
  answered,
  attach,
  bind,
  failed,
  hit,
  network,
  process,
  REMOTE,
  resolution,
  server,
  socket,
  sockets,
  firstArgs,
  verdict,
  type Seen,
} from './facts.js';

const REFUSED: Seen = {
  connection: failed('ECONNREFUSED'),
  'port-sockets': sockets(),
  resolution: resolution(['127.0.0.1']),
  'local-network': network(),
};

function elsewhere(port: number): ReturnType<typeof server> {
  return server({ listens: [address('127.0.0.1', port)] });
}

function stranger(port: number): ReturnType<typeof server> {
  return { ...elsewhere(port), process: process({ cwd: '/elsewhere' }) };
}

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an answer', { ...REFUSED, connection: answered() }, attach(), 'pass'],
  ['a listener', { ...REFUSED, 'port-sockets': sockets(socket('127.0.0.1')) }, attach(), 'pass'],
  [
    'nothing',
    { ...REFUSED, 'debug-servers': { servers: [], someHidden: false } },
    attach(),
    'server-not-started certain',
  ],
  [
    'nothing that we may see',
    { ...REFUSED, 'debug-servers': { servers: [], someHidden: true } },
    attach(),
    'server-not-started likely',
  ],
  ['nothing, and no look at the processes', REFUSED, attach(), 'server-not-started likely'],
  [
    'a server on a port of the range',
    { ...REFUSED, 'debug-servers': { servers: [elsewhere(5679)], someHidden: false } },
    attach(),
    'wrong-port likely',
  ],
  [
    'a server of another adapter',
    {
      ...REFUSED,
      'debug-servers': {
        servers: [server({ adapter: 'node', listens: [address('127.0.0.1', 5679)] })],
        someHidden: false,
      },
    },
    attach(),
    'server-not-started certain',
  ],
  [
    'a server whose program is gone',
    { ...REFUSED, 'debug-servers': { servers: [{ ...elsewhere(5679), programGone: true }], someHidden: false } },
    attach(),
    'server-not-started certain',
  ],
  [
    'a failure in the log',
    { ...REFUSED, 'server-logs': { files: [], hits: [hit({ file: '/log' })] } },
    attach(),
    'server-crashed-at-start likely',
  ],
  [
    'a client that complains in the log',
    { ...REFUSED, 'server-logs': { files: [], hits: [hit({ file: '/log', symptom: 'connection-refused' })] } },
    attach(),
    'server-not-started likely',
  ],
  [
    'what the user saw, which is no log',
    { ...REFUSED, 'server-logs': { files: [], hits: [hit()] } },
    attach(),
    'server-not-started likely',
  ],
  [
    'a failure in the log, and a server of another project',
    {
      ...REFUSED,
      'server-logs': { files: [], hits: [hit({ file: '/log' })] },
      'debug-servers': { servers: [stranger(9000)], someHidden: false },
    },
    attach(),
    'server-crashed-at-start likely, wrong-port likely',
  ],
  [
    'a port that is bound and not listened on',
    { ...REFUSED, bind: bind('EADDRINUSE') },
    attach(),
    'bound-but-not-listening certain',
  ],
  [
    'a server that serves its one client',
    { ...REFUSED, 'port-sockets': sockets(socket('127.0.0.1', { state: 'ESTABLISHED' }, { server: server() })) },
    attach(),
    'single-client-server-used-up certain',
  ],
  [
    'a refusal by another machine',
    { ...REFUSED, connection: failed('ECONNREFUSED', REMOTE), resolution: resolution([REMOTE]) },
    attach(),
    'server-not-started possible, server-bound-to-unreachable-address possible',
  ],
  [
    'silence of another machine',
    { ...REFUSED, connection: failed('EHOSTUNREACH', REMOTE), resolution: resolution([REMOTE]) },
    attach(),
    'unknown',
  ],
  [
    'unseen sockets',
    { connection: failed('ECONNREFUSED'), resolution: resolution(['127.0.0.1']), 'local-network': network() },
    attach(),
    'unknown',
  ],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it('prefers the server of this project, and says where it listens', () => {
  const servers = [stranger(9000), elsewhere(9001)];
  const args = firstArgs(check, { ...REFUSED, 'debug-servers': { servers, someHidden: false } }, attach());
  expect(args).toMatchObject({ otherAddress: '127.0.0.1', otherPort: 9001 });
});
