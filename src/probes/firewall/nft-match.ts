import { isVerdict, nftElements, type Cursor, type NftElement, type NftSets } from './nft-words.js';
import { fieldIs, type Condition, type Field, type Value } from './rules.js';
import { parseValue } from './values.js';

interface Selector {
  field: Field;
  /** What the packet must be for the field to exist. */
  implied?: Condition;
}

/** What a match asks for. With a verdict map each branch is one more condition, and the verdict under it. */
export interface NftMatch {
  conditions: Condition[];
  branches: { condition: Condition; verdict: readonly string[] }[];
}

export const FOUR = fieldIs('addressFamily', 'ipv4');
export const SIX = fieldIs('addressFamily', 'ipv6');
export const TCP = fieldIs('protocol', 'tcp');

const SELECTORS: ReadonlyMap<string, Selector> = new Map<string, Selector>([
  ['ip saddr', { field: 'source', implied: FOUR }],
  ['ip daddr', { field: 'destination', implied: FOUR }],
  ['ip protocol', { field: 'protocol', implied: FOUR }],
  ['ip6 saddr', { field: 'source', implied: SIX }],
  ['ip6 daddr', { field: 'destination', implied: SIX }],
  ['ip6 nexthdr', { field: 'protocol', implied: SIX }],
  ['tcp sport', { field: 'sourcePort', implied: TCP }],
  ['tcp dport', { field: 'destinationPort', implied: TCP }],
  ['th sport', { field: 'sourcePort' }],
  ['th dport', { field: 'destinationPort' }],
  ['l4proto', { field: 'protocol' }],
  ['nfproto', { field: 'addressFamily' }],
  ['meta protocol', { field: 'etherType' }],
  ['iif', { field: 'inputInterface' }],
  ['iifname', { field: 'inputInterface' }],
  ['oif', { field: 'outputInterface' }],
  ['oifname', { field: 'outputInterface' }],
  ['skuid', { field: 'user' }],
  ['mark', { field: 'mark' }],
  ['ct state', { field: 'state' }],
  ['ct status', { field: 'status' }],
  ['fib daddr type', { field: 'destinationType' }],
  ['fib saddr type', { field: 'sourceType' }],
]);

/** Words before which a field of a packet is named by one more word; of most of these fields we know nothing. */
const HEADERS = new Set(['ip', 'ip6', 'tcp', 'th', 'ether', 'vlan', 'meta']);
const CONNECTION_FIELDS = new Set(['mark', 'zone', 'direction', 'helper']);

const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=']);
const TRANSLATIONS = new Set(['snat', 'dnat']);
const ALL_FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg'];
const HIGHEST = (1n << 128n) - 1n;

function readSelector(cursor: Cursor): Selector | null {
  const start = cursor.at;
  cursor.takes('meta');
  for (const length of [3, 2, 1]) {
    const name = cursor.words.slice(cursor.at, cursor.at + length).join(' ');
    const selector = SELECTORS.get(name) ?? SELECTORS.get(`meta ${name}`);
    if (selector === undefined) continue;
    cursor.at += length;
    return selector;
  }
  cursor.at = start;
  const [first, second] = [cursor.peek(), cursor.peek(1)];
  const isOther = (HEADERS.has(first) && second !== 'option') || (first === 'ct' && CONNECTION_FIELDS.has(second));
  if (!isOther) return null;
  cursor.at += 2;
  return { field: 'other' };
}

function keyOf(fields: readonly Field[], { key }: NftElement): Value[] {
  return fields.map((field, index) => {
    const text = key[index];
    if (text === undefined || key.length !== fields.length) return { kind: 'unclear' };
    // Of a connection's status we know only that nothing translated it yet.
    if (field === 'status' && !TRANSLATIONS.has(text)) return { kind: 'unclear' };
    return parseValue(field, text);
  });
}

/** A list in braces, a named set, or values with commas between them; null: none of these. */
function readElements(cursor: Cursor, sets: NftSets): readonly NftElement[] | null {
  const first = cursor.peek();
  if (first.startsWith('@')) {
    cursor.at += 1;
    return sets.get(first.slice(1)) ?? null;
  }
  if (first === '{') {
    const close = cursor.words.indexOf('}', cursor.at);
    if (close === -1) return null;
    const elements = nftElements(cursor.words.slice(cursor.at + 1, close));
    cursor.at = close + 1;
    return elements;
  }
  if (first === '' || first === '(' || first === '&' || isVerdict(first)) return null;
  const words = [cursor.next()];
  while (cursor.peek() === ',' || cursor.peek() === '.') words.push(cursor.next(), cursor.next());
  return nftElements(words);
}

function readBranches(cursor: Cursor, sets: NftSets, fields: readonly Field[]): NftMatch | null {
  const elements = readElements(cursor, sets);
  if (elements === null) return null;
  const isDefault = ({ key }: NftElement): boolean => key.length === 1 && key[0] === '*';
  const named = elements.filter((element) => !isDefault(element)).map((element) => keyOf(fields, element));
  const branches = elements.map((element) => ({
    verdict: element.verdict,
    condition: {
      kind: 'fields' as const,
      fields,
      keys: isDefault(element) ? named : [keyOf(fields, element)],
      negated: isDefault(element),
    },
  }));
  return { conditions: [], branches };
}

function readComparison(cursor: Cursor, sets: NftSets, fields: readonly Field[]): NftMatch | null {
  // Of a mark that nobody set every mask leaves 0.
  if (cursor.peek() === '&' && fields[0] === 'mark') cursor.at += 2;
  const comparison = COMPARISONS.has(cursor.peek()) ? cursor.next() : '==';
  if (cursor.takes('vmap')) return readBranches(cursor, sets, fields);
  const elements = readElements(cursor, sets);
  if (elements === null) return null;
  const keys = elements.map((element) => keyOf(fields, element));
  if (comparison === '==' || comparison === '!=') {
    return { conditions: [{ kind: 'fields', fields, keys, negated: comparison === '!=' }], branches: [] };
  }
  const bound = keys[0]?.[0];
  if (fields.length > 1 || bound?.kind !== 'span') return null;
  const strict = comparison.length === 1 ? 1n : 0n;
  const span = comparison.startsWith('<')
    ? { low: 0n, high: bound.high - strict }
    : { low: bound.low + strict, high: HIGHEST };
  return {
    conditions: [{ kind: 'fields', fields, keys: [[{ kind: 'span', ...span }]], negated: false }],
    branches: [],
  };
}

/**
 * Reads `selector [. selector]* [operator] value`, where the value may be a list, a named set or a verdict map. Null:
 * not understood, and nothing was taken.
 */
export function readMatch(cursor: Cursor, sets: NftSets): NftMatch | null {
  const start = cursor.at;
  const fields: Field[] = [];
  const implied: Condition[] = [];
  do {
    const selector = readSelector(cursor);
    if (selector === null) {
      cursor.at = start;
      return null;
    }
    fields.push(selector.field);
    if (selector.implied !== undefined) implied.push(selector.implied);
  } while (cursor.takes('.'));
  const match = readComparison(cursor, sets, fields);
  if (match === null) cursor.at = start;
  return match === null ? null : { ...match, conditions: [...implied, ...match.conditions] };
}

function readFlagNames(cursor: Cursor, separator: string): string[] {
  const names = [cursor.next()];
  while (cursor.takes(separator)) names.push(cursor.next());
  return names;
}

/** `tcp flags syn / fin,syn,rst,ack`, the older `tcp flags & (fin | syn | rst | ack) == syn`, and `tcp flags syn`. */
export function readFlags(cursor: Cursor): Condition[] | null {
  const start = cursor.at;
  cursor.at += 2;
  let mask: string[] | null = null;
  if (cursor.takes('&') && cursor.takes('(')) {
    mask = readFlagNames(cursor, '|');
    cursor.takes(')');
  }
  const negated = cursor.takes('!=');
  const equal = negated || cursor.takes('==');
  const set = readFlagNames(cursor, mask === null ? ',' : '|');
  if (cursor.takes('/')) mask = readFlagNames(cursor, ',');
  if ([...set, ...(mask ?? [])].some((name) => !/^[a-z]{3}$/.test(name))) {
    cursor.at = start;
    return null;
  }
  // Without a mask `tcp flags syn` asks whether it is among those set, and a comparison for the whole field.
  if (mask === null && !equal) return [TCP, { kind: 'flags', mask: set, set: null, negated: false }];
  return [TCP, { kind: 'flags', mask: mask ?? ALL_FLAGS, set, negated }];
}
