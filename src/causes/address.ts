import type { Cause, FindingArgs } from '../model/cause.js';
import type { RemedyPlan } from '../model/remedy.js';
import {
  ANYWHERE,
  bindEveryAddress,
  bindLoopback,
  dialListener,
  showAddresses,
  showContainerListeners,
  showPublishedPorts,
  showRoute,
} from './path-remedies.js';
import { advise, by, fill, look, none, perSystem, run } from './plan.js';
import { showPortOwner } from './shared.js';

/** The IPv4 address that means the same: every address stays every address, anything else becomes loopback. */
function useIpv4(args: FindingArgs): RemedyPlan {
  return args.host === '::' ? bindEveryAddress(args) : bindLoopback(args);
}

/** The port of the server's own loopback, brought to this machine through ssh. */
function tunnelOverSsh(args: FindingArgs): RemedyPlan {
  const port = fill(args.port, 'port');
  const forward = `127.0.0.1:${port}:127.0.0.1:${port}`;
  return run('tunnel-over-ssh', ['ssh', '-N', '-L', forward, '--', fill(args.host, 'server')], { risk: 'manual' });
}

/** A relay beside the browser: from every address of the container to the loopback port. */
function forwardInsideContainer(args: FindingArgs): RemedyPlan {
  const container = fill(args.container, 'container');
  const listen = `TCP-LISTEN:${fill(args.freePort, 'free-port')},fork,reuseaddr`;
  const relay = ['socat', listen, `TCP:127.0.0.1:${fill(args.port, 'port')}`];
  return run('forward-inside-container', ['docker', 'exec', '-d', container, ...relay], { risk: 'manual' });
}

function addLoopbackAlias(args: FindingArgs): RemedyPlan {
  const address = fill(args.address ?? args.host, 'address');
  return run('add-loopback-alias', ['ifconfig', 'lo0', 'alias', address, 'up'], {
    risk: 'reversible',
    needsElevation: true,
    undo: [{ kind: 'run', argv: ['ifconfig', 'lo0', '-alias', address] }],
  });
}

const enableIpv6: RemedyPlan = run('enable-ipv6', ['sysctl', '-w', 'net.ipv6.conf.all.disable_ipv6=0'], {
  risk: 'manual',
  needsElevation: true,
  undo: [{ kind: 'run', argv: ['sysctl', '-w', 'net.ipv6.conf.all.disable_ipv6=1'] }],
});

export const addressCauses = {
  'address-not-on-this-machine': {
    id: 'address-not-on-this-machine',
    hop: 'address',
    severity: 'error',
    symptoms: { 'address-not-available': 9, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      bindLoopback(args),
      ...(platform === 'linux' ? [advise('wait-for-address')] : []),
      showAddresses(platform, args),
    ]),
  },
  'macos-loopback-alias-missing': {
    id: 'macos-loopback-alias-missing',
    hop: 'address',
    severity: 'error',
    symptoms: { 'address-not-available': 3 },
    platforms: ['darwin'],
    remedies: by({
      linux: none,
      darwin: (args) => [bindLoopback(args), addLoopbackAlias(args), showAddresses('darwin', args)],
      win32: none,
    }),
  },
  'ipv6-disabled': {
    id: 'ipv6-disabled',
    hop: 'address',
    severity: 'error',
    symptoms: { 'address-family-not-supported': 9, 'address-not-available': 6, 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: by({
      linux: (args) => [
        useIpv4(args),
        enableIpv6,
        look('show-ipv6-state', 'sysctl', '-n', 'net.ipv6.conf.all.disable_ipv6'),
      ],
      darwin: (args) => [useIpv4(args), showAddresses('darwin', args)],
      win32: (args) => [useIpv4(args), showAddresses('win32', args)],
    }),
  },
  'client-dials-wildcard-address': {
    id: 'client-dials-wildcard-address',
    hop: 'address',
    severity: 'error',
    symptoms: { 'address-not-available': 4, 'connection-refused': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [dialListener(args, args.host), showPortOwner(platform, args)]),
  },
  'localhost-means-the-container': {
    id: 'localhost-means-the-container',
    hop: 'address',
    severity: 'error',
    symptoms: { 'connection-refused': 5, 'name-not-resolved': 1 },
    platforms: ['container'],
    remedies: perSystem((platform, args) => [advise('dial-host-from-container'), showPortOwner(platform, args)]),
  },
  'client-dials-wrong-host': {
    id: 'client-dials-wrong-host',
    hop: 'address',
    severity: 'error',
    symptoms: { 'reason-not-stated': 6, 'timed-out': 1, 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      dialListener(args),
      showRoute(platform, args.address),
      showPublishedPorts(args),
    ]),
  },
  'loopback-bind-in-container': {
    id: 'loopback-bind-in-container',
    hop: 'address',
    severity: 'error',
    symptoms: {
      'no-error-printed': 10,
      'connection-refused': 6,
      'closed-without-answer': 5,
      'reason-not-stated': 2,
      'connection-reset': 1,
      'server-exited': 1,
      'timed-out': 0,
      'unexpected-answer': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((_platform, args) => [
      bindEveryAddress(args),
      showContainerListeners(args),
      showPublishedPorts(args),
    ]),
  },
  'server-bound-to-unreachable-address': {
    id: 'server-bound-to-unreachable-address',
    hop: 'address',
    severity: 'error',
    symptoms: { 'connection-refused': 3, 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...(args.otherAddress === undefined ? [] : [dialListener(args)]),
      tunnelOverSsh(args),
      advise('bind-every-address'),
      showPortOwner(platform, args),
    ]),
  },
  'debug-address-flag-ignored': {
    id: 'debug-address-flag-ignored',
    hop: 'address',
    severity: 'error',
    symptoms: { 'no-error-printed': 2, 'connection-refused': 1 },
    platforms: ['linux', 'container'],
    remedies: perSystem((_platform, args) => [
      ...(args.otherAddress === undefined ? [] : [dialListener(args), tunnelOverSsh(args)]),
      forwardInsideContainer(args),
      showContainerListeners(args),
    ]),
  },
  'client-and-server-use-different-sockets': {
    id: 'client-and-server-use-different-sockets',
    hop: 'address',
    severity: 'error',
    symptoms: {
      'socket-file-missing': 5,
      'reason-not-stated': 2,
      'no-error-printed': 1,
      'connection-refused': 0,
    },
    platforms: ['linux', 'darwin', 'wsl', 'container'],
    remedies: by({
      linux: () => [
        advise('use-same-socket'),
        look('list-unix-sockets', 'ss', '-H', '-lx'),
        look('show-docker-contexts', 'docker', 'context', 'ls'),
      ],
      darwin: () => [
        advise('use-same-socket'),
        look('list-unix-sockets', 'lsof', '-nP', '-U'),
        look('show-docker-contexts', 'docker', 'context', 'ls'),
      ],
      win32: none,
    }),
  },
  'unix-socket-path-too-long': {
    id: 'unix-socket-path-too-long',
    hop: 'address',
    severity: 'error',
    symptoms: { 'path-too-long': 6, 'invalid-argument': 1, 'no-error-printed': 1 },
    platforms: ['linux', 'darwin', 'wsl', 'container'],
    remedies: by({
      linux: () => [advise('shorten-socket-path')],
      darwin: () => [advise('shorten-socket-path')],
      win32: none,
    }),
  },
} satisfies Record<string, Cause>;
