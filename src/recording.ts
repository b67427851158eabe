import { recogniseCommand } from './adapters/index.js';
import { callKey, type Call, type Recording } from './host/calls.js';
import type { ProcessEntry } from './host/host.js';
import { trimProcesses } from './host/record.js';
import type { Target } from './model/target.js';
import { redactCommand } from './probes/process/redact.js';

/** The content of a `--record` folder's recording.json: the machine, and what was asked about it. */
export interface RecordedRun extends Recording {
  targets: readonly Target[];
  /** The operating system in words. */
  system: unknown;
}

function redactEntry(entry: ProcessEntry): ProcessEntry {
  return { ...entry, command: redactCommand(entry.command) };
}

/** Rows of a TCP table that a diagnosis can need: the header, listeners, and what stays on this machine. */
function trimTcpTable(text: string): string {
  const isLocal = (line: string): boolean => line.includes(' 0A ') || line.includes('0100007F:') || line.includes('00000001000000:');
  return text
    .split('\n')
    .filter((line, index) => index === 0 || isLocal(line))
    .join('\n');
}

function isEntry(value: unknown): value is ProcessEntry {
  return typeof value === 'object' && value !== null && 'pid' in value && 'command' in value;
}

/** Leaves out of a recording what is nobody's business: command lines of other programs, secrets, far connections. */
export function trimAnswer({ call, args, result }: Call): unknown {
  if (call === 'processes' && Array.isArray(result)) {
    const entries = result.filter((value) => isEntry(value));
    return trimProcesses(entries, ({ command }) => recogniseCommand(command) !== null).map((entry) => redactEntry(entry));
  }
  if (call === 'process' && isEntry(result)) return redactEntry(result);
  const isTable = call === 'readFile' && /^\/proc\/(\d+\/)?net\/tcp6?$/.test(String(args[0]));
  if (isTable && typeof result === 'object' && result !== null && 'text' in result) {
    return { ...result, text: trimTcpTable(String(result.text)) };
  }
  return result;
}

/** Checks that a parsed recording.json has the form of one. Null: it has not. */
export function parseRecordedRun(value: unknown): RecordedRun | null {
  if (typeof value !== 'object' || value === null) return null;
  const { recordingVersion, calls, targets, platform } = value as Partial<RecordedRun>;
  const isValid = recordingVersion === 1 && Array.isArray(calls) && Array.isArray(targets) && typeof platform === 'string';
  return isValid ? (value as RecordedRun) : null;
}

/** Sorted, so that two recordings of one machine differ only where the machine did. */
export function sortCalls(calls: readonly Call[]): Call[] {
  return calls.toSorted((a, b) => (callKey(a.call, a.args) < callKey(b.call, b.args) ? -1 : 1));
}
