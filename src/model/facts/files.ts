import type { ProcessInfo } from './processes.js';

export interface LogHit {
  file: string | null;
  lineNumber: number;
  text: string;
  pattern: string;
  /** A symptom id. */
  symptom: string;
  errno: { name: string; number: number } | null;
  /** What the line names; null: it does not. */
  captures: { port: number | null };
  /** Cause ids, most probable first. */
  causes: readonly string[];
}

export interface ServerLogs {
  files: readonly {
    file: string;
    status: 'read' | 'missing' | 'not-permitted' | 'not-a-file';
    modifiedAt: string | null;
  }[];
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
  /** The language's own tool that it calls, such as `go`; null: it calls none. */
  toolchain: { command: string; path: string | null; version: string | null } | null;
  /** True when pip is there and the environment is not externally managed. */
  canInstall: boolean;
}

/** What PHP would do with Xdebug when a command is run. Names and defaults are those of Xdebug 3, also for 2. */
export interface PhpSettings {
  path: string;
  version: string;
  /** Null: not loaded. */
  xdebugVersion: string | null;
  /** As in `xdebug.mode`: a list such as `develop,debug`. */
  mode: string;
  /** The environment variable that says so; null: a setting does. */
  modeVariable: string | null;
  starts: 'always' | 'on-trigger' | 'never';
  /** The variables that are set and may count as a trigger. */
  triggers: readonly string[];
  clientHost: string;
  /** Null: no number. */
  clientPort: number | null;
  /** Settings of another version that were given and have no effect. */
  unread: readonly string[];
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
