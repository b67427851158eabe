import { nftTokens } from './tokens.js';

/** An element of a set or map as listed: the words of its key, and a map's verdict in words. */
export interface NftElement {
  key: readonly string[];
  verdict: readonly string[];
}

/** The named sets and maps of a table. */
export type NftSets = ReadonlyMap<string, readonly NftElement[]>;

const VERDICTS = new Set(['accept', 'drop', 'reject', 'return', 'continue', 'jump', 'goto', 'queue', 'synproxy']);

/** Whether a word starts a verdict, or a statement after which a packet may not go on. */
export function isVerdict(word: string): boolean {
  return VERDICTS.has(word);
}

/** Takes the words of a rule one after the other. */
export class Cursor {
  at = 0;
  readonly words: readonly string[];

  constructor(text: string) {
    this.words = nftTokens(text);
  }

  get done(): boolean {
    return this.at >= this.words.length;
  }

  peek(ahead = 0): string {
    return this.words[this.at + ahead] ?? '';
  }

  next(): string {
    const word = this.peek();
    this.at += 1;
    return word;
  }

  /** Takes the next word when it is this one. */
  takes(word: string): boolean {
    if (this.peek() !== word) return false;
    this.at += 1;
    return true;
  }

  /** Skips to the verdict that stands outside of braces, or to the end. */
  skipToVerdict(): void {
    for (let depth = 0; !this.done; this.at += 1) {
      const word = this.peek();
      if (word === '{') depth += 1;
      else if (word === '}') depth -= 1;
      else if (depth === 0 && isVerdict(word)) return;
    }
  }
}

function parseElement(words: readonly string[]): NftElement {
  const colon = words.indexOf(':');
  const head = colon === -1 ? words : words.slice(0, colon);
  const key: string[] = [head[0] ?? ''];
  for (let at = 1; head[at] === '.'; at += 2) key.push(head[at + 1] ?? '');
  return { key, verdict: colon === -1 ? [] : words.slice(colon + 1) };
}

/** Splits a list at its commas. What else an element carries (expiry, counter, comment) is left out. */
export function nftElements(words: readonly string[]): NftElement[] {
  const elements: NftElement[] = [];
  let start = 0;
  for (let at = 0; at <= words.length; at += 1) {
    if (at < words.length && words[at] !== ',') continue;
    if (at > start) elements.push(parseElement(words.slice(start, at)));
    start = at + 1;
  }
  return elements;
}
