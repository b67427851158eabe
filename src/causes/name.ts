import type { Cause } from '../model/cause.js';
import { ANYWHERE, bindLoopback, dialListener, resolveName } from './path-remedies.js';
import { advise, by, fill, look, none, perSystem } from './plan.js';
import { showPortOwner } from './shared.js';

export const nameCauses = {
  'localhost-entry-broken': {
    id: 'localhost-entry-broken',
    hop: 'name',
    severity: 'error',
    symptoms: {
      'name-not-resolved': 5,
      'address-not-available': 5,
      'address-in-use': 4,
      'server-exited': 1,
      'timed-out': 1,
      'connection-refused': 1,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      bindLoopback(args),
      advise('repair-hosts-file'),
      resolveName(platform, args),
    ]),
  },
  'service-name-resolves-wrongly': {
    id: 'service-name-resolves-wrongly',
    hop: 'name',
    severity: 'error',
    symptoms: { 'name-not-resolved': 1, 'connection-refused': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('repair-hosts-file'),
      advise('use-known-name'),
      resolveName(platform, args),
    ]),
  },
  'host-docker-internal-missing': {
    id: 'host-docker-internal-missing',
    hop: 'name',
    severity: 'error',
    symptoms: {
      'reason-not-stated': 2,
      'name-not-resolved': 1,
      'server-exited': 1,
      'connection-refused': 1,
      'timed-out': 0,
    },
    platforms: ['linux', 'wsl', 'container'],
    remedies: by({
      linux: (args) => [
        advise('add-host-gateway'),
        look(
          'resolve-name-in-container',
          'docker',
          'exec',
          fill(args.container, 'container'),
          'getent',
          'hosts',
          'host.docker.internal',
        ),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'localhost-resolves-to-other-family': {
    id: 'localhost-resolves-to-other-family',
    hop: 'name',
    severity: 'error',
    symptoms: {
      'connection-refused': 5,
      'timed-out': 2,
      'no-error-printed': 2,
      'reason-not-stated': 2,
      'closed-without-answer': 1,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      dialListener(args),
      showPortOwner(platform, args),
      resolveName(platform, args),
    ]),
  },
  'name-does-not-resolve': {
    id: 'name-does-not-resolve',
    hop: 'name',
    severity: 'error',
    symptoms: { 'name-not-resolved': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('use-known-name'), resolveName(platform, args)]),
  },
} satisfies Record<string, Cause>;
