import { describe, expect, it } from 'vitest';
import { fillVariables, variablesIn } from '../../src/targets/shell-variables.js';

const values = new Map([
  ['PORT', '9229'],
  ['EMPTY', ''],
]);

describe('fillVariables', () => {
  it.each([
    ['$PORT:${PORT}', '9229:9229'],
    ['${PORT:-1} ${PORT-1} ${PORT:+2}', '9229 9229 2'],
    ['${NONE:-1} ${NONE-2} ${NONE:+3}.', '1 2 .'],
    ['[$EMPTY] ${EMPTY:-1} ${EMPTY-2} ${EMPTY:+3}.', '[] 1  .'],
    ['$NONE ${NONE} ${NONE:?needed}', '${NONE} ${NONE} ${NONE}'],
    ['$$PORT $1 ${} ${PORT', '$$PORT $1 ${} ${PORT'],
  ])('%s', (text, filled) => {
    expect(fillVariables(text, (name) => values.get(name) ?? null)).toBe(filled);
  });

  it('does not let a text grow without an end', () => {
    const long = 'x'.repeat(10_000);
    expect(fillVariables('$A$A$A', () => long)).toBe(`${long}\${A}\${A}`);
  });
});

describe('variablesIn', () => {
  it('names each once', () => {
    expect(variablesIn('${A}:${B} ${A} $C ${D:-1}')).toEqual(['${A}', '${B}']);
  });
});
