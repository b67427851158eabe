import { expect, it } from 'vitest';
import check from '../../checks/server-uses-no-unix-socket.js';
import type { DebugServer } from '../../src/model/facts.js';
import { answered, attach, failed, firstArgs, server, socket, sockets, verdict, type Seen } from './facts.js';

const PATH = '/tmp/ruby-debug-sock-0/ruby-debug-ada-1';
const ON_PATH = server({ adapter: 'rdbg', listens: [], socketPath: PATH });
const ON_PORT = server({ adapter: 'rdbg' });
const TARGET = attach({ adapter: 'rdbg' });

function refused(...servers: DebugServer[]): Seen {
  return {
    connection: failed('ECONNREFUSED'),
    'port-sockets': sockets(),
    'debug-servers': { servers, someHidden: false },
  };
}

it.each<[string, Seen, string]>([
  ['a server on a path', refused(ON_PATH), 'client-and-server-use-different-sockets likely'],
  ['another one on a port as well', refused(ON_PATH, ON_PORT), 'pass'],
  ['no server', refused(), 'pass'],
  ['a server of another kind', refused(server({ listens: [], socketPath: PATH })), 'pass'],
  ['a listener', { ...refused(ON_PATH), 'port-sockets': sockets(socket('127.0.0.1')) }, 'pass'],
  ['an answer', { ...refused(ON_PATH), connection: answered() }, 'pass'],
  ['nothing seen', {}, 'unknown'],
])('%s', (_, seen, expected) => {
  expect(verdict(check, seen, TARGET)).toBe(expected);
});

it('names the path', () => {
  expect(firstArgs(check, refused(ON_PATH), TARGET)).toMatchObject({ otherAddress: PATH });
  expect(check.appliesTo(attach())).toBe(false);
});
