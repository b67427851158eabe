/** The Debug Adapter Protocol's two words for what a session wants. */
export type DebugRequest = 'attach' | 'launch';

export const ADAPTER_IDS = [
  'debugpy',
  'node',
  'chrome',
  'delve',
  'jdwp',
  'gdbserver',
  'lldb',
  'rdbg',
  'xdebug',
  'vsdbg',
  'tcp',
] as const;

export type AdapterId = (typeof ADAPTER_IDS)[number];

/** Where a target was learnt of. `keyPath` leads to the port inside `file`, so that a remedy can edit it there. */
export type TargetSource =
  | { kind: 'default' }
  | { kind: 'argument'; text: string }
  | { kind: 'config'; file: string; hostKeyPath: readonly string[]; portKeyPath: readonly string[] }
  /** A configuration of the project. The key paths are null where the file is no JSON or hides the value. */
  | {
      kind: 'project';
      file: string;
      /** From 1. */
      line: number;
      column: number;
      hostKeyPath: readonly string[] | null;
      portKeyPath: readonly string[] | null;
      /** What is wrong with the file, as `line:column: message`. */
      problems: readonly string[];
      /** Names of other configurations that want the same port for themselves. */
      collidesWith: readonly string[];
    };

/** What a `debugpy_config.json` says beyond host and port. Durations in seconds, as in the file. */
export interface ServerSettings {
  waitForClient: boolean;
  addressFamily: 'ipv4' | 'ipv6' | null;
  connectionTimeoutSeconds: number | null;
  reconnectAttempts: number | null;
  reconnectDelaySeconds: number | null;
  allowedHosts: readonly string[];
}

/** What should be reachable (`attach`) or startable (`launch`). */
export interface Target {
  name: string;
  request: DebugRequest;
  adapter: AdapterId;
  /** Name or address literal without brackets; null for a Unix socket or a bare pid. */
  host: string | null;
  /** As given, so possibly outside 1..65535; null for a Unix socket or a bare pid. */
  port: number | null;
  socketPath: string | null;
  /** First and last port, both included, from which another port may be taken. */
  portRange: readonly [number, number];
  pid: number | null;
  /** The command that would be launched, as argv; empty when unknown. */
  command: readonly string[];
  cwd: string;
  /** Logs of the server to read. */
  logFiles: readonly string[];
  /** The log that the server will write when launched. */
  serverLogFile: string | null;
  /** What the user saw, verbatim. */
  errorText: string | null;
  settings: ServerSettings | null;
  source: TargetSource;
}
