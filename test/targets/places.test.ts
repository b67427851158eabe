import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlaceFinder } from '../../src/targets/places.js';

describe('createPlaceFinder', () => {
  it.each([
    ['', 0, 1, 1],
    ['abc', 2, 1, 3],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['\n\n', 2, 3, 1],
    ['ü😀x', 3, 1, 4],
  ])('%j at %d', (text, offset, line, column) => {
    expect(createPlaceFinder(text)(offset)).toEqual({ line, column });
  });

  it('agrees with counting the lines before', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r') });
    fc.assert(
      fc.property(texts, fc.nat(), (text, seed) => {
        const offset = seed % (text.length + 1);
        const before = text.slice(0, offset).split('\n');
        const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
        expect(createPlaceFinder(text)(offset)).toEqual(place);
      }),
    );
  });
});
