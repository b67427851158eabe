import { parseNftRule } from './nft-rule.js';
import { nftElements, type NftElement } from './nft-words.js';
import { HOOKS, type Base, type Chain, type Hook, type Rule, type Ruleset, type Table } from './rules.js';
import { nftTokens } from './tokens.js';

interface Block {
  head: readonly string[];
  /** Statements, each on one line. */
  lines: string[];
}

interface TableBlock extends Block {
  blocks: Block[];
}

/** Named priorities; that of `dstnat` differs for bridges alone. */
const PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['raw', -300],
  ['mangle', -150],
  ['dstnat', -100],
  ['filter', 0],
  ['security', 50],
  ['srcnat', 100],
]);

function bracesIn(line: string): number {
  return nftTokens(line).reduce((depth, word) => depth + (word === '{' ? 1 : word === '}' ? -1 : 0), 0);
}

/** Cuts a listing into tables, their blocks, and the statements of each; `whole` is false when it breaks off. */
function readTables(text: string): { tables: TableBlock[]; whole: boolean } {
  const tables: TableBlock[] = [];
  let block: Block | null = null;
  let inTable = false;
  let pending = '';
  let depth = 0;
  for (const raw of text.split('\n')) {
    const line = pending === '' ? raw.trim() : `${pending} ${raw.trim()}`;
    depth += bracesIn(raw);
    const table = tables.at(-1);
    if (!inTable || table === undefined) {
      if (depth === 0) continue;
      inTable = true;
      tables.push({ head: nftTokens(line), lines: [], blocks: [] });
    } else if (block === null) {
      if (depth === 0) inTable = false;
      else if (depth === 2) table.blocks.push((block = { head: nftTokens(line), lines: [] }));
      else if (line !== '') table.lines.push(line);
    } else if (depth > 2) {
      pending = line;
    } else {
      pending = '';
      if (depth === 1) block = null;
      else if (line !== '') block.lines.push(line);
    }
  }
  return { tables, whole: depth === 0 && !inTable };
}

function parsePriority(words: readonly string[]): number {
  const [name = '', sign, offset = '0'] = words;
  const start = PRIORITIES.get(name) ?? Number(name);
  const moved = start + (sign === '-' ? -Number(offset) : Number(offset));
  return Number.isFinite(moved) ? moved : 0;
}

function isHook(word: string): word is Hook {
  return (HOOKS as readonly string[]).includes(word);
}

/** `type filter hook input priority filter + 10; policy drop;` */
function parseBase(line: string): Base | null {
  const words = nftTokens(line.replaceAll(';', ' ; '));
  const after = (name: string): number => words.indexOf(name) + 1;
  const hook = words[after('hook')] ?? '';
  if (words[0] !== 'type' || !words.includes('hook') || !isHook(hook)) return null;
  const priority = after('priority');
  return {
    hook,
    isNat: words[1] === 'nat',
    priority: parsePriority(words.slice(priority, words.indexOf(';', priority))),
    policy: words.includes('policy') && words[after('policy')] === 'drop' ? 'drop' : 'accept',
    text: line,
  };
}

function parseElements({ lines }: Block): NftElement[] {
  const line = lines.find((candidate) => candidate.startsWith('elements'));
  if (line === undefined) return [];
  const words = nftTokens(line);
  return nftElements(words.slice(words.indexOf('{') + 1, words.lastIndexOf('}')));
}

/** Whether nft could not put the rule's target into its own words. */
function hidesTarget(line: string): boolean {
  const words = nftTokens(line);
  return words.some((word, index) => word === 'xt' && words[index + 1] === 'target') || line.includes('# xt_');
}

function parseChain(block: Block, sets: ReadonlyMap<string, readonly NftElement[]>): Chain {
  const base = block.lines.map(parseBase).find((found) => found !== null) ?? null;
  const statements = block.lines.filter((line) => line !== base?.text && !/^(type|comment|flags) /.test(line));
  const rules: Rule[] = statements.flatMap((line) => parseNftRule(line, sets));
  return { name: block.head[1] ?? '', base, rules };
}

function parseTable(table: TableBlock, family: Table['family'], name: string): Table {
  const sets = new Map<string, readonly NftElement[]>();
  for (const block of table.blocks) {
    if (block.head[0] === 'set' || block.head[0] === 'map') sets.set(block.head[1] ?? '', parseElements(block));
  }
  const chains = table.blocks.filter((block) => block.head[0] === 'chain').map((block) => parseChain(block, sets));
  return { tool: 'nft', family, name, chains: new Map(chains.map((chain) => [chain.name, chain])) };
}

function isFamily(word: string): word is Table['family'] {
  return word === 'ip' || word === 'ip6' || word === 'inet';
}

/** Whether a table can stop packets at a place that is not looked at, such as a network card's ingress. */
function stopsElsewhere({ blocks }: TableBlock): boolean {
  return blocks.some(({ lines }) => lines.some((line) => / hook (ingress|egress) /.test(line)));
}

/**
 * Parses what `nft -a list ruleset` prints. `seenElsewhere` names tables, such as `ip filter`, whose rules another
 * tool listed without loss. Tables for families other than ip, ip6 and inet are left out.
 */
export function parseNft(text: string, seenElsewhere: ReadonlySet<string>): Ruleset {
  const { tables, whole } = readTables(text);
  const parsed: Table[] = [];
  let complete = whole;
  for (const table of tables) {
    const [, family = '', name = ''] = table.head;
    if (table.lines.some((line) => line.startsWith('flags') && line.includes('dormant'))) continue;
    if (stopsElsewhere(table)) complete = false;
    if (!isFamily(family) || seenElsewhere.has(`${family} ${name}`)) continue;
    if (table.blocks.some((block) => block.head[0] === 'chain' && block.lines.some(hidesTarget))) complete = false;
    parsed.push(parseTable(table, family, name));
  }
  return { tables: parsed, complete };
}
