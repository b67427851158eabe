import type { ReadVariable } from '../adapters/option-words.js';

/** A doubled dollar, `$NAME`, `${NAME}`, or `${NAME` with an operator and its operand. */
const VARIABLE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\})/g;

/** How much is filled into one text: a file could let every variable stand for the one before it twice. */
const MAX_FILLED = 16_384;

/**
 * Fills in variables as a shell and Compose do: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`,
 * `${NAME:+other}`. What has no value becomes `${NAME}`, to be seen; `$$` stays.
 */
export function fillVariables(text: string, read: ReadVariable): string {
  let left = MAX_FILLED;
  const fill = (whole: string, plain?: string, braced?: string, operator?: string, operand?: string): string => {
    const name = plain ?? braced;
    if (name === undefined) return whole;
    const value = valueOf(read(name), operator ?? '', operand ?? '');
    left -= value?.length ?? 0;
    return value === null || left < 0 ? `\${${name}}` : value;
  };
  return text.replaceAll(VARIABLE, fill);
}

function valueOf(value: string | null, operator: string, operand: string): string | null {
  const isThere = value !== null && (value !== '' || !operator.startsWith(':'));
  if (operator.endsWith('+')) return isThere ? operand : '';
  return !isThere && operator.endsWith('-') ? operand : isThere ? value : null;
}

/** The variables that are left in a text. */
export function variablesIn(text: string): string[] {
  return [...new Set(text.match(/\$\{[A-Za-z_]\w*\}/g) ?? [])];
}
