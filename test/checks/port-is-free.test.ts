import { expect, it } from 'vitest';
import check from '../../checks/port-is-free.js';
import type { Target } from '../../src/model/target.js';
import {
  bind,
  hit,
  identity,
  launch,
  process,
  server,
  socket,
  sockets,
  firstArgs,
  verdict,
  type Seen,
} from './facts.js';

const WAITING = socket('127.0.0.1', { state: 'TIME_WAIT', inode: 0 }, { processes: [] });
const NGINX = process({ name: 'nginx', command: ['nginx'] });
const RESOLVER = process({ name: 'systemd-resolve', command: ['/lib/systemd/systemd-resolved'] });
const RESOLVED = socket(
  '127.0.0.53',
  { local: { address: '127.0.0.53', family: 4, port: 53 } },
  { processes: [RESOLVER] },
);

function held(owner: ReturnType<typeof process>): ReturnType<typeof socket> {
  return socket('127.0.0.1', {}, { processes: [owner] });
}

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a free port', { bind: bind(null) }, launch(), 'pass'],
  [
    'a free port with connections in TIME_WAIT',
    { bind: bind(null), 'port-sockets': sockets(WAITING) },
    launch(),
    'pass',
  ],
  [
    'a reported error, and connections in TIME_WAIT',
    { bind: bind(null), 'port-sockets': sockets(WAITING), 'server-logs': { files: [], hits: [hit()] } },
    launch(),
    'port-in-time-wait likely',
  ],
  [
    'a logged error, and connections in TIME_WAIT',
    { bind: bind(null), 'port-sockets': sockets(WAITING), 'server-logs': { files: [], hits: [hit({ file: '/log' })] } },
    launch(),
    'pass',
  ],
  [
    'TIME_WAIT that keeps the port',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(WAITING) },
    launch(),
    'port-in-time-wait certain',
  ],
  [
    'a stranger',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(held(NGINX)), identity: identity() },
    launch(),
    'port-held-by-other-program certain',
  ],
  [
    'a stranger on every address',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(socket('0.0.0.0', {}, { processes: [NGINX] })) },
    launch(),
    'overlapping-bind-address certain',
  ],
  [
    'an unseen owner',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(socket('127.0.0.1', {}, { processes: [], hidden: true })) },
    launch(),
    'port-held-by-other-program likely',
  ],
  [
    'a service',
    {
      bind: bind('EADDRINUSE'),
      'port-sockets': sockets(held({ ...NGINX, unit: 'nginx.service' })),
      identity: identity(),
    },
    launch(),
    'port-held-by-managed-service certain',
  ],
  [
    'an editor',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(held({ ...NGINX, name: 'code' })), identity: identity() },
    launch(),
    'port-held-by-editor likely',
  ],
  [
    'a stopped job',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(held({ ...NGINX, state: 'T' })), identity: identity() },
    launch(),
    'suspended-job-holds-port certain',
  ],
  [
    'systemd for a socket unit',
    {
      bind: bind('EADDRINUSE'),
      'port-sockets': sockets(held({ ...NGINX, pid: 1, name: 'systemd' })),
      identity: identity(),
    },
    launch(),
    'systemd-socket-unit-owns-port certain',
  ],
  [
    'systemd-resolved',
    { bind: bind('EADDRINUSE', '127.0.0.53', 53), 'port-sockets': { port: 53, sockets: [RESOLVED] } },
    launch({ port: 53 }),
    'systemd-resolved-holds-port-53 certain',
  ],
  [
    'a previous run',
    {
      bind: bind('EADDRINUSE'),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })),
      identity: identity(),
    },
    launch(),
    'previous-run-still-listening certain',
  ],
  [
    'a debug server of another program',
    {
      bind: bind('EADDRINUSE'),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server() })),
      identity: identity(),
    },
    launch({ command: ['python3', 'other.py'] }),
    'previous-run-still-listening likely',
  ],
  [
    'a debug server of another user',
    {
      bind: bind('EADDRINUSE'),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ process: process({ uid: 7 }) }) })),
      identity: identity(),
    },
    launch(),
    'server-already-running likely',
  ],
  [
    'an orphaned adapter',
    {
      bind: bind('EADDRINUSE'),
      'port-sockets': sockets(socket('127.0.0.1', {}, { server: server({ programGone: true }) })),
      identity: identity(),
    },
    launch(),
    'orphaned-debug-adapter-holds-port certain',
  ],
  [
    'a listener on another address, which does not block',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(socket('127.0.0.2')) },
    launch(),
    'bound-but-not-listening certain',
  ],
  [
    'an outgoing connection',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets(socket('127.0.0.1', { state: 'ESTABLISHED' })) },
    launch(),
    'fixed-port-in-ephemeral-range certain',
  ],
  [
    'no socket in the tables',
    { bind: bind('EADDRINUSE'), 'port-sockets': sockets() },
    launch(),
    'bound-but-not-listening certain',
  ],
  ['a taken port and unseen sockets', { bind: bind('EADDRINUSE') }, launch(), 'unknown'],
  ['another error', { bind: bind('EACCES'), 'port-sockets': sockets() }, launch(), 'unknown'],
  ['no bind', {}, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it('tells the remedy who holds the port, and which one is free', () => {
  const seen = { bind: bind('EADDRINUSE'), 'port-sockets': sockets(held(NGINX)), identity: identity() };
  const known = {
    pid: NGINX.pid,
    startTime: NGINX.startTime,
    protectedProcess: false,
    freePort: 5679,
    detail: 'stranger',
  };
  expect(firstArgs(check, seen, launch())).toMatchObject(known);
});

it('protects an owner when nobody knows who we are', () => {
  const seen = { bind: bind('EADDRINUSE'), 'port-sockets': sockets(held(NGINX)) };
  expect(firstArgs(check, seen, launch())).toMatchObject({ protectedProcess: true });
});
