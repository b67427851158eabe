import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform, Surrounding } from '../model/platform.js';
import type { RemedyId } from '../model/remedy-ids.js';
import type { RemedyPlan, StepPlan } from '../model/remedy.js';
import { advise, fill, look, none, perSystem, plan, run } from './plan.js';

/** Remedies that several causes share. Each file of a hop adds its own beside them. */

/** Systems with signals, job control and Unix permissions. */
export const UNIX_LIKE: readonly Surrounding[] = ['linux', 'darwin', 'wsl', 'container'];

/** How long a process may take to end after TERM, in milliseconds, before it is killed. */
const TERM_GRACE_MS = 3000;

export function showPortOwner(platform: Platform, args: FindingArgs): RemedyPlan {
  const port = fill(args.port, 'port');
  if (platform === 'linux') return look('show-port-owner', 'ss', '-H', '-ltnp', `sport = :${port}`);
  if (platform === 'darwin') return look('show-port-owner', 'lsof', '-nP', `-iTCP:${port}`, '-sTCP:LISTEN');
  return look('show-port-owner', 'netstat', '-ano', '-p', 'TCP');
}

/** What the process is: parent, user, state, start time and command line. */
export function showProcess(platform: Platform, args: FindingArgs): RemedyPlan {
  const pid = fill(args.pid, 'pid');
  if (platform === 'win32') return look('show-process', 'tasklist', '/V', '/FI', `PID eq ${pid}`);
  return look('show-process', 'ps', '-ww', '-o', 'pid=,ppid=,user=,stat=,lstart=,args=', '-p', pid);
}

/** Host and port as one writes them on a command line or in a URL. */
export function endpointOf(args: FindingArgs): string {
  const host = args.host ?? '127.0.0.1';
  return `${host.includes(':') ? `[${host}]` : host}:${fill(args.port, 'port')}`;
}

function startCommand(platform: Platform, args: FindingArgs): readonly string[] | null {
  const at = endpointOf(args);
  switch (args.adapter) {
    case 'node':
      return ['node', `--inspect=${at}`, '<program.js>'];
    case 'debugpy': {
      const interpreter = args.interpreter ?? (platform === 'win32' ? 'python' : 'python3');
      return [interpreter, '-m', 'debugpy', '--listen', at, '<program.py>'];
    }
    case 'delve':
      return ['dlv', 'debug', '--headless', '--accept-multiclient', `--listen=${at}`, '<package>'];
    case 'jdwp':
      return ['java', `-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=${at}`, '-jar', '<program.jar>'];
    case 'gdbserver':
      return ['gdbserver', at, '<program>'];
    case 'lldb':
      return ['lldb-server', 'gdbserver', at, '--', '<program>'];
    default:
      return null;
  }
}

/**
 * The command line that starts the wanted server with its debug option; printed, since only its owner knows the
 * program. Advice where the adapter does not tell how its server is started.
 */
export function startServer(platform: Platform, args: FindingArgs): RemedyPlan {
  const argv = startCommand(platform, args);
  return argv === null ? advise('start-server') : run('start-server', argv, { risk: 'manual' });
}

/**
 * Writes the next free port into the configuration that the target came from; advice where that cannot be done, or
 * could not be undone.
 */
export function moveToFreePort(args: FindingArgs): RemedyPlan[] {
  const { configFile: file, portKeyPath: keyPath, freePort, port } = args;
  if (file === undefined || keyPath === undefined || freePort === undefined || port === undefined) {
    return [advise('use-another-port')];
  }
  return [
    plan('move-to-free-port', [{ kind: 'edit', file, keyPath, value: freePort }], {
      risk: 'reversible',
      undo: [{ kind: 'edit', file, keyPath, value: port }],
    }),
  ];
}

/** A signal to the process that the case names; null when it must not be touched or cannot be told from a later one. */
function signal(args: FindingArgs, name: 'TERM' | 'CONT'): StepPlan | null {
  const { pid, startTime, protectedProcess } = args;
  if (protectedProcess === true || pid === undefined || startTime === undefined) return null;
  return { kind: 'signal', pid, startTime, signal: name, graceMs: name === 'TERM' ? TERM_GRACE_MS : 0 };
}

/** Ends a process: by a checked signal where we can, else by a command. Never offered for a protected process. */
function endProcess(
  id: RemedyId,
  platform: Platform,
  args: FindingArgs,
  risk: 'reversible' | 'disruptive',
): RemedyPlan[] {
  if (args.protectedProcess === true) return [];
  if (platform === 'win32') {
    // taskkill cannot compare start times, so this is never less than disruptive.
    return [run(id, ['taskkill', '/PID', fill(args.pid, 'pid'), '/T'], { risk: 'disruptive' })];
  }
  const step = signal(args, 'TERM');
  return step === null
    ? [run(id, ['kill', '-TERM', fill(args.pid, 'pid')], { risk: 'manual' })]
    : [plan(id, [step], { risk })];
}

/** Ends the listener that holds the port. Never offered for a protected process. */
export function endPortOwner(platform: Platform, args: FindingArgs): RemedyPlan[] {
  return endProcess('end-port-owner', platform, args, 'disruptive');
}

/** Ends a left-over debug adapter; nothing depends on it any more once the program that it served is gone. */
export function endOrphanedAdapter(platform: Platform, args: FindingArgs): RemedyPlan[] {
  return endProcess('end-orphaned-adapter', platform, args, args.programGone === true ? 'reversible' : 'disruptive');
}

/** Lets a stopped process go on; that loses nothing, and there is nothing to undo. Windows has no such state. */
export function resumeProcess(args: FindingArgs): RemedyPlan[] {
  if (args.protectedProcess === true) return [];
  const step = signal(args, 'CONT');
  return step === null
    ? [run('resume-process', ['kill', '-CONT', fill(args.pid, 'pid')], { risk: 'manual' })]
    : [plan('resume-process', [step], { risk: 'reversible' })];
}

/** Ends a server that is beyond help and says to start it again; advice alone where we must not or cannot end it. */
export function restartServer(platform: Platform, args: FindingArgs): RemedyPlan {
  const step = platform === 'win32' ? null : signal(args, 'TERM');
  return step === null
    ? advise('restart-server')
    : plan('restart-server', [step, { kind: 'instruct' }], { risk: 'disruptive' });
}

/** Removes a socket, pid or lock file that nobody uses any more. */
export function removeStaleFile(args: FindingArgs): RemedyPlan {
  return run('remove-stale-file', ['rm', '--', fill(args.socketPath ?? args.file, 'file')], { risk: 'disruptive' });
}

/** Every socket on the port, whatever its state. */
export function showPortSockets(platform: Platform, args: FindingArgs): RemedyPlan {
  const port = fill(args.port, 'port');
  if (platform === 'linux') return look('show-port-sockets', 'ss', '-H', '-tanp', `sport = :${port}`);
  if (platform === 'darwin') return look('show-port-sockets', 'lsof', '-nP', `-iTCP:${port}`);
  return look('show-port-sockets', 'netstat', '-ano', '-p', 'TCP');
}

/** The range from which the system takes local ports of outgoing connections. */
export function showDynamicPorts(platform: Platform): RemedyPlan {
  const id = 'show-dynamic-ports';
  if (platform === 'linux')
    return look(id, 'sysctl', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports');
  if (platform === 'darwin') return look(id, 'sysctl', 'net.inet.ip.portrange.first', 'net.inet.ip.portrange.last');
  return look(id, 'netsh', 'interface', 'ipv4', 'show', 'dynamicport', 'tcp');
}

/** What a process has open, sockets and mapped libraries too. */
export function showOpenFiles(args: FindingArgs): RemedyPlan {
  return look('show-open-files', 'lsof', '-nP', '-p', fill(args.pid, 'pid'));
}

/** Remedies for Linux and macOS; none for Windows. */
export function onUnix(remedies: (platform: Platform, args: FindingArgs) => RemedyPlan[]): Cause['remedies'] {
  return { ...perSystem(remedies), win32: none };
}

/** argv that lists Windows processes with their command lines. `filter` is WQL and holds no text from outside. */
export function listWindowsProcesses(filter: string): readonly string[] {
  const query = `Get-CimInstance Win32_Process -Filter "${filter}"`;
  const columns = 'Select-Object ProcessId,ParentProcessId,CommandLine';
  return ['powershell', '-NoProfile', '-Command', `${query} | ${columns}`];
}

/** What SELinux refused lately; its log is root's. */
export const showAuditDenials: RemedyPlan = {
  ...look('show-audit-denials', 'ausearch', '-m', 'avc', '-ts', 'recent'),
  needsElevation: true,
};

/** What AppArmor refused, from the kernel's log. */
export function showKernelDenials(pattern: string): RemedyPlan {
  return look('show-denials', 'journalctl', '-k', '--no-pager', '-g', pattern);
}
