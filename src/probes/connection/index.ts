import { ADAPTERS } from '../../adapters/index.js';
import type { Connection, ConnectionAttempt, PortSockets, Resolution, SocketAddress } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { formatAddress, isLoopback } from '../../model/addresses.js';
import type { Probe, ProbeContext } from '../probe.js';
import { askByName } from './ask-by-name.js';
import { contact, notTried } from './contact.js';
import { listenerAt, listenerOnPath } from './listener.js';

/** Names can have dozens of addresses; a client tries them one after the other, and so do we. */
const MAX_ADDRESSES = 4;

/** Nothing on loopback takes longer, unless its queue is full or a rule drops the packets. */
const LOOPBACK_TIMEOUT_MS = 1000;

async function dial(context: ProbeContext, to: SocketAddress, sockets: PortSockets | null): Promise<ConnectionAttempt> {
  if (context.offline && !isLoopback(to.address)) return notTried(to, 'other machines are not asked (--offline)');
  const wanted = ADAPTERS[context.target.adapter];
  const listener = await listenerAt(context, wanted, sockets, to.address);
  const { connectTimeoutMs } = context;
  const timeoutMs = isLoopback(to.address) ? Math.min(LOOPBACK_TIMEOUT_MS, connectTimeoutMs) : connectTimeoutMs;
  return askByName(context, to, timeoutMs, await contact(context, wanted, to, listener, timeoutMs));
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

async function observe(context: ProbeContext): Promise<Observation<Connection>> {
  const { port, socketPath, request } = context.target;
  // What a server would be started beside is learnt from the tables; to dial it could disturb it.
  if (request === 'launch') return unavailable('not-asked', evidence('a port to listen on is not dialled'));
  if (socketPath !== null) {
    // A Unix socket has no address to choose; it is dialled as it is.
    const listener = await listenerOnPath(context);
    const wanted = ADAPTERS[context.target.adapter];
    const attempt = await contact(context, wanted, { path: socketPath }, listener, context.connectTimeoutMs);
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
  const place = 'path' in to ? to.path : formatAddress(to);
  const said = {
    connected: 'accepted the connection',
    failed: `refused it with ${errorCode ?? 'an error'}`,
    'timed-out': 'did not answer',
    'not-tried': `was not dialled: ${notTriedBecause ?? ''}`,
  }[outcome];
  return evidence(`${place} ${said} (${durationMs} ms)`, { socket: place });
}

export const connection: Probe<'connection'> = { name: 'connection', observe };
