import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.js';
import { blocksBind } from '../../src/model/addresses.js';
import { portsOf } from './ports.js';

const host = createNodeHost();
const [port = 0] = portsOf(1);
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '0.0.0.0', '::1', '::'];
const at = (address: string) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const), port });

async function whileListening<T>(address: string, look: () => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: address, port, exclusive: true }, resolve));
  try {
    return await look();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('tryBind', () => {
  it('lets go of what it bound', async () => {
    expect(await host.tryBind('127.0.0.1', port)).toEqual({ errorCode: null });
    expect(await host.tryBind('127.0.0.1', port)).toEqual({ errorCode: null });
  });

  it('says that an address is not ours', async () => {
    expect(await host.tryBind('192.0.2.254', port)).toEqual({ errorCode: 'EADDRNOTAVAIL' });
  });

  const PAIRS = ADDRESSES.flatMap((listener) => ADDRESSES.map((wanted) => [listener, wanted] as const));

  it.each(PAIRS)('with a listener on %s agrees with the matrix about %s', async (listener, wanted) => {
    const { errorCode } = await whileListening(listener, () => host.tryBind(wanted, port));
    expect(errorCode).toBe(blocksBind(at(listener), at(wanted)) ? 'EADDRINUSE' : null);
  });
});
