import type { AdapterId } from '../target.js';
import type { BindAttempt, SocketAddress, SocketRow } from './network.js';

/** Who we are. */
export interface Identity {
  uid: number | null;
  userName: string;
  elevated: boolean;
  /** Whether ports below the limit may be bound (CAP_NET_BIND_SERVICE); null: could not be seen. */
  mayBindPrivilegedPorts: boolean | null;
  pid: number;
  /** Our parent, its parent, and so on. */
  ancestors: readonly number[];
}

export interface ProcessRef {
  pid: number;
  name: string;
  command: readonly string[];
}

export interface ProcessInfo extends ProcessRef {
  ppid: number;
  uid: number;
  user: string;
  /** Null where /proc does not let us look. */
  cwd: string | null;
  executable: string | null;
  /** Clock ticks since boot. */
  startTime: number;
  /** RFC 3339; null when the boot time could not be read. */
  startedAt: string | null;
  /** The kernel's letter: R, S, D, T (stopped), t (stopped by a debugger), Z, … */
  state: string;
  /** The process that traces it; 0: none. */
  tracerPid: number;
  /** Session id: a job started from one terminal shares it. */
  sessionId: number;
  /** Nearest first. */
  parents: readonly ProcessRef[];
  /** systemd's unit, from the cgroup; user session scopes do not count. */
  unit: string | null;
  /** A container's id or name, from the cgroup. */
  container: string | null;
  openFiles: number | null;
  openFilesLimit: number | null;
}

/** A process that was recognised as a debug server. */
export interface DebugServer {
  adapter: AdapterId;
  /**
   * `server`: the debuggee itself listens (node), or serves one program (dlv, gdbserver). `adapter`: a helper process
   * that listens on behalf of a program (debugpy's adapter). `program`: the debuggee whose adapter listens for it.
   */
  role: 'server' | 'adapter' | 'program';
  process: ProcessInfo;
  /** The way in which it was started, in the adapter's own words; null where there is but one. */
  mode: string | null;
  /** The environment variable that turned its debugger on; null: its command line did, or its library shows. */
  variable: string | null;
  /** What its command line asks for; null where it says nothing. */
  wantedHost: string | null;
  wantedPort: number | null;
  /** Where it really listens; null when its sockets may not be seen. */
  listens: readonly SocketAddress[] | null;
  /** The Unix socket that it listens on instead of a port. */
  socketPath?: string;
  /** For an adapter: the program that it serves; null when gone or unseen. */
  program: ProcessInfo | null;
  /** True for an adapter that was started for a program which is no longer connected to it. */
  programGone: boolean;
  /** Clients connected to its listeners now, the program not counted. */
  clients: number;
  /** True when it serves one client at a time. */
  takesOneClient: boolean;
}

/** A listener or another socket on the target's port, and the processes that hold it. */
export interface OwnedSocket {
  row: SocketRow;
  /** Empty: no process found; then `hidden` says whether some may exist that we cannot see. */
  processes: readonly ProcessInfo[];
  hidden: boolean;
  /** Set when one of the processes was recognised. */
  server: DebugServer | null;
  /** The user behind `row.uid`. */
  user: string;
  /** The cgroup path of the socket, which the kernel tells about other users' sockets too; null when not asked or unknown. */
  cgroup: string | null;
}

/** The TCP tables of this network namespace, as the kernel writes them. Read once; other probes pick their rows. */
export interface TcpTables {
  four: string;
  /** Null on a kernel without IPv6. */
  six: string | null;
  /** True when a table was too long to be read wholly. */
  truncated: boolean;
}

/** Every socket of this machine (and this network namespace) whose local port is the target's. */
export interface PortSockets {
  port: number;
  sockets: readonly OwnedSocket[];
}

/** A port that a launch opens besides the debugger's, or that its error names. */
export interface SecondaryPortUse {
  port: number;
  /** What it is for, as a noun: `JMX`; null: nothing but an error names it. */
  purpose: string | null;
  /** Null: its address is a name that does not resolve. */
  attempt: BindAttempt | null;
  /** What has this local port, listeners first; empty unless the port is taken. */
  sockets: readonly OwnedSocket[];
  /** The last line of a log or an error that calls the port taken; untrusted. */
  reported: string | null;
}

export interface SecondaryPorts {
  ports: readonly SecondaryPortUse[];
}

/** A program that got a debug option which was meant for its runtime. */
export interface MisplacedDebugOption {
  adapter: AdapterId;
  option: string;
  /** The port that it was to open; null when it cannot be told. */
  port: number | null;
  /** Null: the command that is to be launched. */
  process: ProcessInfo | null;
}

/** Somebody who is connected to the target's port. */
export interface PortClient {
  /** The client's own address. */
  at: SocketAddress;
  /** True while the server has not accepted the connection. */
  waits: boolean;
  /** Null: on another machine, or its process may not be seen. */
  process: ProcessInfo | null;
}

export interface PortClients {
  clients: readonly PortClient[];
}

export interface DebugServers {
  servers: readonly DebugServer[];
  /** Left out where there is none. */
  misplaced?: readonly MisplacedDebugOption[];
  /** True when processes of other users exist whose sockets we could not see. */
  someHidden: boolean;
}

export interface ForeignListener {
  at: SocketAddress;
  /** The inode of the network namespace. */
  namespace: string;
  /** The addresses of that namespace, as far as they can be seen; loopback included. */
  namespaceAddresses: readonly string[];
  process: ProcessInfo;
}

export interface ForeignListeners {
  listeners: readonly ForeignListener[];
  /** True when some namespaces could not be looked into. */
  someHidden: boolean;
}

/** The process of a `pid:N` target. */
export interface TargetProcess {
  pid: number;
  process: ProcessInfo | null;
  server: DebugServer | null;
  /** Set where its command line makes it call an editor that listens. */
  calls?: { adapter: AdapterId; host: string | null; port: number | null };
}

/** The security module's label of a process, such as AppArmor's `docker-default`. */
export interface SecurityProfile {
  module: 'apparmor' | 'selinux';
  label: string;
  /** False where a breach is only logged. */
  enforced: boolean;
}

/** What the kernel compares when one process wants to trace another. Null where it may not be seen. */
export interface TraceRights {
  /** Real, effective, saved. */
  uids: readonly number[];
  gids: readonly number[];
  /** The permitted capabilities, in hexadecimal. */
  permitted: string | null;
  profile: SecurityProfile | null;
}

/** Our own rights, which a debugger that is started from here has too. */
export interface TracerRights extends TraceRights {
  /** CAP_SYS_PTRACE is in effect. */
  mayTraceOthers: boolean | null;
  /** False where not even root has CAP_SYS_PTRACE. */
  mayGetThatRight: boolean | null;
  /** Whether system calls pass a filter. Which ones it lets through is not to be seen. */
  isFiltered: boolean | null;
  /** The kind of container that we are in, or its name. */
  container: string | null;
}

/** The rights of the process of a `pid:N` target, and what it does against being traced. */
export interface TraceeRights extends TraceRights {
  isKernelThread: boolean;
  /** Who traces it now; the name is null when that process may not be seen. */
  tracer: { pid: number; name: string | null } | null;
  /** Its pid inside the innermost pid namespace, when that is another one than ours. */
  innerPid: number | null;
  /** False when the program switched PR_SET_DUMPABLE off, or runs with rights that its file gave it. */
  dumpable: boolean | null;
}

/** What decides whether a debugger may attach to the process of a `pid:N` target with ptrace(2). */
export interface Ptrace {
  own: TracerRights;
  target: TraceeRights;
  /**
   * The kernel's answer to a look at the process that passes the same examination as an attach does, but for Yama and
   * for filters of system calls.
   */
  mayLook: boolean | null;
  sameUserNamespace: boolean | null;
  /** kernel.yama.ptrace_scope; 0 on a kernel without Yama. */
  scope: number | null;
  /** SELinux is enforcing, and its switch deny_ptrace is on. */
  deniedBySelinux: boolean;
}
