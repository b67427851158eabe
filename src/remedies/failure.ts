/** Why a step, or a whole fix or undo, did not happen. */
export type FailureReason =
  | 'file-unreadable'
  | 'file-too-large'
  | 'not-utf8'
  | 'not-json'
  | 'no-such-key'
  | 'not-a-plain-value'
  | 'file-changed'
  | 'file-not-writable'
  | 'not-started'
  | 'timed-out'
  | 'exit-code'
  | 'process-changed'
  | 'protected-process'
  | 'other-user'
  | 'not-the-listener'
  | 'not-visible'
  | 'signal-refused'
  | 'did-not-end'
  | 'journal-not-writable'
  | 'another-fix-runs';

/** `detail` is a fact for people: an errno name, the last lines of a program, the value that was found. Untrusted. */
export interface Failure {
  ok: false;
  reason: FailureReason;
  detail: string;
}

export function failure(reason: FailureReason, detail: string): Failure {
  return { ok: false, reason, detail };
}
