import type { Cause, FindingArgs } from '../model/cause.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE, showFileType } from './path-remedies.js';
import { advise, by, everywhere, look, none, perSystem, plan } from './plan.js';
import { moveToFreePort, showPortOwner, showProcess, startServer } from './shared.js';

/** Writes the port where the wanted server listens into the client's configuration. */
function useServerPort(args: FindingArgs): RemedyPlan {
  const { configFile, portKeyPath, port, otherPort } = args;
  if (configFile === undefined || portKeyPath === undefined || port === undefined || otherPort === undefined) {
    return advise('use-server-port');
  }
  return plan('use-server-port', [{ kind: 'edit', file: configFile, keyPath: portKeyPath, value: otherPort }], {
    risk: 'reversible',
    undo: [{ kind: 'edit', file: configFile, keyPath: portKeyPath, value: port }],
  });
}

export const configCauses = {
  'invalid-address-syntax': {
    id: 'invalid-address-syntax',
    hop: 'config',
    severity: 'error',
    symptoms: { 'invalid-argument': 4, 'name-not-resolved': 1, 'connection-refused': 1, 'reason-not-stated': 1 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('write-plain-address')]),
  },
  'wrong-port': {
    id: 'wrong-port',
    hop: 'config',
    severity: 'error',
    symptoms: {
      'connection-refused': 6,
      'reason-not-stated': 4,
      'no-error-printed': 1,
      'permission-denied': 1,
      'address-in-use': 1,
      'timed-out': 0,
      'unexpected-answer': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [useServerPort(args), showPortOwner(platform, args)]),
  },
  'debug-flag-not-applied': {
    id: 'debug-flag-not-applied',
    hop: 'config',
    severity: 'error',
    symptoms: { 'connection-refused': 5, 'invalid-argument': 1, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) =>
      args.adapter === 'xdebug'
        ? [advise('call-the-editor')]
        : [startServer(platform, args), advise('attach-by-pid'), showProcess(platform, args)],
    ),
  },
  'debug-options-inherited-by-child': {
    id: 'debug-options-inherited-by-child',
    hop: 'config',
    severity: 'error',
    symptoms: { 'address-in-use': 11, 'connection-refused': 3 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('limit-debug-option'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'injected-debugger-path-broken': {
    id: 'injected-debugger-path-broken',
    hop: 'config',
    severity: 'error',
    symptoms: { 'dependency-missing': 5 },
    platforms: ANYWHERE,
    remedies: perSystem((platform) => [
      advise('reset-injected-options'),
      platform === 'win32'
        ? look('show-injected-options', 'cmd', '/d', '/c', 'set', 'NODE_OPTIONS')
        : look('show-injected-options', 'printenv', 'NODE_OPTIONS'),
    ]),
  },
  'child-environment-missing-systemroot': {
    id: 'child-environment-missing-systemroot',
    hop: 'config',
    severity: 'error',
    symptoms: { 'reason-not-stated': 3 },
    platforms: ['win32'],
    remedies: by({ linux: none, darwin: none, win32: () => [advise('pass-systemroot')] }),
  },
  'debug-roles-reversed': {
    id: 'debug-roles-reversed',
    hop: 'config',
    severity: 'error',
    symptoms: { 'address-in-use': 3 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('let-one-side-listen'), showPortOwner(platform, args)]),
  },
  'debug-target-misconfigured': {
    id: 'debug-target-misconfigured',
    hop: 'config',
    severity: 'error',
    symptoms: {
      'server-exited': 4,
      'dependency-missing': 1,
      'permission-denied': 1,
      'connection-refused': 1,
      'reason-not-stated': 1,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('name-real-program'), ...showFileType(platform, args)]),
  },
  'invalid-port-wrapped': {
    id: 'invalid-port-wrapped',
    hop: 'config',
    severity: 'error',
    symptoms: { 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [...moveToFreePort(args), showPortOwner(platform, args)]),
  },
  'configuration-file-broken': {
    id: 'configuration-file-broken',
    hop: 'config',
    severity: 'warning',
    symptoms: { 'reason-not-stated': 0, 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('repair-configuration-file')]),
  },
} satisfies Record<string, Cause>;
