import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/reporters/json.js';

describe('renderJson', () => {
  it('writes one document that says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = renderJson(value);
        expect(text.endsWith('\n')).toBe(true);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps controls and turned text escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const rendered = renderJson({ text });
        expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
        expect(JSON.parse(rendered)).toEqual({ text });
      }),
    );
  });
});
