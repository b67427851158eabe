import { expect, it } from 'vitest';
import { parseFileNr } from '../../../src/probes/limits/index.js';

it.each([
  ['791\t0\t2466190\n', { used: 791, limit: 2_466_190 }],
  ['1024\t0\t9223372036854775807\n', { used: 1024, limit: Number('9223372036854775807') }],
  ['791\n', null],
  ['a b c\n', null],
  ['', null],
])('reads %j', (text, expected) => {
  expect(parseFileNr(text)).toEqual(expected);
});
