/** Where something was seen: the command that was run, the file that was read, or the socket that was used. */
export type EvidenceOrigin = { argv: readonly string[] } | { file: string } | { socket: string } | { argument: string };

/** One seen fact. `text` is a sentence or a line for people; `detail` holds further lines. Both may contain untrusted text. */
export interface Evidence {
  text: string;
  from: EvidenceOrigin | null;
  detail: string | null;
}

export type UnavailableReason =
  | 'not-installed'
  | 'not-permitted'
  | 'timed-out'
  | 'unsupported'
  | 'unparsable'
  | 'not-asked';

/** What a probe saw, or why it saw nothing. Nothing seen is never good news. */
export type Observation<T> =
  | { status: 'ok'; value: T; evidence: readonly Evidence[] }
  | { status: 'unavailable'; reason: UnavailableReason; evidence: readonly Evidence[] };

export function observed<T>(value: T, ...seen: Evidence[]): Observation<T> {
  return { status: 'ok', value, evidence: seen };
}

export function unavailable(reason: UnavailableReason, ...seen: Evidence[]): Observation<never> {
  return { status: 'unavailable', reason, evidence: seen };
}

export function evidence(text: string, from: EvidenceOrigin | null = null, detail: string | null = null): Evidence {
  return { text, from, detail };
}
