import type { CauseWords } from '../messages.js';
import { inBrackets, theProcess } from './phrases.js';

export const tracingWords = {
  'lsm-denies-ptrace': {
    title: 'AppArmor or SELinux forbids tracing',
    summary: (args) =>
      `A security profile of this machine does not let the debugger trace ${theProcess(args, 'the program')}${args.line === undefined ? '.' : `: ${args.line}`}`,
    explanation:
      'Security modules can forbid ptrace whatever the user may do otherwise. The refusal then is "Permission denied" (13) rather than "Operation not permitted" (1), and the kernel writes a record.',
    proofs: ['A kernel record names the debugger with operation="ptrace" (AppArmor), or an AVC for ptrace (SELinux).'],
    lookAlikes: ['The error is 1 and there is no record: ptrace_scope, a missing capability, or seccomp.'],
  },
  'ptrace-scope-restricted': {
    title: 'This machine lets debuggers attach only to their own children',
    summary: (args) =>
      `kernel.yama.ptrace_scope is ${args.limit ?? 'above 0'}, so the debugger may not attach to ${theProcess(args, 'a process that it did not start')}.`,
    explanation:
      'Most Linux distributions limit ptrace: with 1 a debugger may trace only what it started, with 2 only with CAP_SYS_PTRACE, with 3 nobody may until the next start. It protects the memory of your programs from each other, so going round it is better than switching it off.',
    proofs: [
      '/proc/sys/kernel/yama/ptrace_scope is 1 or more, the target is no child of the debugger, and tracing an own child works.',
    ],
    lookAlikes: [
      'The value is 0, or the file does not exist: a message that mentions ptrace_scope is then a guess of the tool.',
      'Tracing an own child fails as well: seccomp, a missing capability, or a security profile.',
    ],
  },
  'container-lacks-ptrace-right': {
    title: 'The container is not allowed to trace processes',
    summary: ({ container }) =>
      `${container === undefined ? 'This container' : `The container ${container}`} was started without the right to trace (CAP_SYS_PTRACE, or its seccomp profile forbids it), so no debugger can attach in it.`,
    explanation:
      'Container engines take rights away by default, tracing often among them. It can be given only when the container is made. Steps of an image build never have it.',
    proofs: [
      'CapEff lacks bit 19, or Seccomp is 2, in the status of a process in the container.',
      'Even tracing an own child fails there, while the host can trace.',
    ],
    lookAlikes: ['CapEff has bit 19 and Seccomp is 0: a security profile, or ptrace_scope of the host.'],
  },
  'already-traced': {
    title: 'Another debugger already holds the process',
    summary: (args) =>
      `${theProcess(args, 'The process')} is traced already${inBrackets(args.detail)}, and a process can have only one tracer.`,
    explanation:
      'gdb, strace, delve, a native debugger of the editor: whichever attached first keeps the process until it detaches. Root rights do not change that.',
    proofs: ['TracerPid in the status of the target is not 0.'],
    lookAlikes: ['TracerPid is 0: then it is a question of rights.'],
  },
  'macos-developer-mode-off': {
    title: 'macOS has not given you the right to debug',
    summary: ({ user }) =>
      `Developer mode is off, or ${user ?? 'your user'} is not in the group _developer, so macOS does not hand the process to the debugger.`,
    explanation:
      'debugserver needs the task port of the target. macOS grants it in developer mode to members of _developer, otherwise it asks in a window, which a session over SSH never sees.',
    proofs: [
      'DevToolsSecurity says that developer mode is disabled, or the user is not in _developer.',
      'The session comes over SSH, where no window can ask.',
    ],
    lookAlikes: ['Both are in order: then the target protects itself, or the tools are broken.'],
  },
  'macos-debugger-not-signed': {
    title: 'The debugger is not signed for debugging on macOS',
    summary: ({ file }) =>
      `${file ?? 'gdb'} has no signature that allows debugging, so macOS does not let it near another process.`,
    explanation:
      'macOS gives task ports only to debuggers that carry the entitlement com.apple.security.cs.debugger. lldb has it; a gdb that was built or installed by hand has not.',
    proofs: ['gdb cannot find the Mach task port, and its entitlements lack com.apple.security.cs.debugger.'],
    lookAlikes: ['lldb fails in the same way: developer mode, or the target.'],
  },
  'target-refuses-debugger': {
    title: 'The program is protected against debuggers',
    summary: (args) =>
      `${theProcess(args, 'The program')} does not allow debuggers to attach; other programs on this machine do.`,
    explanation:
      'A release build can be closed to debuggers: the hardened runtime of macOS without get-task-allow, System Integrity Protection for programs of Apple, an Android application that is not debuggable, a program that forbids tracing itself. On Linux that is PR_SET_DUMPABLE 0, which ssh-agent and browsers set, or capabilities that the debugger lacks, such as those that setcap gave to the executable.',
    proofs: [
      'Other programs can be debugged with the same debugger, this one cannot.',
      'Linux: the files in /proc/PID belong to root although the process runs as your user, or its CapPrm holds more than that of the debugger.',
    ],
    lookAlikes: ['No program can be debugged: then it is a right of the user or of the machine.'],
  },
  'attach-ipc-not-shared': {
    title: 'Debugger and program do not share user, namespace or temporary directory',
    summary: (args) =>
      args.file === undefined && args.directory === undefined && args.detail !== undefined
        ? `${theProcess(args, 'The program')} runs ${args.detail}, so the kernel does not let your debugger trace it.`
        : `The debugger reaches ${theProcess(args, 'the program')} through a file in a temporary directory${inBrackets(args.file ?? args.directory)}, and the two do not see the same one.`,
    explanation:
      'jcmd, dotnet and rdbg attach through a socket or file under /tmp. It works only when both processes have the same user, the same TMPDIR and the same namespaces; a container, sudo, or a cleaner of temporary files breaks that. Debuggers that trace (gdb, lldb, delve, debugpy --pid) need the same user and group and the same user namespace, or CAP_SYS_PTRACE.',
    proofs: [
      'The socket or file is missing where the debugger looks, or user, TMPDIR, pid or mount namespace differ.',
      'The Uid or Gid line in the status of the target is not that of the debugger, whose CapEff lacks bit 19.',
    ],
    lookAlikes: ['All of these are equal: then the target is stopped, or too old to attach to.'],
  },
} satisfies Record<string, CauseWords>;
