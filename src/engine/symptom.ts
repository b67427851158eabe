import type { Connection, ConnectionAttempt } from '../model/facts.js';
import type { Platform } from '../model/platform.js';
import type { SymptomRef } from '../model/report.js';
import { errnoRef, symptomOfErrno, SYMPTOM_IDS, type SymptomId } from '../model/symptom.js';
import type { Target } from '../model/target.js';
import type { Observations } from './evaluate.js';

/** Node's names for getaddrinfo's failures. */
const RESOLVER_NAMES: Readonly<Record<string, string>> = { ENOTFOUND: 'EAI_NONAME', ENODATA: 'EAI_NODATA' };

const TAKEN = 'EADDRINUSE';

function byErrno(code: string, platform: Platform): SymptomRef | null {
  const id = symptomOfErrno(code);
  return id === null ? null : { id, errno: errnoRef(code, platform) };
}

function ofAttempt(attempt: ConnectionAttempt, target: Target, platform: Platform): SymptomRef | null {
  switch (attempt.outcome) {
    case 'failed':
      return attempt.errorCode === null ? null : byErrno(attempt.errorCode, platform);
    case 'timed-out':
      return { id: 'timed-out', errno: errnoRef('ETIMEDOUT', platform) };
    case 'not-tried':
      return null;
    case 'connected':
      if (attempt.answeredBy !== null && attempt.answeredBy !== target.adapter)
        return { id: 'unexpected-answer', errno: null };
      if (attempt.answeredBy !== null || !attempt.answerExpected) return null;
      return { id: attempt.closedByPeer ? 'closed-without-answer' : 'timed-out', errno: null };
  }
}

function ofConnection(connection: Connection, target: Target, platform: Platform): SymptomRef | null {
  const last = connection.attempts.at(-1);
  return last === undefined ? null : ofAttempt(last, target, platform);
}

function isSymptom(id: string): id is SymptomId {
  return (SYMPTOM_IDS as readonly string[]).includes(id);
}

function isAnotherPortTaken({ 'secondary-ports': others }: Observations): boolean {
  return others?.status === 'ok' && others.value.ports.some(({ attempt }) => attempt?.errorCode === TAKEN);
}

/** What the user would see, from the facts: the error of a bind or a connection first, then what a log or the user says. */
export function symptomOf(observations: Observations, target: Target, platform: Platform): SymptomRef | null {
  const { resolution, connection, bind } = observations;
  const logs = observations['server-logs'];
  const tool = observations['launch-tool'];
  if (resolution?.status === 'ok' && resolution.value.errorCode !== null) {
    return byErrno(RESOLVER_NAMES[resolution.value.errorCode] ?? resolution.value.errorCode, platform);
  }
  if (target.request === 'launch') {
    const failed = bind?.status === 'ok' ? bind.value.attempts.find(({ errorCode }) => errorCode !== null) : undefined;
    const ofBind =
      failed?.errorCode === undefined || failed.errorCode === null ? null : byErrno(failed.errorCode, platform);
    // Without a command it is a guess which interpreter will run, and a refused bind is none.
    if (ofBind !== null && target.command.length === 0) return ofBind;
    if (tool?.status === 'ok' && tool.value.found?.hasDebugger !== true) {
      return { id: 'dependency-missing', errno: tool.value.found === null ? errnoRef('ENOENT', platform) : null };
    }
    if (ofBind !== null) return ofBind;
    if (isAnotherPortTaken(observations)) return byErrno(TAKEN, platform);
  }
  const seen = connection?.status === 'ok' ? ofConnection(connection.value, target, platform) : null;
  if (seen !== null) return seen;
  const hit = logs?.status === 'ok' ? logs.value.hits.at(-1) : undefined;
  return hit !== undefined && isSymptom(hit.symptom) ? { id: hit.symptom, errno: hit.errno } : null;
}
