import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/targets/jsonc-document.js';

/** Pieces that open something, in every order. */
const PIECES = ['/*', '*/', '//', '\n', '"', '\\', '{', '}', '[', ']', ':', ',', '1', 'true', ' ', '\u0000'];

describe('a document', () => {
  // Each of these ends inside something that it opened.
  it.each(['/*', '{}/*', '{"a": 1 /* no end', '//', '"', '{"a', '[', '\\', '{"a":1}/*/'])(
    'of %j is read to its end',
    (text) => {
      expect(parseDocument(text)).toHaveProperty('ok');
    },
  );

  it('made of any pieces is read to its end', () => {
    const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, (parts) => {
        expect(typeof parseDocument(parts.join('')).ok).toBe('boolean');
      }),
      { numRuns: 3000 },
    );
  });

  it('that nests too deeply is refused', () => {
    expect(parseDocument('['.repeat(1000)).ok).toBe(false);
    expect(parseDocument(`${'['.repeat(20)}${']'.repeat(20)}`).ok).toBe(true);
  });
});
