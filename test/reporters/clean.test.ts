import { describe, expect, it } from 'vitest';
import { clean } from '../../src/reporters/clean.js';

describe('clean', () => {
  it.each([
    ['plain', 'plain'],
    ['two\nlines\r\nand\ttabs', 'two lines and tabs'],
    ['\u001B[31mred', String.raw`\x1b[31mred`],
    ['\u009B31m', String.raw`\x9b31m`],
    ['nul\0', String.raw`nul\x00`],
    ['\u202Eturned\u2066', String.raw`\u202eturned\u2066`],
    ['line\u2028end', 'line end'],
    ['grüße 你好 🎉', 'grüße 你好 🎉'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('cuts what is too long, and no character in half', () => {
    expect(clean('abcdef', 6)).toBe('abcdef');
    expect(clean('abcdefg', 6)).toBe('abcde…');
    expect(clean('abcd🎉🎉', 6)).toBe('abcd…');
    expect(clean('x'.repeat(1_000_000), 10)).toHaveLength(10);
  });
});
