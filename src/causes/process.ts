import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, everywhere, fill, look, perSystem } from './plan.js';
import { leftoverCauses } from './process-leftovers.js';
import { listWindowsProcesses, restartServer, showPortOwner, showProcess, startServer } from './shared.js';
import { useOwnProfile } from './tool.js';

/** Whether the server was started, came up, and is still answering. */

function showChildProcesses(platform: Platform, args: FindingArgs): RemedyPlan {
  const pid = fill(args.pid, 'pid');
  const id = 'show-child-processes';
  if (platform === 'linux') return look(id, 'pgrep', '-laf', '-P', pid);
  if (platform === 'darwin') return look(id, 'pgrep', '-lf', '-P', pid);
  return look(id, ...listWindowsProcesses(`ParentProcessId=${pid}`));
}

function showBrowsers(platform: Platform): RemedyPlan {
  const id = 'show-debug-processes';
  if (platform === 'linux') return look(id, 'pgrep', '-af', 'chrom');
  if (platform === 'darwin') return look(id, 'pgrep', '-fl', 'Chrom');
  return look(id, ...listWindowsProcesses("Name='chrome.exe'"));
}

export const processCauses = {
  ...leftoverCauses,
  'server-not-started': {
    id: 'server-not-started',
    hop: 'process',
    severity: 'error',
    symptoms: { 'connection-refused': 6, 'reason-not-stated': 2, 'unexpected-answer': 0, 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [startServer(platform, args), showPortOwner(platform, args)]),
  },
  'client-connects-too-early': {
    id: 'client-connects-too-early',
    hop: 'process',
    severity: 'error',
    symptoms: { 'connection-refused': 5, 'reason-not-stated': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('wait-for-listening-line'), showPortOwner(platform, args)]),
  },
  'startup-slower-than-timeout': {
    id: 'startup-slower-than-timeout',
    hop: 'process',
    severity: 'error',
    symptoms: { 'connection-refused': 4, 'server-exited': 1, 'no-client-connected': 0, 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('raise-start-timeout')]),
  },
  'server-crashed-at-start': {
    id: 'server-crashed-at-start',
    hop: 'process',
    severity: 'error',
    symptoms: { 'address-not-available': 1, 'server-exited': 1, 'reason-not-stated': 1 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('read-start-error')]),
  },
  'embedded-interpreter-spawns-host': {
    id: 'embedded-interpreter-spawns-host',
    hop: 'process',
    severity: 'error',
    symptoms: { 'no-client-connected': 5, 'timed-out': 1, 'no-error-printed': 1, 'address-in-use': 1 },
    platforms: ['win32', 'linux', 'darwin'],
    remedies: perSystem((platform, args) => [advise('name-python-interpreter'), showChildProcesses(platform, args)]),
  },
  'running-instance-absorbs-launch': {
    id: 'running-instance-absorbs-launch',
    hop: 'process',
    severity: 'error',
    symptoms: { 'connection-refused': 2, 'server-exited': 1, 'reason-not-stated': 1 },
    platforms: ['linux', 'darwin', 'win32'],
    remedies: perSystem((platform, args) => [
      useOwnProfile(args),
      advise('close-running-instances'),
      showBrowsers(platform),
    ]),
  },
  'orchestrator-probe-kills-paused-process': {
    id: 'orchestrator-probe-kills-paused-process',
    hop: 'process',
    severity: 'error',
    symptoms: { 'unexpected-answer': 1, 'no-error-printed': 1, 'connection-reset': 0 },
    platforms: ['container'],
    remedies: everywhere(() => [
      advise('relax-liveness-probe'),
      look('show-pod-events', 'kubectl', 'describe', 'pod', '<pod>'),
    ]),
  },
  'debug-server-wedged': {
    id: 'debug-server-wedged',
    hop: 'process',
    severity: 'error',
    symptoms: { 'timed-out': 0, 'no-client-connected': 0, 'closed-without-answer': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      restartServer(platform, args),
      startServer(platform, args),
      advise('keep-port-checkers-away'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'server-not-accepting': {
    id: 'server-not-accepting',
    hop: 'process',
    severity: 'error',
    symptoms: { 'timed-out': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('inspect-busy-server'),
      restartServer(platform, args),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'server-continued-without-debugger': {
    id: 'server-continued-without-debugger',
    hop: 'process',
    severity: 'error',
    symptoms: { 'connection-refused': 0, 'address-in-use': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      advise('restart-with-debugger'),
      startServer(platform, args),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
} satisfies Record<string, Cause>;
