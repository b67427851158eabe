import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, by, fill, look, none, perSystem, run } from './plan.js';
import { UNIX_LIKE, showDynamicPorts, showOpenFiles, showPortSockets } from './shared.js';

/** More local ports for outgoing connections. macOS gives out enough of them. */
function widenDynamicRange(platform: Platform): RemedyPlan[] {
  if (platform === 'darwin') return [];
  const argv =
    platform === 'linux'
      ? ['sysctl', '-w', 'net.ipv4.ip_local_port_range=15000 60999']
      : ['netsh', 'interface', 'ipv4', 'set', 'dynamicport', 'tcp', 'start=20000', 'num=45535'];
  return [run('widen-dynamic-range', argv, { risk: 'manual', needsElevation: true })];
}

function showSocketCount(platform: Platform): RemedyPlan {
  return platform === 'linux' ? look('show-socket-count', 'ss', '-s') : look('show-socket-count', 'netstat', '-an');
}

/** Raises the soft limit of the running process; its hard limit is not among our facts. */
function raiseOpenFileLimit(args: FindingArgs): RemedyPlan {
  const argv = ['prlimit', '--pid', fill(args.pid, 'pid'), '--nofile=<higher limit>:'];
  return run('raise-open-file-limit', argv, { risk: 'manual' });
}

function showFreeSpace(platform: Platform, args: FindingArgs): RemedyPlan {
  if (platform === 'win32') return look('show-free-space', 'fsutil', 'volume', 'diskfree', '<drive>');
  return look('show-free-space', 'df', '-hP', '--', fill(args.directory ?? args.file, 'folder'));
}

export const resourcesCauses = {
  'ephemeral-ports-exhausted': {
    id: 'ephemeral-ports-exhausted',
    hop: 'resources',
    severity: 'error',
    symptoms: { 'address-in-use': 5, 'resource-exhausted': 3, 'address-not-available': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform) => [
      advise('wait-for-closed-connections'),
      advise('reuse-connections'),
      ...widenDynamicRange(platform),
      showSocketCount(platform),
      showDynamicPorts(platform),
    ]),
  },
  'file-descriptors-exhausted': {
    id: 'file-descriptors-exhausted',
    hop: 'resources',
    severity: 'error',
    symptoms: { 'resource-exhausted': 3, 'name-not-resolved': 1, 'connection-refused': 1, 'connection-reset': 0 },
    platforms: UNIX_LIKE,
    remedies: by({
      linux: (args) => [
        raiseOpenFileLimit(args),
        advise('raise-limit-for-good'),
        look('show-file-limit', 'prlimit', '--pid', fill(args.pid, 'pid'), '--nofile'),
      ],
      darwin: (args) => [advise('raise-limit-for-good'), showOpenFiles(args)],
      win32: none,
    }),
  },
  'server-connection-limit-reached': {
    id: 'server-connection-limit-reached',
    hop: 'resources',
    severity: 'error',
    symptoms: { 'resource-exhausted': 5, 'closed-without-answer': 1, 'permission-denied': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('close-leaked-connections'),
      advise('raise-connection-limit'),
      showPortSockets(platform, args),
    ]),
  },
  'disk-full': {
    id: 'disk-full',
    hop: 'resources',
    severity: 'error',
    symptoms: { 'resource-exhausted': 0, 'server-exited': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('free-disk-space'), showFreeSpace(platform, args)]),
  },
} satisfies Record<string, Cause>;
