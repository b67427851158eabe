import type { AdapterId } from './target.js';

export type AddressFamily = 4 | 6;

export interface SocketAddress {
  address: string;
  family: AddressFamily;
  port: number;
}

/** What the system's resolver makes of the target's host. */
export interface Resolution {
  host: string;
  /** True when the host is an address already and nothing was asked. */
  literal: boolean;
  /** In the resolver's order. */
  addresses: readonly { address: string; family: AddressFamily }[];
  /** getaddrinfo's failure, such as ENOTFOUND; null when it answered. */
  errorCode: string | null;
  /** The lines of the hosts file that name this host, verbatim; null when the file could not be read. */
  hostsLines: readonly string[] | null;
}

/** What this machine is, as far as a network is concerned. Null: could not be seen. */
export interface LocalNetwork {
  addresses: readonly { address: string; family: AddressFamily; internal: boolean; interfaceName: string }[];
  loopbackUp: boolean;
  /** net.ipv6.conf.{all,lo}.disable_ipv6. */
  ipv6Disabled: boolean | null;
  /** The lowest port that an ordinary user may bind. */
  unprivilegedPortStart: number | null;
  /** The dynamic range from which outgoing connections take their local port, both ends included. */
  ephemeralPorts: readonly [number, number] | null;
}

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

export const TCP_STATES = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
] as const;

export type TcpState = (typeof TCP_STATES)[number];

/** One row of the system's TCP table. */
export interface SocketRow {
  local: SocketAddress;
  remote: SocketAddress;
  state: TcpState;
  /** Bytes waiting; for a listener the connections that nobody accepted yet. */
  receiveQueue: number;
  uid: number;
  /** 0: no process holds it any more (TIME_WAIT, or accepted by nobody yet). */
  inode: number;
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
  /** What its command line asks for; null where it says nothing. */
  wantedHost: string | null;
  wantedPort: number | null;
  /** Where it really listens; null when its sockets may not be seen. */
  listens: readonly SocketAddress[] | null;
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

export type ConnectionOutcome = 'connected' | 'failed' | 'timed-out' | 'not-tried';

/** One dialled address. */
export interface ConnectionAttempt {
  to: SocketAddress | { path: string };
  outcome: ConnectionOutcome;
  /** An errno name such as ECONNREFUSED; null unless `failed`. */
  errorCode: string | null;
  durationMs: number;
  /** What was sent, as text; empty when we only listened. */
  sent: string;
  /** The first bytes of the answer as text, control characters kept; untrusted. */
  received: string;
  /** True when the peer closed before we did. */
  closedByPeer: boolean;
  /** What the answer identifies itself as: a debugger, or another protocol; null when nothing in it says so. */
  answeredBy: AdapterId | 'http' | 'ssh' | null;
  /** True when the wanted debugger would have answered what we did. */
  answerExpected: boolean;
  /** Why the address was not dialled; null when it was. */
  notTriedBecause: string | null;
}

export interface Connection {
  attempts: readonly ConnectionAttempt[];
}

/** A momentary test bind of the wanted address and port. */
export interface BindAttempt {
  at: SocketAddress;
  /** Null: it worked. */
  errorCode: string | null;
}

export interface Bind {
  attempts: readonly BindAttempt[];
  /** The first free port of the target's range; null when none is free. */
  freePort: number | null;
}

export interface FirewallRule {
  tool: 'nft' | 'iptables' | 'ip6tables';
  /** The dialled address whose connection it stops. */
  address: string;
  /** `input` or `output`, as seen from this machine. */
  direction: 'input' | 'output';
  action: 'drop' | 'reject' | 'limit';
  /** How a reject answers: `tcp-reset`, `port-unreachable`, `admin-prohibited`, … ; null when the packet is dropped. */
  rejectWith: string | null;
  /** The verbatim rule or chain policy. */
  rule: string;
  /** Table and chain, such as `inet filter input`. */
  chain: string;
  /** True when the rule (or one that led to it) asks for the port; false for one that is about everything. */
  namesPort: boolean;
  /** True when the match is sure; false when the rule has a condition that we cannot judge. */
  sure: boolean;
}

export interface Firewall {
  /** False when no rule had to be read, since a connection was accepted. */
  consulted: boolean;
  /** The first rule on each way that stops this connection. */
  stopping: readonly FirewallRule[];
  /** Which front end manages the rules, for the remedy. */
  frontEnd: 'ufw' | 'firewalld' | 'nft' | 'iptables' | null;
  /** True when the rules were read wholly. */
  complete: boolean;
}

export interface Route {
  to: string;
  reachable: boolean;
  /** The interface and source address; null when unreachable. */
  interfaceName: string | null;
  sourceAddress: string | null;
  /** `unreachable`, `prohibit`, `blackhole`, or null. */
  kind: string | null;
}

export interface DebugServers {
  servers: readonly DebugServer[];
  /** True when processes of other users exist whose sockets we could not see. */
  someHidden: boolean;
}

export interface ForeignListener {
  at: SocketAddress;
  /** The inode of the network namespace. */
  namespace: string;
  process: ProcessInfo;
}

export interface ForeignListeners {
  listeners: readonly ForeignListener[];
  /** True when some namespaces could not be looked into. */
  someHidden: boolean;
}

export interface LogHit {
  file: string | null;
  lineNumber: number;
  text: string;
  pattern: string;
  /** A symptom id. */
  symptom: string;
  errno: { name: string; number: number } | null;
  /** Cause ids, most probable first. */
  causes: readonly string[];
}

export interface ServerLogs {
  files: readonly { file: string; status: 'read' | 'missing' | 'not-permitted' | 'not-a-file'; modifiedAt: string | null }[];
  /** Oldest first; lines of the target's error text have `file` null. */
  hits: readonly LogHit[];
}

export interface Interpreter {
  path: string;
  version: string | null;
  hasDebugger: boolean;
  debuggerVersion: string | null;
}

/** The program that a launch would start, and whether the debugger is in it. */
export interface LaunchTool {
  /** As it would be looked up, such as `python3`. */
  command: string;
  /** Null: not found. */
  found: Interpreter | null;
  /** Others on this machine that have the debugger. */
  others: readonly Interpreter[];
  /** True when pip is there and the environment is not externally managed. */
  canInstall: boolean;
}

export interface WritableFile {
  file: string;
  exists: boolean;
  /** The nearest folder that exists. */
  directory: string;
  writable: boolean;
  /** EACCES, EROFS, EISDIR, …; null when writable. */
  errorCode: string | null;
}

export interface DiskSpace {
  folders: readonly { path: string; freeBytes: number; freeInodes: number | null }[];
}

export interface Limits {
  /** Descriptors of the whole system; null: could not be seen. */
  systemOpenFiles: number | null;
  systemOpenFilesLimit: number | null;
  /** The soft limit that a program started from here would get. */
  ownOpenFilesLimit: number | null;
}

export interface UnixSocket {
  path: string;
  kind: 'missing' | 'socket' | 'file' | 'other';
  pathBytes: number;
  /** The longest path that the system takes. */
  pathLimit: number;
  listening: boolean;
  process: ProcessInfo | null;
  writable: boolean;
}

/** The process of a `pid:N` target. */
export interface TargetProcess {
  pid: number;
  process: ProcessInfo | null;
  server: DebugServer | null;
}

/** Every question that a probe can answer. */
export interface FactMap {
  resolution: Resolution;
  'local-network': LocalNetwork;
  identity: Identity;
  'tcp-tables': TcpTables;
  'port-sockets': PortSockets;
  connection: Connection;
  bind: Bind;
  firewall: Firewall;
  route: Route;
  'debug-servers': DebugServers;
  'foreign-listeners': ForeignListeners;
  'server-logs': ServerLogs;
  'launch-tool': LaunchTool;
  'server-log-file': WritableFile;
  'disk-space': DiskSpace;
  limits: Limits;
  'unix-socket': UnixSocket;
  'target-process': TargetProcess;
}

export type FactName = keyof FactMap;
