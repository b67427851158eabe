import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.js';
import type { Exchange } from '../../src/host/host.js';
import { portsOf } from './ports.js';

const host = createNodeHost();
const [port = 0, free = 0] = portsOf(0);
const HERE = { address: '127.0.0.1', port };
const LISTEN: Exchange = {
  timeoutMs: 1000,
  listenMs: 300,
  send: null,
  sendAfterMs: 0,
  replies: [],
  until: null,
  stayMs: 0,
};

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A server on `at` that treats each client in one way. */
async function serve(treat: (socket: Socket) => void, at: number | string = port): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    treat(socket);
  });
  cleanups.push(() => close(server, sockets));
  await new Promise<void>((resolve) => {
    if (typeof at === 'string') server.listen(at, resolve);
    else server.listen(at, '127.0.0.1', resolve);
  });
}

describe('a connection', () => {
  it('that is refused has its errno', async () => {
    expect(await host.exchange({ address: '127.0.0.1', port: free }, LISTEN)).toMatchObject({
      outcome: 'failed',
      errorCode: 'ECONNREFUSED',
    });
  });

  it('to a listener that never accepts and whose queue is full times out', async () => {
    const code = `import socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', ${port})); s.listen(0)
print('full', flush=True); time.sleep(20)`;
    const child = spawn('/usr/bin/python3', ['-c', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    cleanups.push(() => void child.kill('SIGKILL'));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const fillers = [0, 1, 2].map(() => createConnection(port, '127.0.0.1').on('error', () => undefined));
    cleanups.push(() => {
      for (const filler of fillers) filler.destroy();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const result = await host.exchange(HERE, { ...LISTEN, timeoutMs: 200 });
    expect(result).toMatchObject({ outcome: 'timed-out', errorCode: null, received: '' });
    expect(result.durationMs).toBeLessThan(1000);
  });

  it('to a silent server ends after the listening time', async () => {
    await serve(() => undefined);
    const result = await host.exchange(HERE, LISTEN);
    expect(result).toMatchObject({ outcome: 'connected', received: '', sent: '', closedByPeer: false });
    expect(result.durationMs).toBeGreaterThanOrEqual(290);
  });

  it('that the server closes or resets is a connection all the same', async () => {
    await serve((socket) => void socket.end());
    expect(await host.exchange(HERE, LISTEN)).toMatchObject({ outcome: 'connected', closedByPeer: true, received: '' });
    for (const cleanup of cleanups.splice(0)) await cleanup();
    await serve((socket) => void setTimeout(() => socket.resetAndDestroy(), 20));
    expect(await host.exchange(HERE, LISTEN)).toMatchObject({ outcome: 'connected', closedByPeer: true });
  });

  it('to a Unix socket works as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exchange-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 's');
    await serve((socket) => void socket.end('hello'), path);
    expect(await host.exchange({ path }, LISTEN)).toMatchObject({ outcome: 'connected', received: 'hello' });
    expect(await host.exchange({ path: join(folder, 'absent') }, LISTEN)).toMatchObject({
      outcome: 'failed',
      errorCode: 'ENOENT',
    });
  });
});

describe('what is said', () => {
  it('ends the exchange when it is enough, also in pieces', async () => {
    await serve((socket) => {
      socket.write('Content-Length: 5 pack');
      setTimeout(() => socket.write('ageVersion'), 30);
    });
    const result = await host.exchange(HERE, { ...LISTEN, listenMs: 3000, until: 'packageVersion' });
    expect(result).toMatchObject({
      outcome: 'connected',
      received: 'Content-Length: 5 packageVersion',
      closedByPeer: false,
    });
    expect(result.durationMs).toBeLessThan(1500);
  });

  it('is cut off when the server floods us', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    await serve((socket) => {
      const flood = (): void => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', flood);
      flood();
    });
    const result = await host.exchange(HERE, { ...LISTEN, listenMs: 5000 });
    expect(result.received).toHaveLength(16 * 1024);
    expect(result.durationMs).toBeLessThan(2000);
  });

  it('keeps every byte visible', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await serve((socket) => void socket.end(bytes));
    const { received } = await host.exchange(HERE, LISTEN);
    expect(Buffer.from(received, 'latin1')).toEqual(bytes);
  });

  it('is sent when the server does not speak first', async () => {
    await serve((socket) => void socket.once('data', (data) => socket.end(`got ${data.toString()}`)));
    const result = await host.exchange(HERE, { ...LISTEN, send: 'hello', sendAfterMs: 20 });
    expect(result).toMatchObject({ sent: 'hello', received: 'got hello' });
  });

  it('is not sent to a server that speaks first', async () => {
    const heard: string[] = [];
    await serve((socket) => {
      socket.on('data', (data) => heard.push(data.toString()));
      socket.write('welcome');
    });
    const result = await host.exchange(HERE, { ...LISTEN, send: 'hello', sendAfterMs: 100 });
    expect(result).toMatchObject({ sent: '', received: 'welcome' });
    expect(heard).toEqual([]);
  });
});

it('ends when the signal aborts', async () => {
  await serve(() => undefined);
  const patient = { ...LISTEN, listenMs: 10_000 };
  const result = await host.withSignal(AbortSignal.timeout(50)).exchange(HERE, patient);
  expect(result).toMatchObject({ outcome: 'connected', received: '' });
  expect(result.durationMs).toBeLessThan(2000);
  expect(await host.withSignal(AbortSignal.abort()).exchange(HERE, patient)).toMatchObject({ outcome: 'timed-out' });
});

describe('a conversation', () => {
  const heard: string[] = [];

  /** Answers each line that comes with the next of these texts, a byte at a time or all at once. */
  function answers(texts: readonly string[], bytewise: boolean): Promise<void> {
    heard.length = 0;
    const left = [...texts];
    return serve((socket) => {
      socket.setNoDelay(true);
      const say = async (text: string): Promise<void> => {
        for (const part of bytewise ? Buffer.from(text, 'latin1') : [text]) {
          socket.write(typeof part === 'number' ? Buffer.of(part) : Buffer.from(part, 'latin1'));
          // Lets the byte leave alone.
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      let saying = say(left.shift() ?? '');
      socket.on('data', (data) => {
        heard.push(data.toString('latin1'));
        saying = saying.then(() => say(left.shift() ?? ''));
      });
    });
  }

  const TALK: Exchange = {
    ...LISTEN,
    listenMs: 3000,
    replies: [
      { after: 'welcome', send: 'one\n' },
      { after: 'answer to one', send: 'two\n' },
    ],
    until: 'answer to two\\.',
  };

  it.each([false, true])('is held to its end, also in single bytes (%s)', async (bytewise) => {
    await answers(['you are welcome here. ', 'answer to one. ', 'answer to two.'], bytewise);
    const result = await host.exchange(HERE, TALK);
    expect(result).toMatchObject({ sent: 'one\ntwo\n', closedByPeer: false });
    expect(result.received).toBe('you are welcome here. answer to one. answer to two.');
    expect(result.durationMs).toBeLessThan(2000);
    expect(heard.join('')).toBe('one\ntwo\n');
  });

  it.each([false, true])(
    'takes a greeting of several parts apart alike in one piece and in bytes (%s)',
    async (bytewise) => {
      await answers(['welcome, answer to one, answer to two.'], bytewise);
      const result = await host.exchange(HERE, TALK);
      expect(result.sent).toBe('one\ntwo\n');
      expect(result.durationMs).toBeLessThan(2000);
    },
  );

  it('looks for each answer behind the one before it', async () => {
    await answers(['answer to two. welcome', 'answer to one'], false);
    const result = await host.exchange(HERE, { ...TALK, listenMs: 200 });
    expect(result).toMatchObject({ sent: 'one\ntwo\n', received: 'answer to two. welcomeanswer to one' });
    expect(result.durationMs).toBeGreaterThanOrEqual(190);
  });

  it('ends in time when a reply never comes, with what was heard', async () => {
    await answers(['welcome'], false);
    const result = await host.exchange(HERE, { ...TALK, listenMs: 150 });
    expect(result).toMatchObject({ outcome: 'connected', sent: 'one\n', received: 'welcome', closedByPeer: false });
    expect(result.durationMs).toBeLessThan(1500);
  });

  it('says its first word at once, also to a server that speaks first', async () => {
    await answers(['welcome', 'answer to one'], false);
    const result = await host.exchange(HERE, { ...TALK, listenMs: 200, send: 'zero\n' });
    expect(result.sent).toMatch(/^zero\none\n/);
  });

  it('ends when the server leaves in the middle', async () => {
    await serve((socket) => {
      socket.write('welcome');
      socket.once('data', () => socket.end());
    });
    expect(await host.exchange(HERE, TALK)).toMatchObject({ sent: 'one\n', received: 'welcome', closedByPeer: true });
  });

  it('is cut off when the server floods us, and what was to be said stays unsaid', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    await serve((socket) => {
      const flood = (): void => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', flood);
      flood();
    });
    const result = await host.exchange(HERE, TALK);
    expect(result).toMatchObject({ sent: '', received: 'x'.repeat(16 * 1024) });
    expect(result.durationMs).toBeLessThan(2000);
  });

  it('ends when the signal aborts between two messages', async () => {
    await answers(['welcome'], false);
    const controller = new AbortController();
    const talk = host.withSignal(controller.signal).exchange(HERE, { ...TALK, listenMs: 10_000 });
    const said = setInterval(() => {
      if (heard.join('') === 'one\n') controller.abort();
    }, 10);
    expect(await talk).toMatchObject({ outcome: 'connected', sent: 'one\n', received: 'welcome' });
    clearInterval(said);
  });

  it('keeps every byte, in both directions', async () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(byte)).join('');
    await answers([bytes, bytes], false);
    const result = await host.exchange(HERE, {
      ...TALK,
      replies: [{ after: '\\xff', send: `${bytes}\n` }],
      until: '\\xff',
    });
    expect(Buffer.from(result.received, 'latin1')).toEqual(Buffer.from(bytes + bytes, 'latin1'));
    expect(heard.join('')).toBe(`${bytes}\n`);
  });
});
