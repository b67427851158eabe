import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE, bindLoopback, lookAsRoot } from './path-remedies.js';
import { advise, by, fill, look, none, perSystem, run } from './plan.js';
import { tracingCauses } from './rights-tracing.js';
import { UNIX_LIKE, moveToFreePort, showPortOwner, showAuditDenials, showKernelDenials } from './shared.js';

/** Rights to bind, to connect, to open and to write. Those to trace a process are in rights-tracing.ts. */

/** Lets an ordinary user bind a low port. Node refuses inspector ports below 1024 even to root. */
function allowLowPort(args: FindingArgs): RemedyPlan[] {
  if (args.adapter === 'node') return [];
  const binary = fill(args.interpreter, 'binary');
  const limit = 'net.ipv4.ip_unprivileged_port_start';
  return [
    run('allow-low-port', ['setcap', 'cap_net_bind_service=+ep', binary], {
      risk: 'manual',
      needsElevation: true,
      undo: [{ kind: 'run', argv: ['setcap', '-r', binary] }],
    }),
    run('lower-port-limit', ['sysctl', '-w', `${limit}=${fill(args.port, 'port')}`], {
      risk: 'manual',
      needsElevation: true,
      undo: [{ kind: 'run', argv: ['sysctl', '-w', `${limit}=${args.limit ?? 1024}`] }],
    }),
  ];
}

/** Gives the port the SELinux label that the server's domain may bind. */
function labelPort(args: FindingArgs): RemedyPlan {
  const label = ['-t', '<port type>', '-p', 'tcp', fill(args.port, 'port')];
  return run('label-port', ['semanage', 'port', '-a', ...label], {
    risk: 'manual',
    needsElevation: true,
    undo: [{ kind: 'run', argv: ['semanage', 'port', '-d', ...label] }],
  });
}

const allowOutgoingConnections = run(
  'allow-outgoing-connections',
  ['setsebool', '-P', 'httpd_can_network_connect', 'on'],
  {
    risk: 'manual',
    needsElevation: true,
    undo: [{ kind: 'run', argv: ['setsebool', '-P', 'httpd_can_network_connect', 'off'] }],
  },
);

function reserveUrl(args: FindingArgs): RemedyPlan {
  const url = `url=http://+:${fill(args.port, 'port')}/`;
  return run('reserve-url', ['netsh', 'http', 'add', 'urlacl', url, `user=${fill(args.user, 'user')}`], {
    risk: 'manual',
    needsElevation: true,
    undo: [{ kind: 'run', argv: ['netsh', 'http', 'delete', 'urlacl', url] }],
  });
}

/** The groups of the account. Those of the running session can be older. */
function showGroups(args: FindingArgs): RemedyPlan {
  return look('show-groups', 'id', '--', fill(args.user, 'user'));
}

/** Hands the log's folder to the user who starts the server. */
function ownLogFolder(platform: Platform, args: FindingArgs): RemedyPlan {
  const folder = fill(args.directory, 'folder');
  const user = fill(args.user, 'user');
  const argv = platform === 'win32' ? ['icacls', folder, '/grant', `${user}:M`] : ['chown', '--', user, folder];
  return run('own-log-folder', argv, { risk: 'manual', needsElevation: true });
}

function showLogRights(platform: Platform, args: FindingArgs): RemedyPlan {
  const path = fill(args.file ?? args.directory, 'log file');
  if (platform === 'linux') return look('show-file-rights', 'namei', '-l', path);
  if (platform === 'darwin') return look('show-file-rights', 'ls', '-lde', '--', fill(args.directory, 'folder'));
  return look('show-file-rights', 'icacls', path);
}

export const rightsCauses = {
  ...tracingCauses,
  'privileged-port': {
    id: 'privileged-port',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 13 },
    platforms: UNIX_LIKE,
    remedies: by({
      linux: (args) => [
        ...moveToFreePort(args),
        ...allowLowPort(args),
        look('show-port-limit', 'sysctl', '-n', 'net.ipv4.ip_unprivileged_port_start'),
      ],
      darwin: (args) => [...moveToFreePort(args)],
      win32: none,
    }),
  },
  'selinux-denies-network': {
    id: 'selinux-denies-network',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 8 },
    platforms: ['linux'],
    remedies: by({
      linux: (args) => [
        ...moveToFreePort(args),
        labelPort(args),
        allowOutgoingConnections,
        showAuditDenials,
        lookAsRoot('show-port-labels', 'semanage', 'port', '-l'),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'windows-urlacl-missing': {
    id: 'windows-urlacl-missing',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 3 },
    platforms: ['win32'],
    remedies: by({
      linux: none,
      darwin: none,
      win32: (args) => [
        advise('listen-on-localhost-url'),
        reserveUrl(args),
        look('show-url-registrations', 'netsh', 'http', 'show', 'urlacl'),
      ],
    }),
  },
  'sandbox-confines-program': {
    id: 'sandbox-confines-program',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 6, 'server-exited': 1, 'process-not-attachable': 1 },
    platforms: ['darwin', 'linux', 'container'],
    remedies: by({
      linux: () => [advise('allow-in-sandbox'), showKernelDenials('apparmor="DENIED"')],
      darwin: () => [
        advise('allow-in-sandbox'),
        look('show-denials', 'log', 'show', '--last', '5m', '--predicate', 'eventMessage CONTAINS "deny("'),
      ],
      win32: none,
    }),
  },
  'policy-limits-bind-address': {
    id: 'policy-limits-bind-address',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 2, 'reason-not-stated': 1, 'connection-refused': 0 },
    platforms: ['win32', 'linux', 'darwin', 'container'],
    remedies: perSystem((platform, args) => [
      bindLoopback(args),
      advise('ask-policy-owner'),
      showPortOwner(platform, args),
    ]),
  },
  'usb-probe-access-denied': {
    id: 'usb-probe-access-denied',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 3, 'server-exited': 0, 'connection-refused': 0 },
    platforms: ['linux'],
    remedies: by({
      linux: () => [advise('install-udev-rule'), look('show-usb-devices', 'lsusb')],
      darwin: none,
      win32: none,
    }),
  },
  'user-not-in-socket-group': {
    id: 'user-not-in-socket-group',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 3 },
    platforms: ['linux'],
    remedies: by({
      linux: (args) => [
        advise('ask-for-group'),
        look('show-file-rights', 'ls', '-l', '--', fill(args.socketPath ?? args.file, 'socket file')),
        showGroups(args),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'group-membership-not-active': {
    id: 'group-membership-not-active',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 3, 'no-error-printed': 1 },
    platforms: ['linux', 'darwin'],
    remedies: by({
      linux: (args) => [advise('renew-session'), showGroups(args)],
      darwin: (args) => [advise('renew-session'), showGroups(args)],
      win32: none,
    }),
  },
  'log-file-not-writable': {
    id: 'log-file-not-writable',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 0, 'server-exited': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('use-writable-log'),
      ownLogFolder(platform, args),
      showLogRights(platform, args),
    ]),
  },
} satisfies Record<string, Cause>;
