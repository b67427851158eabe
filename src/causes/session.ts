import type { Cause } from '../model/cause.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, by, everywhere, none, perSystem } from './plan.js';
import { showOpenFiles, showPortOwner, showPortSockets, startServer } from './shared.js';

export const sessionCauses = {
  'single-client-server-used-up': {
    id: 'single-client-server-used-up',
    hop: 'session',
    severity: 'error',
    symptoms: { 'connection-refused': 3, 'closed-without-answer': 2, 'no-client-connected': 1, 'no-error-printed': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('close-attached-client'),
      startServer(platform, args),
      advise('allow-several-clients'),
      advise('keep-port-checkers-away'),
      showPortSockets(platform, args),
    ]),
  },
  'listen-backlog-too-small': {
    id: 'listen-backlog-too-small',
    hop: 'session',
    severity: 'error',
    symptoms: { 'connection-refused': 3, 'no-client-connected': 0, 'timed-out': 0 },
    platforms: ['linux', 'darwin', 'win32', 'wsl'],
    remedies: perSystem((platform, args) => [advise('upgrade-debug-server'), showPortOwner(platform, args)]),
  },
  'monkey-patched-sockets': {
    id: 'monkey-patched-sockets',
    hop: 'session',
    severity: 'error',
    symptoms: { 'no-error-printed': 2, 'timed-out': 1 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('enable-gevent-support')]),
  },
  'socket-hook-intercepts-loopback': {
    id: 'socket-hook-intercepts-loopback',
    hop: 'session',
    severity: 'error',
    symptoms: { 'reason-not-stated': 2, 'invalid-argument': 1, 'connection-refused': 0 },
    platforms: ['linux', 'darwin', 'container'],
    remedies: by({
      linux: (args) => [advise('exclude-debug-port-from-hook'), showOpenFiles(args)],
      darwin: (args) => [advise('exclude-debug-port-from-hook'), showOpenFiles(args)],
      win32: none,
    }),
  },
  'debug-port-exposed': {
    id: 'debug-port-exposed',
    hop: 'session',
    severity: 'warning',
    symptoms: { 'no-error-printed': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('limit-debug-clients'), showPortOwner(platform, args)]),
  },
} satisfies Record<string, Cause>;
