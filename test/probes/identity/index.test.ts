import { expect, it } from 'vitest';
import { parseMayBindPrivilegedPorts } from '../../../src/probes/identity/index.js';

it.each([
  ['Name:\tnode\nCapPrm:\t0000000000000000\nCapEff:\t000001ffffffffff\n', true],
  ['CapEff:\t0000000000000400\n', true],
  ['CapEff:\t00000000a80421fb\n', false],
  ['CapEff:\t00000000a80425fb\n', true],
  ['CapEff:\t0000000000000000\n', false],
  ['CapPrm:\t000001ffffffffff\n', null],
  ['', null],
])('reads %j', (status, expected) => {
  expect(parseMayBindPrivilegedPorts(status)).toBe(expected);
});
