import { createConnection, type Socket } from 'node:net';

const PATIENCE_MS = 10_000;

/** A client that stays connected until it is closed. */
export interface Client {
  /** Everything received so far, as Latin-1. */
  received(): string;
  send(text: string): void;
  /** Waits for a text; throws when it does not come or the server closes. */
  waitFor(text: string): Promise<string>;
  close(): void;
}

/** Connects for real and stays. */
export function openClient(port: number, host = '127.0.0.1'): Promise<Client> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port });
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject).on('error', () => undefined);
      const waitFor = (text: string): Promise<string> => waitForText(socket, () => received, text);
      resolve({
        received: () => received,
        send: (text) => void socket.write(text),
        waitFor,
        close: () => socket.destroy(),
      });
    });
  });
}

function waitForText(socket: Socket, received: () => string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (problem: string | null): void => {
      clearTimeout(timer);
      socket.off('data', look).off('close', closed);
      if (problem === null) resolve(received());
      else reject(new Error(`${problem} before ${text}; so far: ${received().slice(0, 500)}`));
    };
    const look = (): void => {
      if (received().includes(text)) finish(null);
    };
    const closed = (): void => finish('closed');
    const timer = setTimeout(() => finish('waited in vain'), PATIENCE_MS);
    socket.on('data', look).once('close', closed);
    look();
  });
}

/** A message of the Debug Adapter Protocol. */
export function dapRequest(seq: number, command: string, args: Readonly<Record<string, unknown>> = {}): string {
  const body = JSON.stringify({ seq, type: 'request', command, arguments: args });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Connects as an editor does and waits for debugpy's answer to `initialize`; the session stays open. */
async function initializeDebugpy(port: number, host = '127.0.0.1'): Promise<Client> {
  const client = await openClient(port, host);
  await client.waitFor('packageVersion');
  client.send(dapRequest(1, 'initialize', { adapterID: 'live', clientID: 'live' }));
  await client.waitFor('"success": true, "command": "initialize"');
  return client;
}

/** Connects as an editor does and attaches; the session stays open. */
export async function attachToDebugpy(port: number): Promise<Client> {
  const client = await initializeDebugpy(port);
  client.send(dapRequest(2, 'attach', { justMyCode: true }));
  await client.waitFor('"event": "initialized"');
  client.send(dapRequest(3, 'configurationDone'));
  await client.waitFor('"success": true, "command": "attach"');
  return client;
}

/** Whether debugpy answers an editor now. */
export async function debugpyAnswers(port: number, host = '127.0.0.1'): Promise<boolean> {
  const client = await initializeDebugpy(port, host);
  client.close();
  return true;
}

/** Whether Node's inspector answers an editor now. */
export async function inspectorAnswers(port: number, host = '127.0.0.1'): Promise<boolean> {
  const client = await openClient(port, host);
  client.send('GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  const answer = await client.waitFor('}');
  client.close();
  return answer.includes('"Browser": "node.js/');
}
