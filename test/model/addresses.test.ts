import { describe, expect, it } from 'vitest';
import { blocksBind, covers, formatAddress, isLocalTarget, isLoopback, isWildcard } from '../../src/model/addresses.js';
import { address, network, OWN, REMOTE, resolution } from '../checks/facts.js';

describe('an address', () => {
  it.each([
    ['127.0.0.1', true, false],
    ['127.9.9.9', true, false],
    ['::1', true, false],
    ['::ffff:127.0.0.1', true, false],
    ['0.0.0.0', false, true],
    ['::', false, true],
    ['10.127.0.1', false, false],
    ['::11', false, false],
  ])('%s: loopback %s, wildcard %s', (text, loopback, wildcard) => {
    expect([isLoopback(text), isWildcard(text)]).toEqual([loopback, wildcard]);
  });

  it('is written with its port', () => {
    expect([formatAddress(address('127.0.0.1', 1)), formatAddress(address('::1', 2))]).toEqual([
      '127.0.0.1:1',
      '[::1]:2',
    ]);
  });
});

describe('a listener', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['0.0.0.0', '127.0.0.1', true],
    ['0.0.0.0', '::1', false],
    ['::', '127.0.0.1', true],
    ['::', '::1', true],
    ['::1', '127.0.0.1', false],
    [OWN, '127.0.0.1', false],
  ])('on %s gets what is sent to %s: %s', (listener, dialled, expected) => {
    expect(covers(address(listener), address(dialled))).toBe(expected);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['127.0.0.1', '0.0.0.0', true],
    ['127.0.0.1', '::', true],
    ['127.0.0.1', '::1', false],
    ['0.0.0.0', '127.0.0.1', true],
    ['0.0.0.0', '::1', false],
    ['0.0.0.0', '::', true],
    ['::', '127.0.0.1', true],
    ['::', '0.0.0.0', true],
    ['::1', '::', true],
    ['::1', '0.0.0.0', false],
  ])('on %s keeps another one from %s: %s', (listener, wanted, expected) => {
    expect(blocksBind(address(listener), address(wanted))).toBe(expected);
  });
});

describe('a target', () => {
  it.each([
    [['127.0.0.1'], true],
    [['0.0.0.0'], true],
    [[OWN], true],
    [[REMOTE], false],
    [[REMOTE, '::1'], true],
    [[], false],
  ])('at %j ends on this machine: %s', (addresses, expected) => {
    expect(isLocalTarget(resolution(addresses), network())).toBe(expected);
  });
});
