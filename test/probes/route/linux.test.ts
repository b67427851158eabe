import { describe, expect, it } from 'vitest';
import { parseRouteGet } from '../../../src/probes/route/linux.js';

// Outputs of iproute2 6.1 in a network namespace with such routes.
describe('a reachable address', () => {
  it.each([
    ['127.0.0.1', 'local 127.0.0.1 dev lo src 127.0.0.1 uid 0 \\    cache <local> ', 'lo', '127.0.0.1'],
    ['10.20.0.9', '10.20.0.9 dev eth0 src 10.20.0.2 uid 0 \\    cache ', 'eth0', '10.20.0.2'],
    ['10.35.0.1', '10.35.0.1 via 10.20.0.1 dev eth0 src 10.20.0.2 uid 0 \\    cache ', 'eth0', '10.20.0.2'],
    ['::1', 'local ::1 from :: dev lo table local proto kernel src ::1 metric 0 pref medium', 'lo', '::1'],
    [
      'fd00:20::9',
      'fd00:20::9 from :: dev eth0 proto kernel src fd00:20::2 metric 256 pref medium',
      'eth0',
      'fd00:20::2',
    ],
  ])('%s', (to, stdout, interfaceName, sourceAddress) => {
    expect(parseRouteGet(to, 0, `${stdout}\n`, '')).toEqual({
      to,
      reachable: true,
      interfaceName,
      sourceAddress,
      kind: null,
    });
  });
});

describe('an unreachable address', () => {
  it.each([
    ['No route to host', 'unreachable'],
    ['Permission denied', 'prohibit'],
    ['Invalid argument', 'blackhole'],
    ['Network is unreachable', null],
  ])('%s', (text, kind) => {
    const route = parseRouteGet('10.31.0.1', 2, '', `RTNETLINK answers: ${text}\n`);
    expect(route).toEqual({ to: '10.31.0.1', reachable: false, interfaceName: null, sourceAddress: null, kind });
  });

  it('may also be told on standard output', () => {
    const route = parseRouteGet(
      'fd31::1',
      0,
      'unreachable fd31::1 from :: dev lo metric 1024 error -113 pref medium\n',
      '',
    );
    expect(route).toMatchObject({ reachable: false, kind: 'unreachable' });
  });
});

it.each([
  [1, '', 'Error: any valid prefix is expected rather than "300.1.1.1".\n'],
  [0, '', ''],
  [0, 'something else\n', ''],
  [null, '', ''],
])('takes no other output for a route: %#', (exitCode, stdout, stderr) => {
  expect(parseRouteGet('10.0.0.1', exitCode, stdout, stderr)).toBeNull();
});
