import { createConnection, createServer } from 'node:net';
import { followConversation } from '../model/conversation.js';
import type { Endpoint, Exchange, ExchangeResult } from './host.js';

/** More than any banner that identifies a debugger; a server that floods us is cut off here. */
const MAX_RECEIVED_BYTES = 16 * 1024;

/**
 * Connects, listens, perhaps speaks and replies, closes. Never throws: failure is part of the result.
 * Times in milliseconds. The answer is decoded as Latin-1, so that every byte stays visible.
 */
export function exchange(to: Endpoint, how: Exchange, signal: AbortSignal | null): Promise<ExchangeResult> {
  return new Promise((resolve) => converse(to, how, signal, resolve));
}

function converse(
  to: Endpoint,
  how: Exchange,
  signal: AbortSignal | null,
  done: (result: ExchangeResult) => void,
): void {
  const startedAt = performance.now();
  const state = { connectedAt: 0, sent: '', received: '' };
  const talk = followConversation(how);
  const timers: NodeJS.Timeout[] = [];
  const socket = createConnection('path' in to ? { path: to.path } : { host: to.address, port: to.port });

  const finish = (outcome: ExchangeResult['outcome'], errorCode: string | null, closedByPeer: boolean): void => {
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    socket.destroy();
    const durationMs = performance.now() - startedAt;
    done({ outcome, errorCode, durationMs, sent: state.sent, received: state.received, closedByPeer });
  };
  const say = (text: string): void => {
    state.sent += text;
    socket.write(text, 'latin1');
  };
  const onAbort = (): void => finish(state.connectedAt > 0 ? 'connected' : 'timed-out', null, false);

  const connectTimer = setTimeout(() => finish('timed-out', null, false), how.timeoutMs);
  timers.push(connectTimer);
  socket.once('connect', () => {
    state.connectedAt = performance.now();
    clearTimeout(connectTimer);
    timers.push(setTimeout(() => finish('connected', null, false), how.listenMs));
    const { send } = how;
    if (send === null) return;
    if (how.sendAfterMs === 0) say(send);
    else timers.push(setTimeout(() => (state.received === '' ? say(send) : undefined), how.sendAfterMs));
  });
  socket.on('data', (chunk) => {
    state.received = (state.received + chunk.toString('latin1')).slice(0, MAX_RECEIVED_BYTES);
    const { replies, isOver } = talk(state.received);
    for (const reply of replies) say(reply);
    if (!isOver && state.received.length < MAX_RECEIVED_BYTES) return;
    socket.removeAllListeners('data').resume();
    const restMs = how.stayMs - (performance.now() - state.connectedAt);
    if (restMs <= 0) finish('connected', null, false);
    else timers.push(setTimeout(() => finish('connected', null, false), restMs));
  });
  socket.once('end', () => finish('connected', null, true));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // A reset right after accept arrives with syscall "connect" although the connection was made.
    if (state.connectedAt > 0) finish('connected', error.code ?? null, true);
    else finish('failed', error.code ?? 'UNKNOWN', false);
  });
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
}

/**
 * Listens on an address for a moment, to learn whether it can be had. Node sets SO_REUSEADDR on Unix, as debug servers
 * do, so that sockets in TIME_WAIT do not count.
 */
export function tryBind(address: string, port: number): Promise<{ errorCode: string | null }> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ errorCode: error.code ?? 'UNKNOWN' }));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve({ errorCode: null })));
  });
}
