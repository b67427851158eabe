import type { Host } from './host.js';

/** Every method of a host whose answer a recording keeps. */
export const RECORDED_CALLS = [
  'readFile',
  'readLines',
  'readLink',
  'listDirectory',
  'pathStatus',
  'mayWrite',
  'freeSpace',
  'environment',
  'identity',
  'interfaces',
  'lookup',
  'exchange',
  'tryBind',
  'run',
  'processes',
  'process',
  'socketOwners',
  'socketsOf',
  'variablesOf',
  'hasMapped',
  'otherNetworkNamespaces',
  'describeSystem',
] as const satisfies readonly (keyof Host)[];

export type RecordedCall = (typeof RECORDED_CALLS)[number];

/** One question to the host, and its answer. */
export interface Call {
  call: RecordedCall;
  args: readonly unknown[];
  result: unknown;
}

/** A machine as a run of the doctor saw it. Written by `--record`, read by `--replay` and by the tests. */
export interface Recording {
  recordingVersion: 1;
  platform: Host['platform'];
  release: string;
  arch: string;
  now: number;
  calls: readonly Call[];
}

/** Calls that say null for what may not be seen: a recording that lacks one says the same. */
export const NULL_WHEN_UNSEEN: ReadonlySet<string> = new Set<RecordedCall>(['variablesOf', 'hasMapped']);

/** Calls whose later arguments say only how patiently, or for how much, to ask. */
const OPTIONS_FOLLOW: ReadonlySet<string> = new Set<RecordedCall>(['exchange', 'readFile', 'run', 'variablesOf']);

/** The name in an HTTP request; null for one that every server of HTTP answers alike. */
function namedIn(options: unknown): string | null {
  const send = typeof options === 'object' && options !== null && 'send' in options ? options.send : null;
  const name = typeof send === 'string' ? (/\r\nHost: ([^\r]*)/.exec(send)?.[1] ?? null) : null;
  return name === '127.0.0.1' ? null : name;
}

/**
 * What identifies a question. How long to wait and how much to read does not, so that a recording still answers a later
 * version of the doctor. The host that a request names does: inspectors answer by it.
 */
export function callKey(call: string, args: readonly unknown[]): string {
  if (!OPTIONS_FOLLOW.has(call)) return JSON.stringify([call, ...args]);
  const name = call === 'exchange' ? namedIn(args[1]) : null;
  return JSON.stringify([call, ...args.slice(0, 1), ...(name === null ? [] : [name])]);
}
