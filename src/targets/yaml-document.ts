import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser, visit } from 'yaml';
import type { Alias, CST, Node } from 'yaml';
import { MAX_DOCUMENT_BYTES, TOO_LARGE } from './jsonc-document.js';
import type { Place } from './places.js';

const MAX_DEPTH = 64;
const MAX_REASON_LENGTH = 200;

/** `<<` may name a mapping that names another one; a circle ends here. */
const MAX_MERGES = 8;

/** Aliases make a small file stand for an endless one; this many entries are looked at, and the rest is left out. */
const MAX_VISITS = 200_000;

export interface YamlEntry {
  key: string;
  keyNode: YamlNode;
  valueNode: YamlNode;
}

/** A place in a YAML file with what stands there, aliases followed. */
export interface YamlNode {
  place: Place;
  /** The text of a string, number or boolean as it is written; null for anything else. */
  text: string | null;
  /** The items of a sequence; empty for anything else. */
  items(): YamlNode[];
  /** The entries of a mapping, those that `<<` merges in first; empty for anything else. */
  entries(): YamlEntry[];
  /** The value of a key; null when it is not there. */
  get(key: string): YamlNode | null;
}

export type ParsedYaml = { ok: true; root: YamlNode } | { ok: false; reason: string; place: Place };

/** Parses one YAML document of at most 1 MB and 64 levels. Never throws; places count from 1. */
export function parseYaml(source: string): ParsedYaml {
  const refuse = (reason: string, place: Place = { line: 1, column: 1 }): ParsedYaml => ({ ok: false, reason, place });
  if (source.length > MAX_DOCUMENT_BYTES) return refuse(TOO_LARGE);
  const lineCounter = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const tokens = [...new Parser(lineCounter.addNewLine).parse(source)];
  // The composer descends by recursion, and V8 may abort the process rather than throw when the stack is used up.
  const tooDeep = tokenBelow(tokens, MAX_DEPTH);
  if (tooDeep !== null) return refuse(`it is nested deeper than ${MAX_DEPTH} levels`, placeAt(tooDeep.offset));
  // To compare every key with every other takes minutes in a large mapping.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false });
  const [document, second] = [...composer.compose(tokens, true, source.length)];
  if (document === undefined) return refuse('it is empty');
  const [error] = document.errors;
  if (error !== undefined) return refuse(inWords(error.message), placeAt(error.pos[0]));
  if (second !== undefined) return refuse('it holds more than one document', placeAt(second.range[0]));
  if (document.contents === null) return refuse('it is empty');
  const { anchors, unknown } = readAnchors(document.contents);
  if (unknown !== null) return refuse('an alias names no anchor', placeAt(unknown.range?.[0] ?? 0));
  return { ok: true, root: nodeReader(anchors, placeAt)(document.contents, 0) };
}

/** The first token found that lies below so many others. */
function tokenBelow(tokens: readonly CST.Token[], depth: number): CST.Token | null {
  let level: CST.Token[] = [...tokens];
  for (let step = 0; step <= depth && level.length > 0; step += 1) level = level.flatMap((token) => tokensIn(token));
  return level[0] ?? null;
}

function tokensIn(token: CST.Token): CST.Token[] {
  const value = token.type === 'document' ? [token.value] : [];
  const items = 'items' in token ? token.items.flatMap(({ key, value: inside }) => [key, inside]) : [];
  return [...value, ...items].filter((inside) => inside !== undefined && inside !== null);
}

function inWords(message: string): string {
  const [line = ''] = message.split('\n');
  return line.slice(0, MAX_REASON_LENGTH).replace(/[.:\s]+$/, '');
}

/** The nodes that have an anchor, and the first alias that names none before it. */
function readAnchors(contents: Node): { anchors: ReadonlyMap<string, Node>; unknown: Alias | null } {
  const anchors = new Map<string, Node>();
  let unknown: Alias | null = null;
  visit(contents, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
      } else if (!anchors.has(node.source)) {
        unknown ??= node;
      }
    },
  });
  return { anchors, unknown };
}

function nodeReader(anchors: ReadonlyMap<string, Node>, placeAt: (offset: number) => Place) {
  const followed = (node: unknown): unknown => (isAlias(node) ? anchors.get(node.source) : node);
  let visitsLeft = MAX_VISITS;

  const entriesOf = (node: unknown, fallback: number, merges: number): YamlEntry[] => {
    const map = followed(node);
    if (!isMap(map) || merges > MAX_MERGES) return [];
    const own: YamlEntry[] = [];
    let merged: YamlEntry[] = [];
    for (const { key, value } of map.items) {
      visitsLeft -= 1;
      if (visitsLeft < 0) break;
      const keyNode = read(key, fallback);
      if (keyNode.text === '<<') {
        const sources = followed(value);
        const maps = isSeq(sources) ? sources.items : [sources];
        merged = merged.concat(maps.flatMap((each) => entriesOf(each, fallback, merges + 1)));
      } else if (keyNode.text !== null) {
        own.push({ key: keyNode.text, keyNode, valueNode: read(value, offsetOf(key) ?? fallback) });
      }
    }
    const names = new Set(own.map(({ key }) => key));
    return [...merged.filter(({ key }) => !names.has(key)), ...own];
  };

  const read = (node: unknown, fallback: number): YamlNode => {
    const offset = offsetOf(node) ?? fallback;
    const real = followed(node);
    return {
      place: placeAt(offset),
      text: isScalar(real) && real.value !== null ? (real.source ?? null) : null,
      items: () => (isSeq(real) ? real.items.map((item) => read(item, offset)) : []),
      entries: () => entriesOf(real, offset, 0),
      get: (key) => entriesOf(real, offset, 0).findLast((entry) => entry.key === key)?.valueNode ?? null,
    };
  };
  return read;
}

function offsetOf(node: unknown): number | null {
  return (isAlias(node) || isMap(node) || isSeq(node) || isScalar(node)) && node.range ? node.range[0] : null;
}
