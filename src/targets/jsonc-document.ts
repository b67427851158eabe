import { createScanner, getNodeValue, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { quote } from './address.js';
import { createPlaceFinder } from './places.js';
import type { Place } from './places.js';

/** The largest configuration file that is read, in bytes. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024;

export const TOO_LARGE = 'it is larger than 1 MB';

const MAX_DEPTH = 32;

export type KeyPath = readonly (string | number)[];

/** A JSON file with comments and trailing commas. */
export interface JsoncDocument {
  /** Plain data. Objects have no prototype, so a key such as `__proto__` is a key like any other. */
  value: unknown;
  root: Node;
  text: string;
}

/** `problem` is `reason` and, where a place is to blame, that place in words. */
export type ParsedDocument =
  | { ok: true; document: JsoncDocument }
  | { ok: false; problem: string; reason: string; place: Place };

/**
 * Parses JSON with comments and trailing commas. A byte order mark is skipped. Never throws: a file that is too large,
 * nested too deeply (more than 32 levels) or malformed gives a sentence with line and column.
 */
export function parseDocument(source: string): ParsedDocument {
  if (source.length > MAX_DOCUMENT_BYTES || Buffer.byteLength(source) > MAX_DOCUMENT_BYTES) {
    return { ok: false, problem: TOO_LARGE, reason: TOO_LARGE, place: { line: 1, column: 1 } };
  }
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const tooDeepAt = offsetOfTooDeepNesting(text);
  if (tooDeepAt !== null) return broken(text, tooDeepAt, `it is nested deeper than ${MAX_DEPTH} levels`);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) return broken(text, error.offset, inWords(error));
  if (root === undefined) return broken(text, 0, 'it is empty');
  return { ok: true, document: { value: getNodeValue(root), root, text } };
}

/** `line 3, column 5`, both counted from 1; columns in UTF-16 units, as editors count them. */
export function position(text: string, offset: number): string {
  const { line, column } = createPlaceFinder(text)(offset);
  return `line ${line}, column ${column}`;
}

/** `security.allowed_hosts[1]`; keys that are no plain words are quoted. */
export function formatKeyPath(path: KeyPath): string {
  if (path.length === 0) return 'the document';
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const word = /^\w{1,60}$/.test(key) ? key : quote(key);
      return index === 0 ? word : `.${word}`;
    })
    .join('');
}

/** The node at a path, or the nearest one above it. Of duplicate keys the last counts, as for every JSON parser. */
export function nearestNode(root: Node, path: KeyPath): Node {
  let node = root;
  for (const key of path) {
    const next = typeof key === 'number' ? node.children?.[key] : propertyValue(node, key);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** The key and value nodes of an object, in the file's order; empty for anything else. */
export function propertiesOf(node: Node): { key: string; keyNode: Node; valueNode: Node }[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap((property) => {
    const [keyNode, valueNode] = property.children ?? [];
    return keyNode === undefined || valueNode === undefined ? [] : [{ key: String(keyNode.value), keyNode, valueNode }];
  });
}

function broken(text: string, offset: number, reason: string): ParsedDocument {
  return {
    ok: false,
    problem: `${reason} at ${position(text, offset)}`,
    reason,
    place: createPlaceFinder(text)(offset),
  };
}

function propertyValue(node: Node, key: string): Node | undefined {
  return propertiesOf(node).findLast((property) => property.key === key)?.valueNode;
}

/** The parser descends by recursion, so depth is counted before it runs. */
function offsetOfTooDeepNesting(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  // Only the end of the text begins there. Its length tells nothing: behind an open comment it is above zero for ever.
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const token = scanner.getTokenLength() === 1 ? text[scanner.getTokenOffset()] : '';
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return null;
}

/** `CommaExpected` becomes `comma expected`. */
function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
