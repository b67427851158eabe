import { expect, it } from 'vitest';
import check from '../../checks/wanted-debugger-answers.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  attempt,
  connection,
  failed,
  notTried,
  process,
  server,
  socket,
  sockets,
  timedOut,
  verdict,
  type Seen,
} from './facts.js';

const HTTP = connection(
  attempt('127.0.0.1', { received: 'HTTP/1.0 404 File not found', answeredBy: 'http', answerExpected: false }),
);

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['the wanted debugger', { connection: answered() }, attach(), 'pass'],
  [
    'anything, where any server will do',
    { connection: connection(attempt('127.0.0.1')) },
    attach({ adapter: 'tcp' }),
    'pass',
  ],
  [
    'an HTTP server',
    { connection: HTTP, 'port-sockets': sockets(socket('127.0.0.1')) },
    attach(),
    'port-answered-by-other-program certain',
  ],
  ['an HTTP server of another machine', { connection: HTTP }, attach(), 'port-answered-by-other-program certain'],
  [
    'another debugger',
    { connection: answered('127.0.0.1', { answeredBy: 'node' }) },
    attach(),
    'port-answered-by-other-program certain',
  ],
  [
    'a silent program',
    { connection: connection(attempt('127.0.0.1')), 'port-sockets': sockets(socket('127.0.0.1')) },
    attach(),
    'port-answered-by-other-program likely',
  ],
  [
    'the wanted debugger by its command line, which drops the client',
    {
      connection: connection(attempt('127.0.0.1')),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })),
    },
    attach(),
    'unknown',
  ],
  [
    'another debugger by its command line, which drops the client',
    {
      connection: connection(attempt('127.0.0.1')),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ adapter: 'lldb' }) })),
    },
    attach(),
    'port-answered-by-other-program certain',
  ],
  [
    'a program that speaks in tongues',
    { connection: connection(attempt('127.0.0.1', { received: 'hello' })), 'port-sockets': sockets() },
    attach(),
    'port-answered-by-other-program likely',
  ],
  [
    'silence, and an unseen process',
    {
      connection: connection(attempt('127.0.0.1')),
      'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [] })),
    },
    attach(),
    'unknown',
  ],
  [
    'a server that must not be dialled',
    {
      connection: notTried(),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ adapter: 'jdwp' }) })),
    },
    attach({ adapter: 'jdwp' }),
    'pass',
  ],
  [
    'the right server that must not be dialled, on another address',
    {
      connection: notTried('10.20.0.2'),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ adapter: 'jdwp' }) })),
    },
    attach({ adapter: 'jdwp' }),
    'unknown',
  ],
  [
    'another server that must not be dialled',
    {
      connection: notTried(),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ adapter: 'jdwp' }) })),
    },
    attach(),
    'port-answered-by-other-program certain',
  ],
  [
    'a program that must not be dialled',
    { connection: notTried(), 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [process()] })) },
    attach({ adapter: 'jdwp' }),
    'unknown',
  ],
  [
    'the right server, and no connection',
    { connection: timedOut(), 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })) },
    attach(),
    'unknown',
  ],
  [
    'the right server, and a refusal',
    { connection: failed('ECONNREFUSED'), 'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })) },
    attach(),
    'unknown',
  ],
  ['an unseen connection', {}, attach(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
