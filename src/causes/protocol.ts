import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, everywhere, look, perSystem } from './plan.js';
import { endpointOf, showPortOwner, showProcess, startServer } from './shared.js';

/** Where the DevTools protocol says which program and version answers. */
function versionUrl(args: FindingArgs): string {
  return `http://${endpointOf(args)}/json/version`;
}

/** Only for inspector ports: other debug servers take a request for a client, and some never recover from it. */
function askDevtools(args: FindingArgs): RemedyPlan[] {
  return args.adapter === 'node' ? [look('ask-devtools', 'curl', '-sS', '-m', '3', versionUrl(args))] : [];
}

/** The version of the debugger, debugpy when the case does not tell which one it is. */
function showVersions(platform: Platform, args: FindingArgs): RemedyPlan[] {
  const id = 'show-versions';
  switch (args.adapter) {
    case undefined:
    case 'debugpy':
      return [
        look(id, args.interpreter ?? (platform === 'win32' ? 'python' : 'python3'), '-m', 'debugpy', '--version'),
      ];
    case 'delve':
      return [look(id, 'dlv', 'version')];
    case 'node':
      return [look(id, 'node', '--version')];
    case 'jdwp':
      return [look(id, 'java', '-version')];
    default:
      return [];
  }
}

export const protocolCauses = {
  'client-speaks-other-protocol': {
    id: 'client-speaks-other-protocol',
    hop: 'protocol',
    severity: 'error',
    symptoms: { 'unexpected-answer': 5, 'closed-without-answer': 3, 'timed-out': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('match-client-and-port'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'port-answered-by-other-program': {
    id: 'port-answered-by-other-program',
    hop: 'protocol',
    severity: 'error',
    symptoms: { 'unexpected-answer': 2, 'no-error-printed': 2, 'reason-not-stated': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('use-another-port'),
      startServer(platform, args),
      ...askDevtools(args),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'legacy-debug-protocol': {
    id: 'legacy-debug-protocol',
    hop: 'protocol',
    severity: 'error',
    symptoms: { 'connection-refused': 3, 'unexpected-answer': 2, 'invalid-argument': 1, 'server-exited': 0 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('use-inspector-protocol'), look('show-versions', 'node', '--version')]),
  },
  'versions-incompatible': {
    id: 'versions-incompatible',
    hop: 'protocol',
    severity: 'error',
    symptoms: { 'unexpected-answer': 10, 'no-error-printed': 5, 'invalid-argument': 1, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('align-versions'), ...showVersions(platform, args)]),
  },
  'host-header-rejected': {
    id: 'host-header-rejected',
    hop: 'protocol',
    severity: 'error',
    symptoms: { 'unexpected-answer': 4, 'reason-not-stated': 1 },
    platforms: ANYWHERE,
    remedies: everywhere((args) => [
      advise('dial-by-address'),
      look('ask-devtools', 'curl', '-sS', '-m', '3', '-H', 'Host: localhost', versionUrl(args)),
    ]),
  },
} satisfies Record<string, Cause>;
