import type { Cause, FindingArgs } from '../model/cause.js';
import type { RemedyPlan } from '../model/remedy.js';
import { advise, by, fill, look, none, run } from './plan.js';
import { UNIX_LIKE, showAuditDenials, showKernelDenials } from './shared.js';

/** Rights to look into and to stop another process. */

const SCOPE = 'kernel.yama.ptrace_scope';

/** Weakens the protection of the whole machine until its next start, so never without a person. */
function lowerPtraceScope(args: FindingArgs): RemedyPlan {
  return run('lower-ptrace-scope', ['sysctl', '-w', `${SCOPE}=0`], {
    risk: 'manual',
    needsElevation: true,
    undo: [{ kind: 'run', argv: ['sysctl', '-w', `${SCOPE}=${args.limit ?? 1}`] }],
  });
}

function addDebugContainer(args: FindingArgs): RemedyPlan {
  const container = `--target=${fill(args.container, 'container')}`;
  const argv = ['kubectl', 'debug', '-it', '<pod>', '--image=<image>', container, '--profile=sysadmin'];
  return run('add-debug-container', argv, { risk: 'manual' });
}

/** Lines of /proc/PID/status: the tracer, the user, the process ids by namespace. */
function showProcessStatus(lines: string, args: FindingArgs): RemedyPlan {
  return look('show-process-status', 'grep', '-E', lines, `/proc/${fill(args.pid, 'pid')}/status`);
}

const enableDeveloperMode = run('enable-developer-mode', ['/usr/sbin/DevToolsSecurity', '-enable'], {
  risk: 'manual',
  needsElevation: true,
  undo: [{ kind: 'run', argv: ['/usr/sbin/DevToolsSecurity', '-disable'] }],
});

function joinDeveloperGroup(args: FindingArgs): RemedyPlan {
  const change = (flag: string) => [
    'dseditgroup',
    '-o',
    'edit',
    flag,
    fill(args.user, 'user'),
    '-t',
    'user',
    '_developer',
  ];
  return run('join-developer-group', change('-a'), {
    risk: 'manual',
    needsElevation: true,
    undo: [{ kind: 'run', argv: change('-d') }],
  });
}

function showCodeSignature(args: FindingArgs): RemedyPlan {
  return look('show-code-signature', 'codesign', '-d', '--entitlements', '-', fill(args.file, 'program'));
}

export const tracingCauses = {
  'lsm-denies-ptrace': {
    id: 'lsm-denies-ptrace',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 3, 'permission-denied': 0 },
    platforms: ['linux', 'container'],
    remedies: by({
      linux: () => [advise('relax-security-profile'), showKernelDenials('operation="ptrace"'), showAuditDenials],
      darwin: none,
      win32: none,
    }),
  },
  'ptrace-scope-restricted': {
    id: 'ptrace-scope-restricted',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 9, 'permission-denied': 1 },
    platforms: ['linux', 'wsl', 'container'],
    remedies: by({
      linux: (args) => [
        advise('open-debug-server-in-program'),
        // Once it is 3, only a restart of the machine changes it.
        ...(args.limit === 3 ? [] : [lowerPtraceScope(args)]),
        look('show-trace-limits', 'sysctl', '-n', 'kernel.yama.ptrace_scope'),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'container-lacks-ptrace-right': {
    id: 'container-lacks-ptrace-right',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 7, 'permission-denied': 4, 'closed-without-answer': 1, 'server-exited': 0 },
    platforms: ['container'],
    remedies: by({
      linux: (args) => [
        advise('grant-container-tracing'),
        addDebugContainer(args),
        look('show-trace-limits', 'grep', '-E', '^(CapEff|Seccomp|NoNewPrivs)', '/proc/self/status'),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'already-traced': {
    id: 'already-traced',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'permission-denied': 1, 'process-not-attachable': 0 },
    platforms: UNIX_LIKE,
    remedies: by({
      linux: (args) => [advise('detach-other-tracer'), showProcessStatus('^TracerPid', args)],
      darwin: () => [advise('detach-other-tracer')],
      win32: none,
    }),
  },
  'macos-developer-mode-off': {
    id: 'macos-developer-mode-off',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 2, 'server-exited': 1, 'permission-denied': 0 },
    platforms: ['darwin'],
    remedies: by({
      linux: none,
      darwin: (args) => [
        enableDeveloperMode,
        joinDeveloperGroup(args),
        look('show-developer-mode', '/usr/sbin/DevToolsSecurity', '-status'),
      ],
      win32: none,
    }),
  },
  'macos-debugger-not-signed': {
    id: 'macos-debugger-not-signed',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 2 },
    platforms: ['darwin'],
    remedies: by({
      linux: none,
      darwin: (args) => [advise('use-signed-debugger'), showCodeSignature(args)],
      win32: none,
    }),
  },
  'target-refuses-debugger': {
    id: 'target-refuses-debugger',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 3, 'connection-reset': 1, 'permission-denied': 0 },
    platforms: ['darwin', 'linux', 'container'],
    remedies: by({
      linux: (args) => [
        advise('debug-development-build'),
        args.pid === undefined
          ? look('show-debuggable-processes', 'adb', 'jdwp')
          : look('show-file-rights', 'ls', '-l', '--', `/proc/${args.pid}/environ`),
      ],
      darwin: (args) => [advise('debug-development-build'), showCodeSignature(args)],
      win32: none,
    }),
  },
  'attach-ipc-not-shared': {
    id: 'attach-ipc-not-shared',
    hop: 'rights',
    severity: 'error',
    symptoms: { 'process-not-attachable': 6 },
    platforms: ['linux', 'container', 'wsl'],
    remedies: by({
      linux: (args) => [
        advise('attach-from-same-place'),
        showProcessStatus('^(Uid|NSpid)', args),
        look('show-namespaces', 'readlink', `/proc/${fill(args.pid, 'pid')}/ns/mnt`, '/proc/self/ns/mnt'),
      ],
      darwin: none,
      win32: none,
    }),
  },
} satisfies Record<string, Cause>;
