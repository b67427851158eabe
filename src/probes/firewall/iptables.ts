import type { AddressFamily, FirewallRule } from '../../model/facts.js';
import {
  DESTINATION_FIELDS,
  fieldIs,
  REVERSE_PATH_FAILS,
  type Base,
  type Chain,
  type Condition,
  type Field,
  type Hook,
  type Rule,
  type RuleVerdict,
  type Ruleset,
  type Table,
} from './rules.js';
import { iptablesTokens } from './tokens.js';
import { parseValue } from './values.js';

const HOOK_OF_CHAIN: ReadonlyMap<string, Hook> = new Map([
  ['PREROUTING', 'prerouting'],
  ['INPUT', 'input'],
  ['OUTPUT', 'output'],
  ['POSTROUTING', 'postrouting'],
]);

const PRIORITY_OF_TABLE: ReadonlyMap<string, number> = new Map([
  ['raw', -300],
  ['mangle', -150],
  ['nat', -100],
  ['filter', 0],
  ['security', 50],
]);

interface FieldOption {
  field: Field;
  /** Values with commas between them. */
  isList?: boolean;
}

const FIELD_OPTIONS: ReadonlyMap<string, FieldOption> = new Map<string, FieldOption>([
  ['-s', { field: 'source' }],
  ['-d', { field: 'destination' }],
  ['--src-range', { field: 'source' }],
  ['--dst-range', { field: 'destination' }],
  ['-i', { field: 'inputInterface' }],
  ['-o', { field: 'outputInterface' }],
  ['-p', { field: 'protocol' }],
  ['--sport', { field: 'sourcePort' }],
  ['--dport', { field: 'destinationPort' }],
  ['--sports', { field: 'sourcePort', isList: true }],
  ['--dports', { field: 'destinationPort', isList: true }],
  ['--ctstate', { field: 'state', isList: true }],
  ['--state', { field: 'state', isList: true }],
  ['--uid-owner', { field: 'user' }],
  ['--mark', { field: 'mark' }],
  ['--src-type', { field: 'sourceType', isList: true }],
  ['--dst-type', { field: 'destinationType', isList: true }],
]);

/** Modules by which the amount of traffic decides, and the options that say so. The others of their options qualify. */
const LIMIT_MODULES = new Set(['limit', 'hashlimit', 'recent', 'connlimit', 'quota']);
const LIMIT_OPTIONS = new Set([
  '--limit',
  '--hashlimit-upto',
  '--hashlimit-above',
  '--rcheck',
  '--update',
  '--remove',
  '--connlimit-above',
  '--connlimit-upto',
  '--quota',
]);

/** Modules that ask nothing by themselves: their options do. */
const PLAIN_MODULES = new Set(
  'tcp udp icmp icmp6 comment multiport conntrack state addrtype iprange owner mark'.split(' '),
);

/** Options whose value may look like an option. */
const TEXT_OPTIONS = new Set(['--comment', '--log-prefix', '--nflog-prefix', '--string', '--hex-string', '--name']);

/** Headers that the packets of a TCP connection do not have. */
const OTHER_HEADERS = new Set(['rt', 'hbh', 'dst', 'frag', 'ah', 'esp', 'mh']);

/** Targets after which the packet goes on as it was. */
const PASSING_TARGETS = new Set(
  (
    'LOG NFLOG ULOG TRACE AUDIT LED IDLETIMER RATEEST SET CLASSIFY CHECKSUM ' +
    'TCPMSS TCPOPTSTRIP DSCP TOS TTL HL SECMARK CONNSECMARK'
  ).split(' '),
);

const ALTERED_BY: ReadonlyMap<string, readonly Field[]> = new Map<string, readonly Field[]>([
  ['MARK', ['mark']],
  ['CONNMARK', ['mark']],
  ['CT', ['state']],
  ['NOTRACK', ['state']],
]);

const TRANSLATING: ReadonlyMap<string, readonly Field[]> = new Map<string, readonly Field[]>([
  ['DNAT', DESTINATION_FIELDS],
  ['REDIRECT', DESTINATION_FIELDS],
  ['NETMAP', DESTINATION_FIELDS],
  ['TPROXY', DESTINATION_FIELDS],
  ['SNAT', ['source', 'status']],
  ['MASQUERADE', ['source', 'status']],
]);

/** `icmp-admin-prohibited` and `icmp6-adm-prohibited` alike are `admin-prohibited`. */
function rejectName(option: string): string {
  const name = option.replace(/^icmp6?-/, '').replace(/^adm-/, 'admin-');
  return name === 'host-unreach' || name === 'net-unreach' || name === 'port-unreach' ? `${name}able` : name;
}

interface Option {
  name: string;
  values: readonly string[];
  negated: boolean;
}

/** Options with the arguments up to the next one; `!` stands before the option that it negates. */
function readOptions(words: readonly string[]): Option[] {
  const options: { name: string; values: string[]; negated: boolean }[] = [];
  let negated = false;
  for (const word of words) {
    const last = options.at(-1);
    if (last !== undefined && last.values.length === 0 && TEXT_OPTIONS.has(last.name)) {
      last.values.push(word);
    } else if (word === '!') {
      negated = true;
    } else if (word.startsWith('-') && word.length > 1) {
      options.push({ name: word, values: [], negated });
      negated = false;
    } else {
      last?.values.push(word);
    }
  }
  return options;
}

function fieldCondition(field: Field, text: string, isList: boolean, negated: boolean): Condition {
  const texts = isList ? text.split(',') : [text];
  const keys = texts.map((one) => {
    if (field === 'mark') return [parseValue(field, one.split('/')[0] ?? '')];
    if (field === 'inputInterface' || field === 'outputInterface') return [parseValue(field, one.replace(/\+$/, '*'))];
    return [parseValue(field, one)];
  });
  return { kind: 'fields', fields: [field], keys, negated };
}

class RuleReader {
  private readonly conditions: Condition[] = [];
  private module = '';
  private target = '';
  private isGoto = false;
  private rejectWith = 'port-unreachable';

  constructor(
    private readonly line: string,
    private readonly options: readonly Option[],
  ) {}

  read(): Rule {
    for (const option of this.options) this.take(option);
    const alters = ALTERED_BY.get(this.target) ?? TRANSLATING.get(this.target) ?? [];
    return { text: this.line, conditions: this.conditions, alters, verdict: this.verdict() };
  }

  private take({ name, values, negated }: Option): void {
    const [first = ''] = values;
    const known = FIELD_OPTIONS.get(name);
    if (name === '-j' || name === '-g') {
      this.target = first;
      this.isGoto = name === '-g';
    } else if (name === '--reject-with') {
      this.rejectWith = rejectName(first);
    } else if (this.target !== '' || name === '--comment') {
      // What follows the target is the target's own; a comment asks nothing.
      return;
    } else if (name === '-m') {
      this.module = first;
      if (!PLAIN_MODULES.has(first) && !LIMIT_MODULES.has(first)) this.conditions.push({ kind: 'unclear' });
    } else if (known !== undefined) {
      this.conditions.push(fieldCondition(known.field, first, known.isList ?? false, negated));
    } else {
      this.takeOther(name, values, negated);
    }
  }

  private takeOther(name: string, values: readonly string[], negated: boolean): void {
    if (name === '--tcp-flags' || name === '--syn') {
      const [mask = 'FIN,SYN,RST,ACK', set = 'SYN'] = values;
      const names = (text: string): string[] => (text === 'NONE' ? [] : text.toLowerCase().split(','));
      this.conditions.push({ kind: 'flags', mask: names(mask), set: names(set), negated });
    } else if (name === '-f') {
      // A SYN is never a fragment.
      if (!negated) this.conditions.push(fieldIs('protocol', 'fragment'));
    } else if (OTHER_HEADERS.has(this.module)) {
      this.conditions.push(fieldIs('protocol', this.module));
    } else if (this.module === 'rpfilter') {
      if (name === '--invert') this.conditions.push(...REVERSE_PATH_FAILS);
    } else if (LIMIT_OPTIONS.has(name)) {
      this.conditions.push({ kind: 'limit' });
    } else if (!LIMIT_MODULES.has(this.module)) {
      this.conditions.push({ kind: 'unclear' });
    }
  }

  private verdict(): RuleVerdict {
    const { target } = this;
    switch (target) {
      case '':
        return { kind: 'none' };
      case 'ACCEPT':
        return { kind: 'accept' };
      case 'DROP':
        return { kind: 'drop' };
      case 'REJECT':
        return { kind: 'reject', with: this.rejectWith };
      case 'RETURN':
        return { kind: 'return' };
      default:
        if (PASSING_TARGETS.has(target) || ALTERED_BY.has(target)) return { kind: 'none' };
        if (TRANSLATING.has(target)) return { kind: 'accept' };
        return { kind: this.isGoto ? 'goto' : 'jump', chain: target };
    }
  }
}

function baseOf(table: string, chain: string, policy: string, line: string): Base | null {
  const hook = HOOK_OF_CHAIN.get(chain);
  if (hook === undefined || policy === '-') return null;
  const priority = PRIORITY_OF_TABLE.get(table) ?? 0;
  const leavesNat = table === 'nat' && (hook === 'postrouting' || hook === 'input');
  return {
    hook,
    isNat: table === 'nat',
    priority: leavesNat ? -priority : priority,
    policy: policy === 'DROP' ? 'drop' : 'accept',
    text: line,
  };
}

interface OpenTable extends Table {
  chains: Map<string, Chain & { rules: Rule[] }>;
}

/** Parses what `iptables-save` or `ip6tables-save` prints; `complete` is false when it breaks off in a table. */
export function parseIptables(text: string, family: AddressFamily): Ruleset {
  const tool: FirewallRule['tool'] = family === 4 ? 'iptables' : 'ip6tables';
  const tables: OpenTable[] = [];
  let complete = true;
  let open: OpenTable | null = null;
  for (const line of text.split('\n')) {
    const words = iptablesTokens(line);
    const first = words[0] ?? '';
    if (first.startsWith('*')) {
      open = { tool, family: family === 4 ? 'ip' : 'ip6', name: first.slice(1), chains: new Map() };
      tables.push(open);
    } else if (first === 'COMMIT') {
      open = null;
    } else if (open !== null && first.startsWith(':')) {
      const name = first.slice(1);
      open.chains.set(name, { name, base: baseOf(open.name, name, words[1] ?? '-', line), rules: [] });
    } else if (open !== null && first === '-A') {
      const chain = open.chains.get(words[1] ?? '');
      if (chain === undefined) complete = false;
      chain?.rules.push(new RuleReader(line, readOptions(words.slice(2))).read());
    }
  }
  return { tables, complete: complete && open === null };
}
