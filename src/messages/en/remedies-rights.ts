import type { RemedyId } from '../../model/remedy-ids.js';
import type { RemedyWords } from '../messages.js';
import { thePort, theProcess } from './phrases.js';
import { action, advice } from './remedy-words.js';

/** The remedies of the hops rights and resources. */
export const rightsRemedyWords = {
  'allow-low-port': {
    title: ({ interpreter }) =>
      `Let ${interpreter ?? 'the program'} bind low ports (everybody who runs it gets that right)`,
  },
  'lower-port-limit': {
    title: ({ port }) => `Let every user of this machine bind ports from ${port ?? 'that port'} on`,
  },
  'show-port-limit': action('Show where the ports for ordinary users begin'),
  'label-port': { title: ({ port }) => `Give ${thePort(port)} the SELinux label of the server` },
  'allow-outgoing-connections': action('Let web servers open connections, if it was a connection that was denied'),
  'show-port-labels': action('Show the SELinux labels of ports'),
  'show-audit-denials': action('Show what SELinux denied'),
  'show-denials': action('Show what the system denied'),
  'listen-on-localhost-url': {
    title: () => 'Listen on localhost only',
    instruct: ({ port }) =>
      `Use http://localhost:${port ?? 'PORT'}/ as the URL: most frameworks need no reservation for it. Or use a server that does without HTTP.sys.`,
  },
  'reserve-url': { title: ({ user }) => `Reserve the URL for ${user ?? 'your user'}` },
  'allow-in-sandbox': advice(
    'Allow the call in the sandbox, or run the program outside of it',
    'Install the program from an ordinary package, or allow what it needs: snap, connect the interface ("snap connect"); macOS, network-bind and network-outbound in the profile, or the entitlements com.apple.security.network.server and .client; Android, the permission INTERNET in the debug manifest.',
  ),
  'ask-policy-owner': advice(
    'Use the address that the policy allows',
    'Bind 127.0.0.1, or the address that the platform assigns to you. If you need another one, ask whoever sets the policy.',
  ),
  'install-udev-rule': advice(
    'Install the udev rule of the probe',
    'Install the rule that the vendor of the probe provides, run "udevadm control --reload", and plug the probe in again. If the rule names a group (often plugdev), join it and log in again.',
  ),
  'show-usb-devices': action('Show the USB devices'),
  'ask-for-group': {
    title: () => 'Get the right to use the socket',
    instruct: ({ user }) =>
      `Use sudo for single commands, or rootless mode. Membership of the group docker is as good as root, so let an administrator decide: "usermod -aG GROUP ${user ?? 'USER'}", then log in again. Do not open the socket to everybody.`,
  },
  'renew-session': advice(
    'Log in again',
    'Log out and in again, and restart agents or editors that were open before. "newgrp GROUP" does it for one shell.',
  ),
  'show-groups': { title: ({ user }) => `Show the groups of ${user ?? 'the account'}` },
  'show-file-rights': action('Show who may use the file'),
  'use-writable-log': {
    title: () => 'Let the server log to a place where it may write',
    instruct: ({ configFile }) =>
      `Set another log file${configFile === undefined ? '' : ` in ${configFile}`} (logging.file, --log-dir, --log-to), below your home directory for instance.`,
  },
  'own-log-folder': {
    title: ({ directory, user }) => `Hand ${directory ?? 'the folder'} to ${user ?? 'the user who starts the server'}`,
  },
  'relax-security-profile': advice(
    'Use a profile that allows tracing',
    'Give the debugger a profile that allows ptrace. For a container, and for debugging only: --security-opt apparmor=unconfined together with --cap-add=SYS_PTRACE.',
  ),
  'open-debug-server-in-program': advice(
    'Start the program under the debugger, or open a debug server in it',
    'A debugger may trace what it has started itself, so launch the program from it. Or start the program with its own debug server (node --inspect, python3 -m debugpy --listen), which needs no tracing.',
  ),
  'lower-ptrace-scope': action('Allow attaching on the whole machine until its next start (weakens its protection)'),
  'show-trace-limits': action('Show what limits tracing here'),
  'grant-container-tracing': advice(
    'Make the container again with the right to trace',
    'Add --cap-add=SYS_PTRACE when the container is created (cap_add in compose); older engines also need --security-opt seccomp=unconfined. Run the debugger in the container, not in a build step.',
  ),
  'add-debug-container': action('Kubernetes: add a debug container that may trace (it stays until the pod ends)'),
  'detach-other-tracer': {
    title: () => 'Detach the other debugger',
    instruct: (args) =>
      `Find the tracer of ${theProcess(args, 'the process')} by its TracerPid, and detach or end it there. Do not run the debugger itself under strace.`,
  },
  'show-process-status': action('Show tracer, user and namespaces of the process'),
  'enable-developer-mode': action('Switch developer mode on'),
  'join-developer-group': { title: ({ user }) => `Add ${user ?? 'your user'} to the group _developer` },
  'show-developer-mode': action('Show whether developer mode is on'),
  'use-signed-debugger': advice(
    'Use lldb, or sign gdb',
    'lldb is signed already ("MIMode": "lldb" in the launch configuration). For gdb make a code-signing certificate and sign it with the entitlement com.apple.security.cs.debugger.',
  ),
  'show-code-signature': action('Show the entitlements of the program'),
  'debug-development-build': advice(
    'Debug a development build',
    'Build with get-task-allow (macOS), android:debuggable="true" (Android), or without the call that forbids tracing (Linux: prctl PR_SET_DUMPABLE; without setcap on the executable), and debug that. On Linux root may attach all the same.',
  ),
  'show-debuggable-processes': action('Show which Android processes can be debugged'),
  'attach-from-same-place': {
    title: () => 'Attach from inside the same container, as the same user',
    instruct: ({ container, user, pid }) =>
      `Run the debugger where the program runs, for instance "docker exec -u ${user ?? 'USER'} ${container ?? 'CONTAINER'} jcmd ${pid ?? 'PID'} help", with the same TMPDIR, and keep cleaners away from the temporary directory. Or let both sides use TCP.`,
  },
  'show-namespaces': action('Compare the mount namespaces'),
  'wait-for-closed-connections': advice(
    'Wait until the ended connections are gone',
    'Most of the ports come back within a minute or two, when nothing opens new connections meanwhile.',
  ),
  'reuse-connections': advice(
    'Find the program that opens so many connections',
    'Let it keep connections and use them again (keep-alive, a pool), instead of opening one for every request.',
  ),
  'widen-dynamic-range': action('Widen the range for outgoing connections (note the present value first)'),
  'show-socket-count': action('Count the sockets'),
  'raise-open-file-limit': { title: (args) => `Raise the limit of ${theProcess(args, 'the running process')}` },
  'raise-limit-for-good': {
    title: () => 'Raise the limit for good, and find the leak',
    instruct: ({ unit }) =>
      `Put "ulimit -n" into the start script, or LimitNOFILE= into ${unit ?? 'the unit'}, and start it anew. A number that only ever grows is a leak: look at what stays open.`,
  },
  'show-file-limit': action('Show how many files the process may open'),
  'show-open-files': action('Show what the process has open'),
  'close-leaked-connections': advice(
    'Close the connections that nobody uses',
    'Use one client for the whole program, end left-over sessions and helper processes, and keep workers times pool size below the limit, or put a pooler in front.',
  ),
  'raise-connection-limit': advice(
    'Then raise the limit of the server',
    'Only after the leak is closed: max_connections of a database, MaxSessions and MaxStartups of sshd.',
  ),
  'free-disk-space': {
    title: () => 'Free space, or write somewhere else',
    instruct: ({ directory }) =>
      `Remove old logs and temporary files${directory === undefined ? '' : ` on the file system of ${directory}`}, or move the log to another one.`,
  },
  'show-free-space': action('Show free space'),
} satisfies Partial<Record<RemedyId, RemedyWords>>;
