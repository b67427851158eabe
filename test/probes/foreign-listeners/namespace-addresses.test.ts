import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createNodeHost } from '../../../src/host/node.js';
import { addressesOfNamespace, parseFibTrie, parseIfInet6 } from '../../../src/probes/foreign-listeners/namespace-addresses.js';

describe('the addresses of a network namespace', () => {
  it('takes the local leaves of fib_trie, each once, and no route or broadcast', () => {
    const text = [
      'Main:',
      '  +-- 10.0.0.0/24 2 0 2',
      '     |-- 10.0.0.0',
      '        /24 link UNICAST',
      '     |-- 10.0.0.2',
      '        /32 host LOCAL',
      '     |-- 10.0.0.255',
      '        /32 link BROADCAST',
      'Local:',
      '     |-- 10.0.0.2',
      '        /32 host LOCAL',
      '     |-- 127.0.0.1',
      '        /32 host LOCAL',
      '',
    ].join('\n');
    expect(parseFibTrie(text)).toEqual(['10.0.0.2', '127.0.0.1']);
  });

  it('writes the addresses of if_inet6 in their short form', () => {
    const text = `fd000078000000000000000000000002 02 40 00 80    ddat0\n${'0'.repeat(31)}1 01 80 10 80       lo\n`;
    expect(parseIfInet6(text)).toEqual(['fd00:78::2', '::1']);
  });

  it('is empty for a text of another form', () => {
    expect([...parseFibTrie('no\ntrie'), ...parseIfInet6('\u0000\u0001 02 40')]).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('finds what the system says of our own', async () => {
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const found = await addressesOfNamespace(createNodeHost(), process.pid);
    expect(found).toEqual(expect.arrayContaining(own.filter(({ family }) => family === 'IPv4').map(({ address }) => address)));
  });
});
