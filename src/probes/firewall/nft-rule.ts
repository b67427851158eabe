import { FOUR, readFlags, readMatch, SIX, TCP, type NftMatch } from './nft-match.js';
import { Cursor, isVerdict, type NftSets } from './nft-words.js';
import {
  DESTINATION_FIELDS,
  fieldIs,
  REVERSE_PATH_FAILS,
  type Condition,
  type Field,
  type Rule,
  type RuleVerdict,
} from './rules.js';

/** Headers that the packets of a TCP connection do not have. */
const OTHER_PROTOCOLS = new Set('udp udplite sctp dccp icmp icmpv6 igmp esp ah comp hbh frag mh'.split(' '));
const LOG_OPTIONS = new Set(['prefix', 'level', 'group', 'snaplen', 'queue-threshold']);
const OPERATORS = new Set(['&', '|', '^', 'and', 'or', 'xor']);

function parseVerdict(words: readonly string[]): RuleVerdict {
  const [name, chain] = words;
  if (name === 'accept' || name === 'drop' || name === 'return') return { kind: name };
  if (name === 'continue') return { kind: 'none' };
  if ((name === 'jump' || name === 'goto') && chain !== undefined) return { kind: name, chain };
  return { kind: 'unclear' };
}

/** Reads one rule. What is not understood becomes an unclear condition, so that the rule matches `perhaps`. */
class RuleReader {
  private readonly cursor: Cursor;
  private readonly conditions: Condition[] = [];
  private readonly alters: Field[] = [];
  private verdict: RuleVerdict = { kind: 'none' };
  private branches: NftMatch['branches'] = [];

  constructor(
    private readonly text: string,
    private readonly sets: NftSets,
  ) {
    this.cursor = new Cursor(text);
  }

  read(): Rule[] {
    while (!this.cursor.done) {
      if (this.readStatement()) continue;
      this.conditions.push({ kind: 'unclear' });
      this.cursor.at += 1;
      this.cursor.skipToVerdict();
    }
    const { text, conditions, alters, verdict } = this;
    if (this.branches.length === 0) return [{ text, conditions, alters, verdict }];
    return this.branches.map((branch) => ({
      text,
      conditions: [...conditions, branch.condition],
      alters,
      verdict: parseVerdict(branch.verdict),
    }));
  }

  /** Takes one statement; false: not understood, and nothing was taken. */
  private readStatement(): boolean {
    const { cursor } = this;
    const first = cursor.peek();
    if (first === 'reject') return this.readReject();
    if (isVerdict(first)) return this.readVerdict();
    if (OTHER_PROTOCOLS.has(first)) {
      this.conditions.push(fieldIs('protocol', first));
      cursor.skipToVerdict();
      return true;
    }
    switch (first) {
      case 'counter':
        cursor.at += cursor.peek(1) === 'packets' ? 5 : cursor.peek(1) === 'name' ? 3 : 1;
        return true;
      case 'comment':
        cursor.at += 2;
        return true;
      case 'log':
        return this.readLog();
      case 'limit':
        return this.readLimit();
      case 'add':
      case 'update':
      case 'meter':
        return this.readDynamicSet();
      case 'notrack':
        cursor.at += 1;
        this.alters.push('state');
        return true;
      case 'masquerade':
      case 'snat':
        return this.translates(['source', 'status']);
      case 'dnat':
      case 'redirect':
      case 'tproxy':
        return this.translates(DESTINATION_FIELDS);
      default:
        return this.readExpression(first, cursor.peek(1), cursor.peek(2));
    }
  }

  private readExpression(first: string, second: string, third: string): boolean {
    const { cursor } = this;
    if (first === 'ct' && second === 'count') {
      this.conditions.push({ kind: 'limit' });
      cursor.at += third === 'over' ? 4 : 3;
      return true;
    }
    if ((first === 'meta' || first === 'ct') && third === 'set') return this.readAssignment(`${first} ${second}`);
    if (first === 'fib' && second === 'saddr' && third === '.') return this.readReversePath();
    if (first === 'rt' && second === 'type') {
      this.conditions.push(fieldIs('protocol', 'rt'));
      cursor.skipToVerdict();
      return true;
    }
    if (first === 'xt' && second === 'match') {
      this.conditions.push({ kind: 'unclear' });
      cursor.at += 3;
      return true;
    }
    if (first === 'tcp' && second === 'flags') {
      const flags = readFlags(cursor);
      this.conditions.push(...(flags ?? []));
      return flags !== null;
    }
    const match = readMatch(cursor, this.sets);
    if (match === null) return false;
    this.conditions.push(...match.conditions);
    if (match.branches.length > 0) this.branches = match.branches;
    return true;
  }

  /** `fib saddr . mark . iif oif missing` */
  private readReversePath(): boolean {
    const { cursor } = this;
    const end = cursor.words.indexOf('missing', cursor.at);
    if (end === -1 || end - cursor.at > 8 || cursor.words[end - 1] !== 'oif') return false;
    this.conditions.push(...REVERSE_PATH_FAILS);
    cursor.at = end + 1;
    return true;
  }

  /** `meta mark set 0x1`, `ct mark set meta mark & 0xff`. */
  private readAssignment(to: string): boolean {
    const { cursor } = this;
    if (to === 'meta mark') this.alters.push('mark');
    cursor.at += 3;
    do {
      cursor.at += cursor.peek() === 'meta' || cursor.peek() === 'ct' ? 2 : 1;
    } while (OPERATORS.has(cursor.peek()) && cursor.next() !== '');
    return true;
  }

  /** Address translation ends a chain, and its operands end the rule. */
  private translates(fields: readonly Field[]): boolean {
    this.alters.push(...fields);
    this.verdict = { kind: 'accept' };
    this.cursor.at = this.cursor.words.length;
    return true;
  }

  private readLog(): boolean {
    const { cursor } = this;
    cursor.at += 1;
    for (;;) {
      if (LOG_OPTIONS.has(cursor.peek())) {
        cursor.at += 2;
      } else if (cursor.peek() === 'flags') {
        cursor.at += cursor.peek(1) === 'tcp' || cursor.peek(1) === 'ip' ? 3 : 2;
        while (cursor.takes(',')) cursor.at += 1;
      } else {
        return true;
      }
    }
  }

  /** `limit name "x"`, `limit rate [over] 5/minute [burst 3 packets]`, `limit rate 10 mbytes/second`. */
  private readLimit(): boolean {
    const { cursor } = this;
    this.conditions.push({ kind: 'limit' });
    cursor.at += 1;
    if (cursor.next() === 'rate') {
      cursor.takes('over');
      if (!cursor.next().includes('/')) cursor.at += 1;
      if (cursor.peek() === 'burst') cursor.at += 3;
    } else {
      cursor.at += 1;
    }
    return true;
  }

  /** `add @set { … }`, `update @set { … }` and the older `meter name { … }`. */
  private readDynamicSet(): boolean {
    const { cursor } = this;
    const open = cursor.words.indexOf('{', cursor.at);
    const close = cursor.words.indexOf('}', cursor.at);
    if (open === -1 || close < open) return false;
    const body = cursor.words.slice(open, close);
    const counts = body.includes('limit') || body.some((word, index) => word === 'ct' && body[index + 1] === 'count');
    this.conditions.push({ kind: counts ? 'limit' : 'unclear' });
    cursor.at = close + 1;
    return true;
  }

  private readVerdict(): boolean {
    const { cursor } = this;
    const name = cursor.next();
    this.verdict = parseVerdict(name === 'jump' || name === 'goto' ? [name, cursor.next()] : [name]);
    if (this.verdict.kind === 'unclear') cursor.at = cursor.words.length;
    return true;
  }

  /** The kind of ICMP says for which family the rule is; the listing leaves that condition out. */
  private readReject(): boolean {
    const { cursor } = this;
    cursor.at += 1;
    let answer = 'port-unreachable';
    if (cursor.takes('with')) {
      const protocol = cursor.next();
      cursor.takes('type');
      answer = protocol === 'tcp' ? `tcp-${cursor.next()}` : cursor.next();
      if (protocol === 'tcp') this.conditions.push(TCP);
      if (protocol === 'icmp') this.conditions.push(FOUR);
      if (protocol === 'icmpv6') this.conditions.push(SIX);
    }
    this.verdict = { kind: 'reject', with: answer };
    return true;
  }
}

/** Reads a rule of `nft list ruleset`; a verdict map gives a rule for each of its entries. */
export function parseNftRule(text: string, sets: NftSets): Rule[] {
  return new RuleReader(text, sets).read();
}
