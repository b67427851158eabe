import type { Node } from 'jsonc-parser';
import { parseDocument, propertiesOf } from '../jsonc-document.js';
import { createPlaceFinder } from '../places.js';
import type { Place } from '../places.js';
import type { ConfigurationProblem, FileContent } from './format.js';
import { NOTHING_FOUND } from './found.js';

/** A hostile file could hold a hundred thousand. */
const MAX_PROBLEMS = 50;

/** A configuration file in JSON with comments that could be parsed. */
export interface JsonText {
  /** An object. */
  root: Node;
  problems: ConfigurationProblem[];
  placeOf(node: Node): Place;
  /** Notes a problem at a node; at most 50 of them. */
  report(node: Node, message: string): void;
}

/** Parses a file and hands it to `read`; one that is no JSON object is one problem. */
export function readJsonText(text: string, file: string, read: (json: JsonText) => FileContent): FileContent {
  const parsed = parseDocument(text);
  if (!parsed.ok) {
    return { ...NOTHING_FOUND, problems: [{ file, ...parsed.place, message: parsed.reason }] };
  }
  const findPlace = createPlaceFinder(parsed.document.text);
  const problems: ConfigurationProblem[] = [];
  const placeOf = ({ offset }: Node): Place => findPlace(offset);
  const report = (node: Node, message: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ file, ...placeOf(node), message });
  };
  const { root } = parsed.document;
  if (root.type === 'object') return read({ root, problems, placeOf, report });
  report(root, 'the document is not an object');
  return { ...NOTHING_FOUND, problems };
}

/** The value of a key; of duplicate keys the last. Undefined when the node is no object or has no such key. */
export function valueAt(node: Node, key: string): Node | undefined {
  return propertiesOf(node).findLast((property) => property.key === key)?.valueNode;
}

/** The elements of a list under a key; none when it is missing or null, and a problem when it is something else. */
export function listAt({ report }: JsonText, node: Node, key: string): readonly Node[] {
  const list = valueAt(node, key);
  if (list === undefined || list.type === 'null') return [];
  if (list.type === 'array') return list.children ?? [];
  report(list, `${key} is not a list`);
  return [];
}

/** The text under a key; null when it is missing or something else. */
export function textAt(node: Node, key: string): string | null {
  const value = valueAt(node, key);
  return value?.type === 'string' ? String(value.value) : null;
}
