import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { findPlainValue, replacePlainValue } from '../../src/remedies/edit.js';

const LAUNCH = [
  '// Use IntelliSense',
  '{',
  '\t"version": "0.2.0", /* keep */',
  '   "configurations": [',
  '     { "name": "a", "port": 1, },',
  '     { "name": "b", "connect": { "host": "localhost",   "port" : 5678 /* here */ , }, }, // end',
  '   ],',
  '}',
  '',
].join('\n');

const PLACE = ['configurations', '1', 'connect', 'port'];

function edited(text: string, keyPath: readonly string[], literal: string): string {
  const result = replacePlainValue(text, keyPath, literal);
  if (!result.ok) throw new Error(result.reason);
  return result.text;
}

function reasonOf(text: string, keyPath: readonly string[]): string {
  const found = findPlainValue(text, keyPath);
  return found.ok ? 'ok' : found.reason;
}

describe('replacePlainValue', () => {
  test('changes the value alone', () => {
    expect(edited(LAUNCH, PLACE, '5679')).toBe(LAUNCH.replace('5678', '5679'));
    expect(edited(LAUNCH, ['configurations', '1', 'connect', 'host'], '"::1"')).toBe(
      LAUNCH.replace('"localhost"', '"::1"'),
    );
  });

  test('keeps line ends, byte order mark and the missing final newline', () => {
    const text = `\uFEFF${LAUNCH.replaceAll('\n', '\r\n').trimEnd()}`;
    expect(edited(text, PLACE, '5679')).toBe(text.replace('5678', '5679'));
  });

  test('gives back what stood there', () => {
    expect(replacePlainValue('{"port": 5.678e3}', ['port'], '1')).toMatchObject({
      previous: '5.678e3',
      text: '{"port": 1}',
    });
  });

  test('of duplicate keys the last one counts', () => {
    expect(edited('{"port":1,"port":2}', ['port'], '3')).toBe('{"port":1,"port":3}');
  });

  test.each([
    ['no-such-key', LAUNCH, ['configurations', '7', 'port']],
    ['no-such-key', LAUNCH, ['configurations', 'x']],
    ['no-such-key', LAUNCH, ['configurations', '-1']],
    ['no-such-key', LAUNCH, ['version', 'length']],
    ['no-such-key', '{}', ['__proto__']],
    ['not-a-plain-value', LAUNCH, ['configurations', '1', 'connect']],
    ['not-a-plain-value', LAUNCH, ['configurations']],
    ['not-a-plain-value', '{}', []],
    ['not-json', '{"port": 1', ['port']],
    ['not-json', '{"port": 1} {', ['port']],
    ['not-json', '', ['port']],
    ['not-json', '['.repeat(200_000), ['port']],
  ])('refuses: %s', (reason, text, keyPath) => {
    expect(reasonOf(text, keyPath)).toBe(reason);
  });
});

const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean());
const key = fc.string({ minLength: 1, maxLength: 5 }).filter((text) => text !== '__proto__');
const trivia = fc.constantFrom('', ' ', '\t', '\n', '\r\n  ', ' /* { "port": 1 } */ ', ' // ]}\n');

/** A document written with arbitrary trivia, and the path to one scalar in it. */
const documents = fc
  .record({
    path: fc.array(fc.oneof(key, fc.nat(3)), { minLength: 1, maxLength: 5 }),
    value: scalar,
    siblings: fc.array(scalar, { minLength: 3, maxLength: 3 }),
    trivia: fc.array(trivia, { minLength: 8, maxLength: 8 }),
    mark: fc.constantFrom('', '\uFEFF'),
    comma: fc.constantFrom('', ','),
  })
  .map(({ path, value, siblings, trivia: spaces, mark, comma }) => {
    const space = (index: number): string => spaces[index % spaces.length] ?? '';
    let text = JSON.stringify(value);
    for (const [index, step] of path.toReversed().entries()) {
      if (typeof step === 'number') {
        const before = siblings.slice(0, step).map((one) => JSON.stringify(one));
        text = `[${[...before, space(index) + text + space(index + 1)].join(',')}${comma}]`;
      } else {
        const name = `${space(index)}${JSON.stringify(step)}${space(index + 1)}`;
        text = `{${name}:${space(index + 2)}${text}${space(index + 3)}${comma}${space(index)}}`;
      }
    }
    return { text: mark + space(5) + text + space(6), keyPath: path.map(String), path, value };
  });

function valueAt(text: string, path: readonly (string | number)[]): unknown {
  let value: unknown = parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  for (const step of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  return value;
}

describe('of any document', () => {
  test('only the value changes', () => {
    fc.assert(
      fc.property(documents, scalar, ({ text, keyPath, path, value }, next) => {
        const literal = JSON.stringify(next);
        const result = replacePlainValue(text, keyPath, literal);
        if (!result.ok) throw new Error(`${result.reason} ${result.detail}`);
        expect(result.previous).toBe(JSON.stringify(value));
        expect(valueAt(result.text, path)).toEqual(next);
        const found = findPlainValue(result.text, keyPath);
        if (!found.ok) throw new Error(found.reason);
        expect(text.startsWith(result.text.slice(0, found.offset))).toBe(true);
        expect(text.endsWith(result.text.slice(found.offset + literal.length))).toBe(true);
        expect(result.text.length - text.length).toBe(literal.length - result.previous.length);
      }),
    );
  });

  test('setting the value back gives the same text', () => {
    fc.assert(
      fc.property(documents, scalar, ({ text, keyPath }, next) => {
        const there = replacePlainValue(text, keyPath, JSON.stringify(next));
        if (!there.ok) throw new Error(there.reason);
        expect(edited(there.text, keyPath, there.previous)).toBe(text);
      }),
    );
  });

  test('nothing throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 3 }), (text, keyPath) => {
        expect(typeof findPlainValue(text, keyPath).ok).toBe('boolean');
      }),
    );
  });
});
