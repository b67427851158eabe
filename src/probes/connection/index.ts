import { ADAPTERS, identifyAnswer, mayHide } from '../../adapters/index.js';
import type { Adapter, Contact } from '../../adapters/adapter.js';
import type { Exchange, ExchangeResult } from '../../host/host.js';
import type {
  Connection,
  ConnectionAttempt,
  DebugServer,
  PortSockets,
  ProcessInfo,
  Resolution,
  SocketAddress,
} from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { isLoopback } from '../../model/addresses.js';
import { mayBeStarting } from '../process/age.js';
import type { Probe, ProbeContext } from '../probe.js';

/** Names can have dozens of addresses; a client tries them one after the other, and so do we. */
const MAX_ADDRESSES = 4;

/** A debugger that speaks first does so within milliseconds; a busy machine is given this long. */
const LISTEN_MS = 1500;

/** Nothing on loopback takes longer, unless its queue is full or a rule drops the packets. */
const LOOPBACK_TIMEOUT_MS = 1000;

/** The longest that a whole handshake may take. */
const HANDSHAKE_MS = 3000;

/** How long a program that we do not know may take to speak before it is asked what it is. */
const STRANGER_LISTEN_MS = 600;

/** A program that may not be seen is asked only when the wanted debugger would long have spoken. */
const UNSEEN_ASK_AFTER_MS = 900;

const HTTP_QUESTION = 'GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';

/** Whether the answer identifies itself; `http` and `ssh` are the strangers met most. */
export function identifyProtocol(received: string): ConnectionAttempt['answeredBy'] {
  const adapter = identifyAnswer(received);
  if (adapter !== null) return adapter;
  if (received.startsWith('HTTP/')) return 'http';
  return received.startsWith('SSH-') ? 'ssh' : null;
}

/** What is known of the program that listens: a debugger by its command line, another program, or nothing. */
type Owner = 'recognised' | 'stranger' | 'unseen';

/** How to talk to whatever listens there: as its own adapter wants it, or listening first and asking in HTTP. */
function exchangeFor(
  adapter: Adapter,
  mode: string | null,
  owner: Owner,
  mayStart: boolean,
  timeoutMs: number,
): Exchange {
  const contact = adapter.contact(mode);
  if (owner === 'stranger' || !contact.harmless) {
    const ask = owner === 'stranger' ? HTTP_QUESTION : null;
    return {
      timeoutMs,
      listenMs: STRANGER_LISTEN_MS,
      send: ask,
      sendAfterMs: STRANGER_LISTEN_MS / 4,
      replies: [],
      until: '\n',
      stayMs: 0,
    };
  }
  const answers = contact.speaksFirst || contact.send !== null;
  const { until, stayWhileStartingMs } = contact;
  const replies: Exchange['replies'] = [];
  const how = {
    replies,
    timeoutMs,
    listenMs: answers ? LISTEN_MS : 100,
    until,
    stayMs: mayStart ? stayWhileStartingMs : 0,
  };
  const ask = owner === 'unseen' && contact.speaksFirst;
  return ask
    ? { ...how, send: HTTP_QUESTION, sendAfterMs: UNSEEN_ASK_AFTER_MS }
    : { ...how, send: contact.send, sendAfterMs: 0 };
}

function harmOf(contact: Contact): string | null {
  return contact.harmless ? null : contact.because;
}

/** The exchange of `--probe full`. Null: this adapter has none, and a gentle look must do. */
function handshakeFor({ handshake, contact }: Adapter, mode: string | null, timeoutMs: number): Exchange | null {
  if (handshake === null) return null;
  const { steps, until } = handshake;
  const [first] = steps;
  const speaks = first?.after === null ? first.send : null;
  const replies = steps.flatMap(({ after, send }) => (after === null ? [] : [{ after, send }]));
  const gentle = contact(mode);
  const stayMs = gentle.harmless ? gentle.stayWhileStartingMs : 0;
  return { timeoutMs, listenMs: HANDSHAKE_MS, send: speaks, sendAfterMs: 0, replies, until, stayMs };
}

function contactOf({ adapter, mode }: DebugServer): Contact {
  return ADAPTERS[adapter].contact(mode);
}

function busyWith({ adapter, clients }: DebugServer): string | null {
  const queues = ADAPTERS[adapter].queuesClients === true && clients > 0;
  return queues ? 'a client is connected, and any other waits in the queue' : null;
}

/**
 * Whether the wanted debugger may be in a program that wrote a title over its command line and its environment, as puma
 * does. Its executable file is then all that is left to see.
 */
function mayCarryUnseen({ executable, command }: ProcessInfo, wanted: Adapter): boolean {
  return executable !== null && mayHide([executable], wanted.id) && !mayHide(command, wanted.id);
}

/** Why a connection would disturb: a server in front of us that does not survive it, or one that may be such. */
function reasonNotToDial(wanted: Adapter, sockets: PortSockets | null): string | null {
  const listener = sockets?.sockets.find(({ row }) => row.state === 'LISTEN');
  if (listener === undefined) return null;
  if (listener.server !== null) return busyWith(listener.server) ?? harmOf(contactOf(listener.server));
  // Whoever listens where an editor should is taken for the editor.
  const isTheWanted = wanted.editorListens === true || listener.processes.length === 0;
  return isTheWanted ? harmOf(wanted.contact(null)) : null;
}

function attemptOf(to: ConnectionAttempt['to'], result: ExchangeResult, answerExpected: boolean): ConnectionAttempt {
  const answeredBy = identifyProtocol(result.received);
  return {
    to,
    outcome: result.outcome,
    errorCode: result.outcome === 'failed' ? result.errorCode : null,
    durationMs: Math.round(result.durationMs * 10) / 10,
    sent: result.sent,
    received: result.received,
    closedByPeer: result.closedByPeer,
    answeredBy,
    serverVersion:
      answeredBy === null || answeredBy === 'http' || answeredBy === 'ssh'
        ? null
        : ADAPTERS[answeredBy].versionIn(result.received),
    answerExpected,
    notTriedBecause: null,
  };
}

function notTried(to: ConnectionAttempt['to'], because: string): ConnectionAttempt {
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
    answerExpected: false,
    notTriedBecause: because,
  };
}

async function dial(context: ProbeContext, to: SocketAddress, sockets: PortSockets | null): Promise<ConnectionAttempt> {
  const wanted = ADAPTERS[context.target.adapter];
  if (context.offline && !isLoopback(to.address)) return notTried(to, 'other machines are not asked (--offline)');
  if (context.probeLevel === 'passive') return notTried(to, 'no connection is opened (--probe passive)');
  const because = context.probeLevel === 'full' ? null : reasonNotToDial(wanted, sockets);
  if (because !== null) return notTried(to, `a connection would disturb it: ${because}`);
  const listener = sockets?.sockets.find(({ row }) => row.state === 'LISTEN');
  const server = listener?.server ?? null;
  const isSeen = listener !== undefined && listener.processes.length > 0;
  const isTitled = listener?.processes.some((process) => mayCarryUnseen(process, wanted)) === true;
  const owner = server !== null || wanted.id === 'tcp' || isTitled ? 'recognised' : isSeen ? 'stranger' : 'unseen';
  const adapter = server === null ? wanted : ADAPTERS[server.adapter];
  const timeoutMs = isLoopback(to.address)
    ? Math.min(LOOPBACK_TIMEOUT_MS, context.connectTimeoutMs)
    : context.connectTimeoutMs;
  const mayStart = owner === 'unseen' || (server !== null && mayBeStarting(server.process, context.host.now()));
  const mode = server?.mode ?? null;
  const whole = context.probeLevel === 'full' && owner !== 'stranger' ? handshakeFor(adapter, mode, timeoutMs) : null;
  const how = whole ?? exchangeFor(adapter, mode, owner, mayStart, timeoutMs);
  const result = await context.host.exchange({ address: to.address, port: to.port }, how);
  const speaks = whole !== null || adapter.contact(mode).harmless;
  const answerExpected = owner !== 'stranger' && speaks && adapter.id !== 'tcp';
  return attemptOf(to, result, answerExpected);
}

/** Dials the addresses in the resolver's order and stops at the first that accepts, as a client does. */
async function dialAll(context: ProbeContext, resolution: Resolution, port: number): Promise<ConnectionAttempt[]> {
  const sockets = await context.see('port-sockets');
  const attempts: ConnectionAttempt[] = [];
  for (const { address, family } of resolution.addresses.slice(0, MAX_ADDRESSES)) {
    const attempt = await dial(context, { address, family, port }, sockets.status === 'ok' ? sockets.value : null);
    attempts.push(attempt);
    if (attempt.outcome === 'connected') break;
  }
  return attempts;
}

/** A Unix socket has no address to choose; it is dialled as it is. */
async function dialPath(
  { host, target, probeLevel, connectTimeoutMs }: ProbeContext,
  path: string,
): Promise<ConnectionAttempt> {
  const adapter = ADAPTERS[target.adapter];
  if (probeLevel === 'passive') return notTried({ path }, 'no connection is opened (--probe passive)');
  const harm = harmOf(adapter.contact(null));
  if (harm !== null) return notTried({ path }, `a connection would disturb it: ${harm}`);
  const result = await host.exchange({ path }, exchangeFor(adapter, null, 'recognised', true, connectTimeoutMs));
  return attemptOf({ path }, result, adapter.id !== 'tcp');
}

async function observe(context: ProbeContext): Promise<Observation<Connection>> {
  const { port, socketPath, request } = context.target;
  // What a server would be started beside is learnt from the tables; to dial it could disturb it.
  if (request === 'launch') return unavailable('not-asked', evidence('a port to listen on is not dialled'));
  if (socketPath !== null) {
    const attempt = await dialPath(context, socketPath);
    return observed({ attempts: [attempt] }, describeAttempt(attempt));
  }
  if (port === null || port < 1 || port > 65535)
    return unavailable('unsupported', evidence('there is no such port to dial'));
  const resolution = await context.see('resolution');
  if (resolution.status !== 'ok') return resolution;
  if (resolution.value.addresses.length === 0) {
    return unavailable(
      'unsupported',
      evidence(`there is no address to dial: ${resolution.value.host} does not resolve`),
    );
  }
  const attempts = await dialAll(context, resolution.value, port);
  const lines = attempts.map((attempt) => describeAttempt(attempt));
  return observed({ attempts }, ...lines);
}

function describeAttempt({
  to,
  outcome,
  errorCode,
  durationMs,
  notTriedBecause,
}: ConnectionAttempt): ReturnType<typeof evidence> {
  const place = 'path' in to ? to.path : `${to.family === 6 ? `[${to.address}]` : to.address}:${to.port}`;
  const said = {
    connected: 'accepted the connection',
    failed: `refused it with ${errorCode ?? 'an error'}`,
    'timed-out': 'did not answer',
    'not-tried': `was not dialled: ${notTriedBecause ?? ''}`,
  }[outcome];
  return evidence(`${place} ${said} (${durationMs} ms)`, { socket: place });
}

export const connection: Probe<'connection'> = { name: 'connection', observe };
