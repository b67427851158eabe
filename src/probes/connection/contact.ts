import { ADAPTERS, identifyAnswer } from '../../adapters/index.js';
import type { Adapter } from '../../adapters/adapter.js';
import type { ExchangeResult } from '../../host/host.js';
import { followConversation } from '../../model/conversation.js';
import type { ConnectionAttempt } from '../../model/facts.js';
import type { ProbeContext } from '../probe.js';
import { approach, type Approach } from './how-to-talk.js';
import type { Listener } from './listener.js';

/** Whether the answer identifies itself; `http` and `ssh` are the strangers met most. */
export function identifyProtocol(received: string): ConnectionAttempt['answeredBy'] {
  const adapter = identifyAnswer(received);
  if (adapter !== null) return adapter;
  if (received.startsWith('HTTP/')) return 'http';
  return received.startsWith('SSH-') ? 'ssh' : null;
}

type Dialled = Extract<Approach, { dial: true }>;

function attemptOf(to: ConnectionAttempt['to'], result: ExchangeResult, approached: Dialled): ConnectionAttempt {
  const answeredBy = identifyProtocol(result.received);
  const isDebugger = answeredBy !== null && answeredBy !== 'http' && answeredBy !== 'ssh';
  return {
    to,
    outcome: result.outcome,
    errorCode: result.outcome === 'failed' ? result.errorCode : null,
    durationMs: Math.round(result.durationMs * 10) / 10,
    sent: result.sent,
    received: result.received,
    closedByPeer: result.closedByPeer,
    answeredBy,
    serverVersion: isDebugger ? ADAPTERS[answeredBy].versionIn(result.received) : null,
    handshakeDone: approached.isHandshake && followConversation(approached.how)(result.received).isOver,
    answerExpected: approached.answerExpected,
    notTriedBecause: null,
  };
}

export function notTried(to: ConnectionAttempt['to'], because: string): ConnectionAttempt {
  return {
    to,
    outcome: 'not-tried',
    errorCode: null,
    durationMs: 0,
    sent: '',
    received: '',
    closedByPeer: false,
    answeredBy: null,
    serverVersion: null,
    handshakeDone: false,
    answerExpected: false,
    notTriedBecause: because,
  };
}

/** Says beforehand what the contact may do, and makes it; or says why not. */
export async function contact(
  { host, target, probeLevel, announce }: Pick<ProbeContext, 'host' | 'target' | 'probeLevel' | 'announce'>,
  wanted: Adapter,
  to: ConnectionAttempt['to'],
  listener: Listener,
  timeoutMs: number,
): Promise<ConnectionAttempt> {
  const chosen = approach(wanted, listener, probeLevel, timeoutMs);
  if (!chosen.dial) return notTried(to, chosen.because);
  const mode = listener.server?.mode ?? null;
  const what = mode === null ? wanted.name : `${wanted.name} (${mode})`;
  if (chosen.disturbs !== null) announce(`${target.name}: a whole handshake may disturb ${what}: ${chosen.disturbs}.`);
  const endpoint = 'path' in to ? { path: to.path } : { address: to.address, port: to.port };
  return attemptOf(to, await host.exchange(endpoint, chosen.how), chosen);
}
