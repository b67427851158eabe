import type { Platform } from '../model/platform.js';

/** A file's beginning or end. `code` is an errno name. */
export type ReadResult = { ok: true; text: string; truncated: boolean } | { ok: false; code: string };

export interface PathStatus {
  kind: 'file' | 'directory' | 'socket' | 'other';
  size: number;
  mode: number;
  uid: number;
  modifiedAt: string;
}

export interface RunOptions {
  timeoutMs?: number;
  /** Bytes kept of each stream; the rest is thrown away. */
  maxBytes?: number;
  cwd?: string;
}

/** One result shape for success and failure. */
export interface RunResult {
  /** `started: false`: the program could not be started, for the reason in `code` (ENOENT, EACCES, …). */
  started: boolean;
  code: string | null;
  exitCode: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  truncated: boolean;
}

export type LookupResult =
  | { ok: true; addresses: readonly { address: string; family: 4 | 6 }[] }
  | { ok: false; code: string };

export type Endpoint = { address: string; port: number } | { path: string };

export interface Exchange {
  timeoutMs: number;
  /** How long to listen after connecting (and after sending) before closing; ends early when `until` was received. */
  listenMs: number;
  /** Sent after connecting when nothing was received for `sendAfterMs` (0: at once); null: nothing is sent. */
  send: string | null;
  sendAfterMs: number;
  /**
   * Further messages: each is sent once `after`, a regular expression, matches something that came, behind what the
   * message before it waited for.
   */
  replies: readonly { after: string; send: string }[];
  /**
   * Listening ends when this regular expression matches something that came, behind what the last message waited for,
   * but not before `stayMs`.
   */
  until: string | null;
  /** The shortest time to stay connected, unless the peer leaves. */
  stayMs: number;
}

export interface ExchangeResult {
  outcome: 'connected' | 'failed' | 'timed-out';
  errorCode: string | null;
  durationMs: number;
  sent: string;
  received: string;
  closedByPeer: boolean;
}

/** A process as the system's process list shows it. */
export interface ProcessEntry {
  pid: number;
  ppid: number;
  uid: number;
  name: string;
  /** Empty for kernel threads and where it may not be read. */
  command: readonly string[];
  state: string;
  /** Clock ticks since boot. */
  startTime: number;
  sessionId: number;
  tracerPid: number;
}

/** Who holds sockets: pids by inode. `hidden` is true when some process could not be looked into. */
export interface SocketOwners {
  pids: Readonly<Record<string, readonly number[]>>;
  hidden: boolean;
}

/**
 * The machine that is looked at. Everything that touches the outside goes through it, so that a recording can stand in
 * for a machine. Results are plain data. No method throws for what the machine says; failure is part of the result.
 * Nothing here changes the machine, but for the momentary test bind.
 */
export interface Host {
  readonly platform: Platform;
  readonly release: string;
  readonly arch: string;
  now(): number;
  /** The same host, whose commands, connections and look-ups end when the signal aborts. */
  withSignal(signal: AbortSignal): Host;
  /** `from: 'end'` reads the last `maxBytes`. */
  readFile(path: string, options?: { maxBytes?: number; from?: 'start' | 'end' }): Promise<ReadResult>;
  /** The lines of a text file that hold `containing`; at most `maxLines`. For tables too large to keep. */
  readLines(path: string, containing: string, maxLines: number): Promise<ReadResult>;
  readLink(path: string): Promise<ReadResult>;
  listDirectory(path: string): Promise<{ ok: true; names: readonly string[] } | { ok: false; code: string }>;
  pathStatus(path: string): Promise<({ ok: true } & PathStatus) | { ok: false; code: string }>;
  /** Whether this user may write to a path; `code` says why not. */
  mayWrite(path: string): Promise<{ ok: true } | { ok: false; code: string }>;
  freeSpace(
    path: string,
  ): Promise<{ ok: true; freeBytes: number; freeInodes: number | null } | { ok: false; code: string }>;
  environment(name: string): string | null;
  identity(): Promise<{ uid: number | null; userName: string; pid: number; ppid: number }>;
  interfaces(): Promise<readonly { address: string; family: 4 | 6; internal: boolean; interfaceName: string }[]>;
  lookup(name: string): Promise<LookupResult>;
  /** Connects, listens, perhaps speaks and replies, and closes. */
  exchange(to: Endpoint, how: Exchange): Promise<ExchangeResult>;
  /** Binds and listens for a moment, and lets go. Null: it worked; otherwise an errno name. */
  tryBind(address: string, port: number): Promise<{ errorCode: string | null }>;
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  processes(): Promise<readonly ProcessEntry[]>;
  /** Null: no such process, or it may not be seen. */
  process(pid: number): Promise<ProcessEntry | null>;
  socketOwners(inodes: readonly number[]): Promise<SocketOwners>;
  /** Inodes of the sockets that a process holds; null: may not be looked into, or gone. */
  socketsOf(pid: number): Promise<readonly number[] | null>;
  /** Those of the named variables that are set in a process's environment; null: may not be looked into, or gone. */
  variablesOf(pid: number, names: readonly string[]): Promise<Readonly<Record<string, string>> | null>;
  /** Whether a process has mapped a file whose path holds this text; null: may not be looked into, or gone. */
  hasMapped(pid: number, text: string): Promise<boolean | null>;
  /** Network namespaces other than ours, each with one process that lives in it. */
  otherNetworkNamespaces(): Promise<{ namespaces: readonly { inode: string; pid: number }[]; hidden: boolean }>;
  /** The operating system in a few words, for tickets: name, version, kernel, virtual machine. */
  describeSystem(): Promise<{ distribution: string; release: string; kernel: string; virtual: string | null }>;
}

/** What `fix` needs beyond looking. `check` never gets one. */
export interface MutableHost extends Host {
  /**
   * Atomic (a temporary file beside it, then a rename): a reader sees the old text or the new one, and two writers do
   * not mix. Keeps the mode (and, for root, the owner) of an existing file and follows symbolic links; a new file gets
   * mode 600, missing folders 700.
   */
  writeFile(path: string, text: string): Promise<{ ok: true } | { ok: false; code: string }>;
  /** Makes a file (mode 600, missing folders 700) that must not exist yet; EEXIST when it does. */
  createFile(path: string, text: string): Promise<{ ok: true } | { ok: false; code: string }>;
  removeFile(path: string): Promise<{ ok: true } | { ok: false; code: string }>;
  /** Ends with the program; its output is passed on. */
  execute(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  signal(pid: number, signal: 'TERM' | 'KILL' | 'CONT' | 'STOP'): Promise<{ ok: true } | { ok: false; code: string }>;
  sleep(ms: number): Promise<void>;
}
