import { expect, it } from 'vitest';
import check from '../../checks/browser-listens-where-it-was-told.js';
import {
  answered,
  attach,
  failed,
  network,
  OWN,
  process,
  REMOTE,
  resolution,
  server,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

function seen(options: readonly string[], dialled = OWN, listens = '127.0.0.1'): Seen {
  const own = server({ adapter: 'chrome', process: process({ command: ['/usr/bin/chromium', ...options] }) });
  return {
    connection: failed('ECONNREFUSED', dialled),
    'port-sockets': sockets(socket(listens, {}, { server: own })),
    resolution: resolution([dialled]),
    'local-network': network(),
  };
}

const EVERYWHERE = '--remote-debugging-address=0.0.0.0';

const CASES: readonly (readonly [string, Seen, string])[] = [
  ['the option in vain', seen([EVERYWHERE]), 'debug-address-flag-ignored certain'],
  ['an answer', { ...seen([EVERYWHERE]), connection: answered(OWN) }, 'pass'],
  ['the option, and a client on loopback', seen([EVERYWHERE], '127.0.0.1'), 'pass'],
  ['the option of an older browser, obeyed', seen([EVERYWHERE], OWN, '0.0.0.0'), 'pass'],
  ['loopback, as it was told', seen(['--remote-debugging-address=127.0.0.1']), 'pass'],
  ['no such option', seen([]), 'pass'],
  ['another machine', seen([EVERYWHERE], REMOTE), 'pass'],
  ['no listener', { ...seen([EVERYWHERE]), 'port-sockets': sockets() }, 'pass'],
  ['a listener that is no browser', { ...seen([]), 'port-sockets': sockets(socket('127.0.0.1')) }, 'pass'],
  ['unseen sockets', { connection: failed('ECONNREFUSED', OWN), resolution: resolution([OWN]) }, 'unknown'],
];

it.each(CASES)('%s', (_, facts, expected) => {
  expect(verdict(check, facts, attach({ adapter: 'chrome' }))).toBe(expected);
});
