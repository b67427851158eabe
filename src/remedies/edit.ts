import type { Node } from 'jsonc-parser';
import { parseDocument, propertiesOf } from '../targets/jsonc-document.js';
import { failure, type Failure } from './failure.js';

/** A JSON scalar as it stands in a file. */
export type Literal = string;

export type FoundValue = { ok: true; literal: Literal; value: unknown; offset: number } | Failure;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Finds the scalar at a key path in JSON with comments and trailing commas. Array elements are named by their index in
 * digits. `offset` counts UTF-16 units from the start of `text`, a byte order mark included.
 */
export function findPlainValue(text: string, keyPath: readonly string[]): FoundValue {
  const parsed = parseDocument(text);
  if (!parsed.ok) return failure('not-json', parsed.problem);
  let node: Node | undefined = parsed.document.root;
  for (const key of keyPath) node = node === undefined ? undefined : childOf(node, key);
  if (node === undefined) return failure('no-such-key', keyPath.join('.'));
  if (node.type === 'object' || node.type === 'array') return failure('not-a-plain-value', keyPath.join('.'));
  const offset = node.offset + (text.startsWith(BYTE_ORDER_MARK) ? 1 : 0);
  return { ok: true, literal: text.slice(offset, offset + node.length), value: node.value, offset };
}

/** Puts another scalar in the place of the one at a key path. Every other character stays as it is. */
export function replacePlainValue(
  text: string,
  keyPath: readonly string[],
  literal: Literal,
): { ok: true; text: string; previous: Literal } | Failure {
  const found = findPlainValue(text, keyPath);
  if (!found.ok) return found;
  const after = text.slice(found.offset + found.literal.length);
  return { ok: true, text: text.slice(0, found.offset) + literal + after, previous: found.literal };
}

/** The last of duplicate keys, as for every JSON parser. */
function childOf(node: Node, key: string): Node | undefined {
  if (node.type === 'array') return /^\d{1,9}$/.test(key) ? node.children?.[Number(key)] : undefined;
  return propertiesOf(node).findLast((property) => property.key === key)?.valueNode;
}
