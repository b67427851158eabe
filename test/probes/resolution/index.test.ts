import { describe, expect, it } from 'vitest';
import { hostsLinesFor, literalFamily } from '../../../src/probes/resolution/index.js';

describe('literalFamily', () => {
  it.each([
    ['127.0.0.1', 4],
    ['255.255.255.255', 4],
    ['256.0.0.1', null],
    ['127.1', null],
    ['::1', 6],
    ['fe80::1%eth0', 6],
    ['::ffff:127.0.0.1', 6],
    ['localhost', null],
    ['a:b', 6],
    ['host:1\n', null],
  ])('%j: %s', (host, family) => {
    expect(literalFamily(host)).toBe(family);
  });
});

describe('hostsLinesFor', () => {
  const HOSTS = [
    '# 10.0.0.1 localhost',
    '127.0.0.1\tlocalhost localhost.localdomain',
    '  ::1 ip6-localhost LocalHost # both',
    '10.1.2.3 devbox # localhost',
    'localhost',
    `10.9.9.9 ${'x'.repeat(5000)} localhost`,
    '\u001B[31m10.6.6.6 localhost',
  ].join('\n');

  it.each([
    [
      'localhost',
      [
        '127.0.0.1\tlocalhost localhost.localdomain',
        '::1 ip6-localhost LocalHost # both',
        '\u001B[31m10.6.6.6 localhost',
      ],
    ],
    ['DEVBOX', ['10.1.2.3 devbox # localhost']],
    ['dev', []],
    ['', []],
  ])('%s', (name, expected) => {
    expect(hostsLinesFor(HOSTS, name)).toEqual(expected);
  });
});
