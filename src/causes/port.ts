import type { Cause, FindingArgs } from '../model/cause.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, by, everywhere, fill, look, none, perSystem, run } from './plan.js';
import { portHolderCauses } from './port-holders.js';
import {
  UNIX_LIKE,
  moveToFreePort,
  removeStaleFile,
  showDynamicPorts,
  showPortOwner,
  showPortSockets,
  showProcess,
} from './shared.js';

/** The port itself: who else is on it, and what keeps it busy when nobody listens. */

/** Keeps the port out of the dynamic range. The value replaces the whole list, so a person repeats what is in it. */
function reserveDynamicPort(args: FindingArgs): RemedyPlan {
  const list = `net.ipv4.ip_local_reserved_ports=<present list>,${fill(args.port, 'port')}`;
  return run('reserve-dynamic-port', ['sysctl', '-w', list], { risk: 'manual', needsElevation: true });
}

function staleFile(args: FindingArgs): string {
  return fill(args.socketPath ?? args.file, 'file');
}

export const portCauses = {
  ...portHolderCauses,
  'overlapping-bind-address': {
    id: 'overlapping-bind-address',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 3, 'reason-not-stated': 2 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      advise('bind-one-address'),
      showPortOwner(platform, args),
    ]),
  },
  'two-servers-share-one-port': {
    id: 'two-servers-share-one-port',
    hop: 'port',
    severity: 'error',
    symptoms: { 'no-error-printed': 3, 'reason-not-stated': 2, 'unexpected-answer': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('keep-one-server'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'two-servers-configured-for-same-port': {
    id: 'two-servers-configured-for-same-port',
    hop: 'port',
    severity: 'warning',
    symptoms: { 'address-in-use': 14, 'server-exited': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'secondary-port-in-use': {
    id: 'secondary-port-in-use',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 6 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('separate-second-port'), showPortOwner(platform, args)]),
  },
  'fixed-port-in-ephemeral-range': {
    id: 'fixed-port-in-ephemeral-range',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 7, 'unexpected-answer': 1, 'no-error-printed': 1 },
    platforms: ANYWHERE,
    remedies: by({
      linux: (args) => [
        ...moveToFreePort(args),
        reserveDynamicPort(args),
        showPortSockets('linux', args),
        showDynamicPorts('linux'),
      ],
      darwin: (args) => [...moveToFreePort(args), showPortSockets('darwin', args), showDynamicPorts('darwin')],
      win32: (args) => [...moveToFreePort(args), showPortSockets('win32', args), showDynamicPorts('win32')],
    }),
  },
  'port-in-time-wait': {
    id: 'port-in-time-wait',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 10, 'reason-not-stated': 2 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('wait-and-start-again'),
      ...moveToFreePort(args),
      advise('set-reuse-address'),
      showPortSockets(platform, args),
    ]),
  },
  'free-port-taken-before-bind': {
    id: 'free-port-taken-before-bind',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 5 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('wait-and-start-again'), advise('bind-port-zero')]),
  },
  'stale-unix-socket-file': {
    id: 'stale-unix-socket-file',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 3, 'already-running': 1, 'connection-refused': 0 },
    platforms: UNIX_LIKE,
    remedies: by({
      linux: (args) => [removeStaleFile(args), look('show-file-owner', 'ss', '-H', '-lxp', 'src', staleFile(args))],
      darwin: (args) => [removeStaleFile(args), look('show-file-owner', 'lsof', '--', staleFile(args))],
      win32: none,
    }),
  },
  'bound-but-not-listening': {
    id: 'bound-but-not-listening',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 0, 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      advise('find-hidden-holder'),
      showPortSockets(platform, args),
    ]),
  },
} satisfies Record<string, Cause>;
