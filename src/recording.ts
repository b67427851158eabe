import { recogniseCommand } from './adapters/index.js';
import { misplacedOption } from './adapters/misplaced-option.js';
import { splitWords } from './adapters/option-words.js';
import { callKey, type Call, type Recording } from './host/calls.js';
import type { ProcessEntry } from './host/host.js';
import type { Target } from './model/target.js';
import { parseTcpTable, portKey } from './probes/port-sockets/tcp-table.js';
import { redactCommand } from './probes/process/redact.js';
import { hostsLinesFor } from './probes/resolution/index.js';

/** The content of a `--record` folder's recording.json: the machine, and what was asked about it. */
export interface RecordedRun extends Recording {
  targets: readonly Target[];
  /** The operating system in words. */
  system: unknown;
}

/** What a recording is about; everything else is nobody's business. */
interface Relevance {
  targets: readonly Target[];
  /** Processes that hold a socket in question, or are the target. */
  pids: ReadonlySet<number>;
  /** Processes whose environment or libraries show a debugger that their command line does not. */
  carriers: ReadonlySet<number>;
  /** Sockets of recognised debug servers. */
  inodes: ReadonlySet<number>;
  /** Users whose names appear in the diagnosis. */
  uids: ReadonlySet<number>;
}

const TCP_TABLE = /^\/proc\/(\d+\/)?net\/tcp(6?)$/;

const EXECUTABLE = /^\/proc\/(\d+)\/exe$/;

/** Variables that hold options, among them such as set a password. */
const OPTION_VARIABLE = /OPTS$|OPTIONS$|^RUBYOPT$|^XDEBUG_/;

const STATUS = /^\/proc\/(\d+|self)\/status$/;

/** What decides on rights. */
const KEPT_OF_STATUS = /^(Uid|Gid|TracerPid|NSpid|Kthread|CapPrm|CapEff|CapBnd|Seccomp):/;

/** 127.0.0.0/8 as the tables write it, v4-mapped addresses included, and ::1. */
const LOOPBACK = /7F:[0-9A-F]{4} |00000001000000:/;

function isEntry(value: unknown): value is ProcessEntry {
  return typeof value === 'object' && value !== null && 'pid' in value && 'command' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasDebugOption({ command }: ProcessEntry): boolean {
  return recogniseCommand(command) !== null || misplacedOption(command) !== null;
}

/** A variable whose whole value is a secret. */
const SECRET = /COOKIE/;

/** Debug options of a process's environment, without what else stands beside them. */
function trimVariables(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(variables).map(([name, value]) => {
    return [name, SECRET.test(name) ? '***' : redactCommand(splitWords(String(value))).join(' ')] as const;
  });
  return Object.fromEntries(entries);
}

function pidsIn({ call, args, result }: Call): number[] {
  if (call === 'socketOwners' && isObject(result) && 'pids' in result && isObject(result.pids)) {
    return Object.values(result.pids).flat().map(Number);
  }
  return call === 'socketsOf' ? [Number(args[0])] : [];
}

function isCarrier({ call, result }: Call): boolean {
  if (call === 'hasMapped') return result === true;
  return call === 'variablesOf' && isObject(result) && Object.keys(result).length > 0;
}

/** The executables of programs with a title, asked for in the search for debug servers. */
function isStranger({ call, args }: Call, { pids, carriers }: Relevance): boolean {
  const pid = call === 'readLink' ? Number(EXECUTABLE.exec(String(args[0]))?.[1]) : Number.NaN;
  return !Number.isNaN(pid) && !pids.has(pid) && !carriers.has(pid);
}

function inodesIn({ call, result }: Call): number[] {
  return call === 'socketsOf' && Array.isArray(result) ? result.map(Number) : [];
}

function uidsIn({ call, args, result }: Call): number[] {
  if (isObject(result) && 'uid' in result) return [Number(result.uid)];
  const table = call === 'readFile' ? TCP_TABLE.exec(String(args[0])) : null;
  if (table === null || !isObject(result) || !('text' in result)) return [];
  return parseTcpTable(String(result.text), table[2] === '6' ? 6 : 4).map(({ uid }) => uid);
}

/** Whoever has a debug option or a socket keeps the command line; of others the name is enough. */
function trimProcess(entry: ProcessEntry, { pids, carriers }: Relevance): ProcessEntry {
  const isKept = pids.has(entry.pid) || carriers.has(entry.pid) || hasDebugOption(entry);
  return { ...entry, command: isKept ? redactCommand(entry.command) : [] };
}

/** What has a debug option, and for each user one nameless process, which says that the user has some. */
function trimProcesses(entries: readonly ProcessEntry[], { carriers }: Relevance): ProcessEntry[] {
  return entries.flatMap((entry, index) => {
    const isKept = carriers.has(entry.pid) || hasDebugOption(entry);
    if (isKept) return [{ ...entry, command: redactCommand(entry.command) }];
    const isFirst = entries.findIndex(({ uid }) => uid === entry.uid) === index;
    return isFirst ? [{ ...entry, name: '', command: [] }] : [];
  });
}

/** Rows that a diagnosis can need: the header, listeners, the target's port, and what stays on this machine. */
function trimTcpTable(lines: readonly string[], { targets }: Relevance): string[] {
  const keys = targets.flatMap(({ port }) => (port === null ? [] : [`${portKey(port)} `]));
  const isKept = (line: string): boolean =>
    line.includes(' 0A ') || LOOPBACK.test(line) || keys.some((key) => line.includes(key));
  return lines.filter((line, index) => index === 0 || isKept(line));
}

function trimPasswd(lines: readonly string[], { uids }: Relevance): string[] {
  return lines
    .map((line) => line.split(':', 3))
    .filter(([, , uid]) => uid !== undefined && uids.has(Number(uid)))
    .map(([name, , uid]) => `${name}:x:${uid}`);
}

/** The target's own path, and the sockets of debug servers. */
function trimUnixTable(text: string, { targets, inodes }: Relevance): string {
  const isKept = (line: string): boolean => {
    const inode = Number(line.split(/\s+/)[6]);
    return inodes.has(inode) || targets.some(({ socketPath }) => socketPath !== null && line.includes(socketPath));
  };
  return text
    .split('\n')
    .filter((line) => isKept(line))
    .join('\n');
}

function trimText(path: string, text: string, relevance: Relevance): string {
  const lines = text.split('\n');
  const starting = (start: string): string => lines.filter((line) => line.startsWith(start)).join('\n');
  if (TCP_TABLE.test(path)) return trimTcpTable(lines, relevance).join('\n');
  if (path === '/etc/passwd') return trimPasswd(lines, relevance).join('\n');
  if (path.endsWith('/hosts'))
    return relevance.targets.flatMap(({ host }) => hostsLinesFor(text, host ?? '')).join('\n');
  if (/^\/proc\/(\d+|self)\/limits$/.test(path)) return starting('Max open files');
  return STATUS.test(path) ? lines.filter((line) => KEPT_OF_STATUS.test(line)).join('\n') : text;
}

function trimResult({ call, args, result }: Call, relevance: Relevance): unknown {
  const path = String(args[0]);
  if (call === 'processes' && Array.isArray(result))
    return trimProcesses(
      result.filter((value) => isEntry(value)),
      relevance,
    );
  if (call === 'process' && isEntry(result)) return trimProcess(result, relevance);
  if (path === '/proc/net/unix' && isObject(result) && 'text' in result) {
    return { ...result, text: trimUnixTable(String(result.text), relevance) };
  }
  if (call === 'readFile' && isObject(result) && 'text' in result) {
    return { ...result, text: trimText(path, String(result.text), relevance) };
  }
  if (
    call === 'listDirectory' &&
    path.endsWith('/lib') &&
    isObject(result) &&
    'names' in result &&
    Array.isArray(result.names)
  ) {
    return { ...result, names: result.names.filter((name: unknown) => String(name).startsWith('python3')) };
  }
  if (call === 'variablesOf' && isObject(result)) return trimVariables({ ...result });
  if (call === 'environment' && typeof result === 'string' && OPTION_VARIABLE.test(path)) {
    return trimVariables({ [path]: result })[path];
  }
  return result;
}

/**
 * The calls of a recording, sorted, so that two recordings of one machine differ only where the machine did. Leaves out
 * what is nobody's business: other programs and their command lines, other users, secrets, far connections.
 */
export function trimCalls(calls: readonly Call[], targets: readonly Target[]): Call[] {
  const targetPids = targets.flatMap(({ pid }) => (pid === null ? [] : [pid]));
  const relevance: Relevance = {
    targets,
    inodes: new Set(calls.flatMap((call) => inodesIn(call))),
    pids: new Set([...targetPids, ...calls.flatMap((call) => pidsIn(call))]),
    carriers: new Set(calls.filter((call) => isCarrier(call)).map(({ args }) => Number(args[0]))),
    uids: new Set(calls.flatMap((call) => uidsIn(call))),
  };
  return calls
    .filter((call) => !isStranger(call, relevance))
    .map((call) => ({ ...call, result: trimResult(call, relevance) }))
    .toSorted((a, b) => (callKey(a.call, a.args) < callKey(b.call, b.args) ? -1 : 1));
}

/** The text of a recording.json: one call a line, which keeps it small and its changes readable. */
export function formatRecording({ calls, ...head }: RecordedRun): string {
  const fields = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const lines = calls.map((call) => JSON.stringify(call)).join(',\n');
  return `{\n${fields.join(',\n')},\n"calls": [\n${lines}\n]}\n`;
}

/** Checks that a parsed recording.json has the form of one. Null: it has not. */
export function parseRecordedRun(value: unknown): RecordedRun | null {
  if (typeof value !== 'object' || value === null) return null;
  const { recordingVersion, calls, targets, platform } = value as Partial<RecordedRun>;
  const isValid =
    recordingVersion === 1 && Array.isArray(calls) && Array.isArray(targets) && typeof platform === 'string';
  return isValid ? (value as RecordedRun) : null;
}
