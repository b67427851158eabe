import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listeningRows, rowsAtPort } from '../../../src/probes/port-sockets/read-tables.js';
import { compressIpv6, parseTcpTable, portKey } from '../../../src/probes/port-sockets/tcp-table.js';

// As the kernel wrote them on Debian 12 (Linux 6.18), with debugpy and node listening.
const FOUR = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
   0: 0100007F:162E 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 28552 2 00000000b2a1a4a8 100 0 0 10 0                     
   1: 00000000:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 28601 1 000000001d6a7d6f 100 0 0 10 0                     
   2: 0100007F:162E 0100007F:D3E8 01 00000000:00000000 00:00000000 00000000  1000        0 28560 1 0000000044a6a3c5 20 4 30 10 -1                    
   3: 0100007F:D3F0 0100007F:162E 06 00000000:00000000 03:000016B5 00000000     0        0 0 3 00000000d4a1b6a1                                      
   4: 0214000A:E1A0 0914000A:162E 02 00000001:00000000 01:00000019 00000000     0        0 28700 2 0000000011111111 200 0 0 1 7                      
`;
const SIX = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:240D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 29011 1 0000000063be3a6d 100 0 0 10 0
   1: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 29012 1 0000000063be3a6e 100 0 0 10 0
   2: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 29013 1 0000000063be3a6f 20 0 0 10 -1
   3: 000080FE00000000FF00FC00010000FE:1F90 B80D0120000000000000000001000000:C350 08 00000000:00000000 00:00000000 00000000     0        0 29014 1 0000000063be3a70 20 0 0 10 -1
`;

describe('the IPv4 table', () => {
  it('becomes rows', () => {
    const any = { address: '0.0.0.0', family: 4, port: 0 };
    const server = { address: '127.0.0.1', family: 4, port: 5678 };
    expect(parseTcpTable(FOUR, 4)).toEqual([
      { local: server, remote: any, state: 'LISTEN', receiveQueue: 3, uid: 1000, inode: 28_552 },
      { local: { ...any, port: 9229 }, remote: any, state: 'LISTEN', receiveQueue: 0, uid: 0, inode: 28_601 },
      {
        local: server,
        remote: { ...server, port: 54_248 },
        state: 'ESTABLISHED',
        receiveQueue: 0,
        uid: 1000,
        inode: 28_560,
      },
      { local: { ...server, port: 54_256 }, remote: server, state: 'TIME_WAIT', receiveQueue: 0, uid: 0, inode: 0 },
      {
        local: { address: '10.0.20.2', family: 4, port: 57_760 },
        remote: { address: '10.0.20.9', family: 4, port: 5678 },
        state: 'SYN_SENT',
        receiveQueue: 0,
        uid: 0,
        inode: 28_700,
      },
    ]);
  });

  it('leaves out what is no row', () => {
    const [head = '', row = ''] = FOUR.split('\n');
    const broken = [
      head,
      '',
      'nonsense',
      row.slice(0, 60),
      row.replace('0100007F:162E', '0100007F'),
      row.replace(' 0A ', ' 7F '),
    ];
    expect(parseTcpTable(broken.join('\n'), 4)).toEqual([]);
    expect(parseTcpTable(SIX, 4)).toEqual([]);
  });
});

describe('the IPv6 table', () => {
  it('becomes rows', () => {
    const rows = parseTcpTable(SIX, 6).map(
      ({ local, remote, state }) => `${local.address} ${local.port} ${remote.address} ${state}`,
    );
    expect(rows).toEqual([
      '::1 9229 :: LISTEN',
      ':: 8080 :: LISTEN',
      '::ffff:127.0.0.1 8080 ::ffff:127.0.0.1 ESTABLISHED',
      'fe80::fc:ff:fe00:1 8080 2001:db8::1 CLOSE_WAIT',
    ]);
  });
});

describe('rows', () => {
  const tables = { four: FOUR, six: SIX, truncated: false };

  it('are found by port, remote ports not counted', () => {
    expect(rowsAtPort(tables, 5678).map(({ state }) => state)).toEqual(['LISTEN', 'ESTABLISHED']);
    expect(rowsAtPort(tables, 9229).map(({ local }) => local.address)).toEqual(['0.0.0.0', '::1']);
    expect(rowsAtPort(tables, 1)).toEqual([]);
    expect(rowsAtPort({ ...tables, six: null }, 9229)).toHaveLength(1);
  });

  it('that listen are found', () => {
    expect(listeningRows(tables).map(({ local }) => local.port)).toEqual([5678, 9229, 9229, 8080]);
  });

  it('know a port by its hexadecimal digits', () => {
    expect([portKey(5678), portKey(80), portKey(65_535)]).toEqual([':162E', ':0050', ':FFFF']);
  });
});

/** As the WHATWG URL serialises it, whose rules are those of RFC 5952. */
function canonical(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

describe('an IPv6 address', () => {
  const group = fc.oneof(fc.constant(0), fc.constant(0xffff), fc.nat(0xffff));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });

  it('is written as RFC 5952 wants it', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const text = compressIpv6(parts);
        expect(isIPv6(text)).toBe(true);
        const full = parts.map((part) => part.toString(16)).join(':');
        expect(canonical(text)).toBe(canonical(full));
        if (!text.includes('.')) expect(text).toBe(canonical(full));
      }),
      { numRuns: 500 },
    );
  });

  it('comes back from the table as it went in', () => {
    const inTable = (parts: readonly number[]): string => {
      const bytes = parts.map((part) => part.toString(16).padStart(4, '0')).join('');
      const words = bytes.match(/.{8}/g) ?? [];
      return words
        .map((word) => (word.match(/../g) ?? []).toReversed().join(''))
        .join('')
        .toUpperCase();
    };
    fc.assert(
      fc.property(groups, (parts) => {
        const row = `   0: ${inTable(parts)}:162E ${'0'.repeat(32)}:0000 0A 00000000:00000000 00:00000000 00000000 0 0 7 1 0`;
        expect(parseTcpTable(row, 6)[0]?.local.address).toBe(compressIpv6(parts));
      }),
      { numRuns: 200 },
    );
  });

  it('that is mapped shows its IPv4 form', () => {
    expect(compressIpv6([0, 0, 0, 0, 0, 0xffff, 0x0a14, 0x0002])).toBe('::ffff:10.20.0.2');
    expect(compressIpv6([0, 0, 0, 0, 0, 0, 0, 0])).toBe('::');
    expect(compressIpv6([1, 0, 0, 2, 0, 0, 0, 3])).toBe('1:0:0:2::3');
    expect(compressIpv6([1, 0, 2, 3, 4, 5, 6, 7])).toBe('1:0:2:3:4:5:6:7');
  });
});
