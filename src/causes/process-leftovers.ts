import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, look, perSystem } from './plan.js';
import {
  UNIX_LIKE,
  endOrphanedAdapter,
  endPortOwner,
  listWindowsProcesses,
  moveToFreePort,
  onUnix,
  removeStaleFile,
  resumeProcess,
  showPortOwner,
  showPortSockets,
  showProcess,
} from './shared.js';

/** What an earlier or a second start left on the port. */

/** An adapter whose program is gone is ended first, since nobody loses anything; else moving away comes first. */
function orphanedAdapter(platform: Platform, args: FindingArgs): RemedyPlan[] {
  const end = endOrphanedAdapter(platform, args);
  const changes =
    args.programGone === true
      ? [...end, ...moveToFreePort(args)]
      : [...moveToFreePort(args), advise('attach-to-running-server'), ...end];
  return [...changes, showDebugProcesses(platform), showProcess(platform, args)];
}

function showDebugProcesses(platform: Platform): RemedyPlan {
  const id = 'show-debug-processes';
  if (platform === 'linux') return look(id, 'pgrep', '-af', 'debugpy/adapter');
  if (platform === 'darwin') return look(id, 'pgrep', '-fl', 'debugpy/adapter');
  return look(id, ...listWindowsProcesses("CommandLine LIKE '%debugpy%adapter%'"));
}

/**
 * A free port is only known when a server is to be started here: then the job stands in its way, and to let it go on
 * would change nothing. Otherwise it is the wanted server itself, and going on is the cure.
 */
function suspendedJob(platform: Platform, args: FindingArgs): RemedyPlan[] {
  const changes =
    args.freePort === undefined
      ? [...resumeProcess(args), advise('end-suspended-job')]
      : [...moveToFreePort(args), advise('end-suspended-job'), ...endPortOwner(platform, args)];
  return [...changes, showProcess(platform, args)];
}

export const leftoverCauses = {
  'previous-run-still-listening': {
    id: 'previous-run-still-listening',
    hop: 'process',
    severity: 'error',
    symptoms: {
      'address-in-use': 21,
      'connection-refused': 1,
      'reason-not-stated': 1,
      'server-exited': 0,
      'no-error-printed': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      ...endPortOwner(platform, args),
      advise('stop-whole-group'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'orphaned-debug-adapter-holds-port': {
    id: 'orphaned-debug-adapter-holds-port',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 4, 'already-running': 1, 'no-error-printed': 0, 'connection-refused': 0 },
    platforms: ANYWHERE,
    remedies: perSystem(orphanedAdapter),
  },
  'suspended-job-holds-port': {
    id: 'suspended-job-holds-port',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 1, 'timed-out': 0 },
    platforms: UNIX_LIKE,
    remedies: onUnix(suspendedJob),
  },
  'old-instance-still-closing': {
    id: 'old-instance-still-closing',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 14, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('wait-and-start-again'),
      advise('close-attached-client'),
      advise('lengthen-restart-pause'),
      showPortSockets(platform, args),
    ]),
  },
  'reloader-child-listens-again': {
    id: 'reloader-child-listens-again',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 4 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('disable-reloader'),
      advise('listen-in-one-process'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'workers-share-one-debug-port': {
    id: 'workers-share-one-debug-port',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 10, 'no-client-connected': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('listen-in-one-process'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'listens-twice-in-one-program': {
    id: 'listens-twice-in-one-program',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 7, 'invalid-argument': 2, 'already-running': 1, 'no-error-printed': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('listen-once'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'listener-socket-inherited-by-helper': {
    id: 'listener-socket-inherited-by-helper',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 5 },
    platforms: UNIX_LIKE,
    remedies: onUnix((platform, args) => [
      ...moveToFreePort(args),
      ...endPortOwner(platform, args),
      advise('close-listener-on-exec'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'server-already-running': {
    id: 'server-already-running',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-in-use': 5, 'already-running': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('attach-to-running-server'),
      ...moveToFreePort(args),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'stale-pid-file': {
    id: 'stale-pid-file',
    hop: 'process',
    severity: 'error',
    symptoms: { 'already-running': 10 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...(platform === 'win32' ? [] : [removeStaleFile(args)]),
      advise('remove-file-at-start'),
      showProcess(platform, args),
    ]),
  },
} satisfies Record<string, Cause>;
