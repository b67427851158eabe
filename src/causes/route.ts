import type { Cause, FindingArgs } from '../model/cause.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE, dialListener, lookAsRoot, showPublishedPorts, showRoute } from './path-remedies.js';
import { advise, by, everywhere, fill, look, none, perSystem, run } from './plan.js';
import { showPortOwner } from './shared.js';

/** The sockets in the network namespace where the server lives. */
function showNamespaceListeners(args: FindingArgs): RemedyPlan {
  const inside = ['ss', '-H', '-ltn', `sport = :${fill(args.port, 'port')}`];
  return lookAsRoot('show-namespace-listeners', 'nsenter', '-t', fill(args.pid, 'pid'), '-n', ...inside);
}

/** Brings a Windows port to the virtual machine of WSL. It listens on every address of Windows. */
function forwardPortToWsl(args: FindingArgs): RemedyPlan {
  const port = fill(args.port, 'port');
  const listen = ['listenaddress=0.0.0.0', `listenport=${port}`];
  const proxy = ['netsh', 'interface', 'portproxy'];
  const connect = [`connectaddress=${fill(args.otherAddress, 'wsl-address')}`, `connectport=${port}`];
  return run('forward-port-to-wsl', [...proxy, 'add', 'v4tov4', ...listen, ...connect], {
    risk: 'manual',
    needsElevation: true,
    undo: [{ kind: 'run', argv: [...proxy, 'delete', 'v4tov4', ...listen] }],
  });
}

const raiseLoopback = run('raise-loopback', ['ip', 'link', 'set', 'dev', 'lo', 'up'], {
  risk: 'manual',
  needsElevation: true,
});

export const routeCauses = {
  'local-network-stack-broken': {
    id: 'local-network-stack-broken',
    hop: 'route',
    severity: 'error',
    symptoms: {
      'address-not-available': 2,
      'connection-reset': 1,
      'timed-out': 1,
      'permission-denied': 1,
      'no-error-printed': 1,
      'connection-refused': 0,
    },
    platforms: ['linux', 'darwin', 'win32', 'wsl'],
    remedies: by({
      linux: () => [raiseLoopback, advise('exclude-from-vpn'), showRoute('linux', '127.0.0.1')],
      darwin: () => [advise('exclude-from-vpn'), showRoute('darwin', '127.0.0.1')],
      win32: () => [
        advise('exclude-from-vpn'),
        run('reset-winsock', ['netsh', 'winsock', 'reset'], { risk: 'manual', needsElevation: true }),
        showRoute('win32', '127.0.0.1'),
      ],
    }),
  },
  'vpn-or-subnet-overlap': {
    id: 'vpn-or-subnet-overlap',
    hop: 'route',
    severity: 'error',
    symptoms: {
      'reason-not-stated': 2,
      'resource-exhausted': 1,
      'timed-out': 1,
      'no-error-printed': 1,
      'connection-refused': 1,
      'network-unreachable': 0,
      'host-unreachable': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('exclude-from-vpn'), showRoute(platform, args.address)]),
  },
  'port-not-published': {
    id: 'port-not-published',
    hop: 'route',
    severity: 'error',
    symptoms: { 'connection-refused': 3, 'reason-not-stated': 2, 'process-not-attachable': 1, 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: everywhere((args) => [advise('publish-port'), showPublishedPorts(args)]),
  },
  'wsl2-nat-separates-loopback': {
    id: 'wsl2-nat-separates-loopback',
    hop: 'route',
    severity: 'error',
    symptoms: { 'no-error-printed': 4, 'connection-refused': 2, 'timed-out': 1, 'unexpected-answer': 1 },
    platforms: ['win32', 'wsl'],
    remedies: by({
      linux: () => [advise('stay-on-one-side-of-wsl'), look('show-route', 'ip', 'route', 'show', 'default')],
      darwin: none,
      win32: (args) => [advise('stay-on-one-side-of-wsl'), forwardPortToWsl(args)],
    }),
  },
  'wsl-localhost-relay-stale': {
    id: 'wsl-localhost-relay-stale',
    hop: 'route',
    severity: 'error',
    symptoms: {
      'connection-refused': 4,
      'connection-reset': 1,
      'no-error-printed': 1,
      'closed-without-answer': 0,
    },
    platforms: ['win32', 'wsl'],
    remedies: by({
      linux: (args) => [advise('dial-wsl-address'), showPortOwner('linux', args)],
      darwin: none,
      win32: (args) => [
        advise('dial-wsl-address'),
        run('restart-wsl', ['wsl', '--shutdown'], { risk: 'disruptive' }),
        showPortOwner('win32', args),
      ],
    }),
  },
  'wsl-loopback-registration-delay': {
    id: 'wsl-loopback-registration-delay',
    hop: 'route',
    severity: 'error',
    symptoms: { 'connection-refused': 2 },
    platforms: ['win32', 'wsl'],
    remedies: by({
      linux: () => [advise('retry-shortly')],
      darwin: none,
      win32: () => [advise('retry-shortly')],
    }),
  },
  'proxy-setting-misroutes-connection': {
    id: 'proxy-setting-misroutes-connection',
    hop: 'route',
    severity: 'error',
    symptoms: {
      'unexpected-answer': 3,
      'timed-out': 2,
      'no-error-printed': 2,
      'reason-not-stated': 2,
      'connection-refused': 0,
    },
    platforms: ANYWHERE,
    remedies: by({
      // Only the exceptions: the proxy's own value may hold a password.
      linux: () => [advise('except-loopback-from-proxy'), look('show-proxy', 'printenv', 'NO_PROXY', 'no_proxy')],
      darwin: () => [advise('except-loopback-from-proxy'), look('show-proxy', 'scutil', '--proxy')],
      win32: () => [advise('except-loopback-from-proxy'), look('show-proxy', 'netsh', 'winhttp', 'show', 'proxy')],
    }),
  },
  'ssh-forwarding-disabled': {
    id: 'ssh-forwarding-disabled',
    hop: 'route',
    severity: 'error',
    symptoms: { 'permission-denied': 4 },
    platforms: ANYWHERE,
    remedies: by({
      linux: () => [advise('allow-ssh-forwarding'), lookAsRoot('show-ssh-settings', 'sshd', '-T')],
      darwin: () => [advise('allow-ssh-forwarding'), lookAsRoot('show-ssh-settings', 'sshd', '-T')],
      win32: () => [advise('allow-ssh-forwarding')],
    }),
  },
  'forwarder-has-dead-upstream': {
    id: 'forwarder-has-dead-upstream',
    hop: 'route',
    severity: 'error',
    symptoms: {
      'closed-without-answer': 2,
      'connection-reset': 1,
      'timed-out': 1,
      'unexpected-answer': 1,
      'connection-refused': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('restart-far-end'), showPortOwner(platform, args)]),
  },
  'socket-on-shared-mount': {
    id: 'socket-on-shared-mount',
    hop: 'route',
    severity: 'error',
    symptoms: { 'invalid-argument': 2, 'permission-denied': 2, 'connection-refused': 1, 'reason-not-stated': 0 },
    platforms: ['darwin', 'win32', 'wsl', 'container'],
    remedies: by({
      linux: ({ directory }) => [
        advise('move-socket-to-local-path'),
        look('show-file-system', 'findmnt', '-n', '-o', 'FSTYPE', '--target', fill(directory, 'directory')),
      ],
      darwin: () => [advise('move-socket-to-local-path')],
      win32: () => [advise('move-socket-to-local-path')],
    }),
  },
  'docker-iptables-chain-missing': {
    id: 'docker-iptables-chain-missing',
    hop: 'route',
    severity: 'error',
    symptoms: { 'dependency-missing': 3 },
    platforms: ['linux'],
    remedies: by({
      linux: () => [
        run('restart-docker', ['systemctl', 'restart', 'docker'], { risk: 'disruptive', needsElevation: true }),
        lookAsRoot('show-docker-chain', 'iptables', '-t', 'nat', '-nL', 'DOCKER'),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'listens-in-other-network-namespace': {
    id: 'listens-in-other-network-namespace',
    hop: 'route',
    severity: 'error',
    symptoms: { 'connection-refused': 0, 'timed-out': 0 },
    platforms: ['linux', 'wsl', 'container'],
    remedies: by({
      linux: (args) => [advise('join-namespace'), showNamespaceListeners(args)],
      darwin: none,
      win32: none,
    }),
  },
  'no-route-to-host': {
    id: 'no-route-to-host',
    hop: 'route',
    severity: 'error',
    symptoms: { 'network-unreachable': 0, 'host-unreachable': 0, 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('correct-route'), showRoute(platform, args.address)]),
  },
  'forwarder-listens-on-other-family': {
    id: 'forwarder-listens-on-other-family',
    hop: 'route',
    severity: 'error',
    symptoms: { 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('name-forward-address'),
      ...(args.otherAddress === undefined ? [] : [dialListener(args)]),
      showPortOwner(platform, args),
    ]),
  },
} satisfies Record<string, Cause>;
