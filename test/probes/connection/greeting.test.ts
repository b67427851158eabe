import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { debugpy } from '../../../src/adapters/debugpy.js';
import { exchange } from '../../../src/host/exchange.js';
import type { Exchange, ExchangeResult } from '../../../src/host/host.js';

const contact = debugpy.contact(null);
const HOW: Exchange = {
  timeoutMs: 1000,
  listenMs: 600,
  send: null,
  sendAfterMs: 0,
  replies: [],
  until: contact.harmless ? contact.until : null,
  stayMs: 0,
};

let server: Server | null = null;

afterEach(() => void server?.close());

/** Sends the parts one after the other to a client that behaves so. */
async function greet(parts: readonly string[], how: Exchange): Promise<ExchangeResult> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    void (async () => {
      for (const part of parts) {
        socket.write(part);
        await sleep(30);
      }
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return exchange({ address, port }, how, null);
}

/** An event as debugpy writes it: Python puts a space behind colons and commas. */
function event(output: string, packageVersion: string): string {
  const body = `{"seq": 1, "type": "event", "event": "output", "body": {"category": "telemetry", "output": "${output}", "data": {"packageVersion": "${packageVersion}"}}}`;
  return `Content-Length: ${body.length}\r\n\r\n${body}`;
}

describe("debugpy's greeting", () => {
  it.each(['1.6.3+git20221103.a2a3328', '1.8.0'])('of %s is heard to its second event', async (version) => {
    const all = [event('ptvsd', version), event('debugpy', version)];
    expect((await greet([...all, 'more'], HOW)).received).toBe(all.join(''));
  });

  it.each(['1.8.1', '1.8.22', '1.10.0'])('of %s is heard to its third event', async (version) => {
    const all = [event('ptvsd', version), event('debugpy', version), '{"event": "debugpySockets"}'];
    expect((await greet([...all, 'more'], HOW)).received).toBe(all.join(''));
  });

  it('does not send the client away while the server may be starting', async () => {
    const all = [event('ptvsd', '1.6.3'), event('debugpy', '1.6.3')];
    const { durationMs, received, closedByPeer } = await greet(all, { ...HOW, stayMs: 300 });
    expect(durationMs).toBeGreaterThanOrEqual(295);
    expect({ received, closedByPeer }).toEqual({ received: all.join(''), closedByPeer: false });
  });
});
