import { expect, it } from 'vitest';
import { parseFibTrie, parseIfInet6 } from '../../../src/probes/foreign-listeners/namespace-addresses.js';

// As the kernel wrote them (Linux 6.18) in a network namespace with lo and eth0.
const TABLE = `  +-- 0.0.0.0/0 2 0 2
     +-- 127.0.0.0/8 2 0 2
        +-- 127.0.0.0/31 1 0 0
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
        |-- 127.255.255.255
           /32 link BROADCAST
     +-- 172.30.0.0/24 2 0 2
        +-- 172.30.0.0/30 2 0 2
           |-- 172.30.0.0
              /24 link UNICAST
           |-- 172.30.0.2
              /32 host LOCAL
        |-- 172.30.0.255
           /32 link BROADCAST
`;
const SIX = `00000000000000000000000000000001 01 80 10 80       lo
fe8000000000000018de6bfffefecbdd 03 40 20 c0     eth0
fd000030000000000000000000000002 03 40 00 82     eth0
`;

it('finds the addresses, once each, and not the routes', () => {
  expect(parseFibTrie(`Main:\n${TABLE}Local:\n${TABLE}`)).toEqual(['127.0.0.1', '172.30.0.2']);
  expect(parseIfInet6(SIX)).toEqual(['::1', 'fe80::18de:6bff:fefe:cbdd', 'fd00:30::2']);
});

it('finds none in other texts', () => {
  expect(parseFibTrie('')).toEqual([]);
  expect(parseIfInet6('\nnonsense 01\n')).toEqual([]);
});
