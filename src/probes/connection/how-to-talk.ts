import { ADAPTERS } from '../../adapters/index.js';
import type { Adapter, Handshake } from '../../adapters/adapter.js';
import type { Exchange } from '../../host/host.js';
import type { ProbeLevel } from '../../model/probe-level.js';
import type { Listener } from './listener.js';

/** A debugger that speaks first does so within milliseconds; a busy machine is given this long. */
const LISTEN_MS = 1500;

/** The longest that a whole handshake may take. */
const HANDSHAKE_MS = 3000;

/** How long a program that we do not know may take to speak before it is asked what it is. */
const STRANGER_LISTEN_MS = 600;

/** A program that may not be seen is asked only when the wanted debugger would long have spoken. */
const UNSEEN_ASK_AFTER_MS = 900;

const HTTP_QUESTION = 'GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';

/** What is to be done about whatever listens there. */
export type Approach =
  | { dial: false; because: string }
  | {
      dial: true;
      how: Exchange;
      /** True when the wanted debugger would answer that. */
      answerExpected: boolean;
      isHandshake: boolean;
      /** What it may do to the server, as one clause; null: nothing. */
      disturbs: string | null;
    };

/** A handshake's messages: those that are said at once, and those that wait for an answer. */
export function messagesOf(steps: Handshake['steps']): Pick<Exchange, 'send' | 'replies'> {
  let first = '';
  const replies: { after: string; send: string }[] = [];
  for (const { after, send } of steps) {
    const last = replies.at(-1);
    if (after !== null) replies.push({ after, send });
    else if (last === undefined) first += send;
    else last.send += send;
  }
  return { send: first === '' ? null : first, replies };
}

/** What a program that is no debugger, as far as we see, is asked: who it is, in the language that most speak. */
function strangersExchange(timeoutMs: number): Exchange {
  const listen = { timeoutMs, listenMs: STRANGER_LISTEN_MS, sendAfterMs: STRANGER_LISTEN_MS / 4 };
  return { ...listen, send: HTTP_QUESTION, replies: [], until: '\n', stayMs: 0 };
}

/** As the adapter wants to be talked to, where that is harmless; else nothing is said, and nobody should be there. */
function gentleExchange(adapter: Adapter, { kind, server, mayStart }: Listener, timeoutMs: number): Exchange {
  const contact = adapter.contact(server?.mode ?? null);
  const silent = { timeoutMs, listenMs: STRANGER_LISTEN_MS, send: null, sendAfterMs: 0, replies: [], stayMs: 0 };
  if (!contact.harmless) return { ...silent, until: '\n' };
  const { until, speaksFirst, send, stayWhileStartingMs } = contact;
  const listenMs = speaksFirst || send !== null ? LISTEN_MS : 100;
  const how = { ...silent, listenMs, until, stayMs: mayStart ? stayWhileStartingMs : 0 };
  const asks = kind !== 'recognised' && speaksFirst;
  return asks ? { ...how, send: HTTP_QUESTION, sendAfterMs: UNSEEN_ASK_AFTER_MS } : { ...how, send };
}

/** Why a contact in this adapter's way would disturb; null: it would not. */
function harmOf(adapter: Adapter, { kind, server }: Listener): string | null {
  if (kind === 'stranger' || kind === 'nobody') return null;
  const contact = adapter.contact(server?.mode ?? null);
  return contact.harmless ? null : `a connection would disturb it: ${contact.because}`;
}

/** A server for one client has its client; another connection would wait behind it, and may be served later. */
function slotTaken(adapter: Adapter, { server }: Listener): string | null {
  if (server === null || !server.takesOneClient || server.clients === 0) return null;
  const contact = adapter.contact(server.mode);
  // Who speaks first greets every client.
  if (contact.harmless && contact.speaksFirst) return null;
  return 'its one client is connected, and another connection would only wait behind it';
}

function wholeHandshake(adapter: Adapter, { server, mayStart }: Listener, timeoutMs: number): Approach | null {
  const { handshake } = adapter;
  if (handshake === null) return null;
  const mode = server?.mode ?? null;
  const { steps, until } = handshake.inModes?.[mode ?? ''] ?? handshake;
  const contact = adapter.contact(mode);
  const stayMs = contact.harmless && mayStart ? contact.stayWhileStartingMs : 0;
  const how = { timeoutMs, listenMs: HANDSHAKE_MS, sendAfterMs: 0, until, stayMs };
  const answer = { answerExpected: true, isHandshake: true, disturbs: handshake.disturbs(mode) };
  return { dial: true, how: { ...how, ...messagesOf(steps) }, ...answer };
}

/**
 * How to contact whatever listens there. A whole handshake is for the wanted debugger alone: a stranger, and a debugger
 * that its process shows to be another one, are treated as a gentle look treats them.
 */
export function approach(wanted: Adapter, listener: Listener, level: ProbeLevel, timeoutMs: number): Approach {
  if (level === 'passive') return { dial: false, because: 'no connection is opened (--probe passive)' };
  const { kind, server, forwards } = listener;
  const adapter = server === null || server.adapter === wanted.id ? wanted : ADAPTERS[server.adapter];
  const taken = slotTaken(adapter, listener);
  if (taken !== null) return { dial: false, because: taken };
  const mayBeWanted = kind === 'veiled' || (kind === 'recognised' && adapter.id === wanted.id);
  const whole = level === 'full' && mayBeWanted ? wholeHandshake(adapter, listener, timeoutMs) : null;
  if (whole !== null) return whole;
  const harm = harmOf(adapter, listener);
  if (harm !== null) return { dial: false, because: harm };
  const gently = { isHandshake: false, disturbs: null };
  if (kind === 'stranger' && wanted.id !== 'tcp') {
    return { dial: true, how: strangersExchange(timeoutMs), answerExpected: false, ...gently };
  }
  const answerExpected = !forwards && adapter.id !== 'tcp' && kind !== 'nobody';
  return { dial: true, how: gentleExchange(adapter, listener, timeoutMs), answerExpected, ...gently };
}
