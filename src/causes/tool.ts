import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE, findProgram, showFileType } from './path-remedies.js';
import { advise, by, everywhere, fill, look, none, perSystem, run } from './plan.js';
import { showPortOwner } from './shared.js';

function pythonOf(platform: Platform, args: FindingArgs): string {
  return args.interpreter ?? (platform === 'win32' ? 'python' : 'python3');
}

/** Installs debugpy into exactly the interpreter that lacks it; never into one that a system package manager owns. */
function installDebugger(platform: Platform, args: FindingArgs): RemedyPlan {
  const python = pythonOf(platform, args);
  const sure = args.canInstall === true && args.interpreter !== undefined;
  return run('install-debugger', [python, '-m', 'pip', 'install', 'debugpy'], {
    risk: sure ? 'reversible' : 'manual',
    undo: [{ kind: 'run', argv: [python, '-m', 'pip', 'uninstall', '-y', 'debugpy'] }],
  });
}

export function useOwnProfile(args: FindingArgs): RemedyPlan {
  const browser = fill(args.command?.[0], 'browser');
  const port = `--remote-debugging-port=${fill(args.port, 'port')}`;
  return run('use-own-profile', [browser, port, `--user-data-dir=${fill(args.directory, 'new-directory')}`], {
    risk: 'manual',
  });
}

export const toolCauses = {
  'debugger-missing-in-interpreter': {
    id: 'debugger-missing-in-interpreter',
    hop: 'tool',
    severity: 'error',
    symptoms: { 'dependency-missing': 4 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) =>
      args.adapter === 'xdebug'
        ? [advise('load-xdebug')]
        : [
            installDebugger(platform, args),
            advise('use-other-interpreter'),
            look('show-debugger-version', pythonOf(platform, args), '-m', 'debugpy', '--version'),
          ],
    ),
  },
  'debugger-files-missing': {
    id: 'debugger-files-missing',
    hop: 'tool',
    severity: 'error',
    symptoms: {
      'dependency-missing': 5,
      'no-error-printed': 1,
      'process-not-attachable': 0,
      'server-exited': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform) => [advise('install-debugger-files'), findProgram(platform, 'gdb', 'lldb')]),
  },
  'architecture-mismatch': {
    id: 'architecture-mismatch',
    hop: 'tool',
    severity: 'error',
    symptoms: {
      'process-not-attachable': 2,
      'dependency-missing': 1,
      'unexpected-answer': 1,
      'no-error-printed': 1,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('match-architecture'), ...showFileType(platform, args)]),
  },
  'inspector-disabled-by-build': {
    id: 'inspector-disabled-by-build',
    hop: 'tool',
    severity: 'error',
    symptoms: { 'invalid-argument': 2, 'server-exited': 1, 'timed-out': 1 },
    platforms: ['linux', 'darwin', 'win32'],
    remedies: everywhere(() => [advise('use-development-build')]),
  },
  'chrome-default-profile-blocks-port': {
    id: 'chrome-default-profile-blocks-port',
    hop: 'tool',
    severity: 'error',
    symptoms: { 'reason-not-stated': 2, 'server-exited': 1, 'invalid-argument': 1, 'connection-refused': 1 },
    platforms: ['linux', 'darwin', 'win32'],
    remedies: everywhere((args) => [useOwnProfile(args)]),
  },
  'tool-version-broken': {
    id: 'tool-version-broken',
    hop: 'tool',
    severity: 'error',
    symptoms: {
      'server-exited': 4,
      'reason-not-stated': 2,
      'address-in-use': 2,
      'connection-reset': 1,
      'process-not-attachable': 1,
      'invalid-argument': 1,
      'connection-refused': 0,
    },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('change-tool-version')]),
  },
  'platform-lacks-socket-feature': {
    id: 'platform-lacks-socket-feature',
    hop: 'tool',
    severity: 'error',
    symptoms: { 'invalid-argument': 2, 'address-in-use': 1 },
    platforms: ANYWHERE,
    remedies: everywhere(() => [advise('avoid-socket-feature')]),
  },
  'core-pattern-set-by-host': {
    id: 'core-pattern-set-by-host',
    hop: 'tool',
    severity: 'warning',
    symptoms: { 'reason-not-stated': 2 },
    platforms: ['linux', 'container'],
    remedies: by({
      linux: () => [advise('set-core-pattern'), look('show-core-pattern', 'cat', '/proc/sys/kernel/core_pattern')],
      darwin: none,
      win32: none,
    }),
  },
  undetermined: {
    id: 'undetermined',
    hop: 'tool',
    severity: 'error',
    symptoms: { 'permission-denied': 3, 'address-in-use': 2, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [advise('collect-facts'), showPortOwner(platform, args)]),
  },
  'interpreter-not-found': {
    id: 'interpreter-not-found',
    hop: 'tool',
    severity: 'error',
    symptoms: { 'dependency-missing': 0, 'server-exited': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => {
      const program = fill(args.interpreter ?? args.command?.[0], 'program');
      // `where` takes names, no paths.
      const searchable = platform !== 'win32' || !/[\\/:]/.test(program);
      return [advise('correct-program-path'), ...(searchable ? [findProgram(platform, program)] : [])];
    }),
  },
} satisfies Record<string, Cause>;
