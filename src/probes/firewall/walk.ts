import type { FirewallRule } from '../../model/facts.js';
import { matchCondition, weakest, type Certainty } from './match.js';
import type { Chain, Field, Packet, Rule, StopVerdict, Table } from './rules.js';

/** A rule (or policy) that ends the packet. */
export type Stop = Pick<FirewallRule, 'tool' | 'action' | 'rejectWith' | 'rule' | 'chain' | 'namesPort' | 'sure'>;

/**
 * What a rule does to the walk. `accepted` and `stopped` end the base chain; `leaves` ends the chain at hand as surely
 * as the rule matched; `perhaps-stopped` ends it too, but what follows is no less sure to stop the packet.
 */
type Fate = 'accepted' | 'stopped' | 'passed';
type Step = Fate | 'leaves' | 'perhaps-stopped';

interface Place {
  table: Table;
  chain: Chain;
  depth: number;
  /** True when a rule sent the packet here for its port. */
  namesPort: boolean;
}

/** The kernel allows as many jumps within each other. */
const DEEPEST_JUMP = 16;
const MOST_COMPARISONS = 2_000_000;
const MOST_STOPS = 16;

function chainName({ table, chain }: Place): string {
  return table.tool === 'nft' ? `${table.family} ${table.name} ${chain.name}` : `${table.name} ${chain.name}`;
}

function namesPort({ conditions }: Rule): boolean {
  return conditions.some((condition) => condition.kind === 'fields' && condition.fields.includes('destinationPort'));
}

function costOf(rule: Rule): number {
  return rule.conditions.reduce((sum, condition) => sum + (condition.kind === 'fields' ? condition.keys.length : 1), 1);
}

/** Follows one packet through base chains. Rules are untrusted: `exhausted` says when the walk hit a bound. */
export class Walk {
  readonly stops: Stop[] = [];
  exhausted = false;
  private comparisonsLeft = MOST_COMPARISONS;
  /** How sure it is that no earlier rule of the base chain accepted the packet. */
  private stillHere: Certainty = 'yes';
  /** The rule that made a rate decide, and its chain. */
  private limiting: Pick<Stop, 'rule' | 'chain'> | null = null;

  /** `onTheWay` is `perhaps` once the destination may have been rewritten: then the packet may take another way. */
  constructor(
    private packet: Packet,
    public onTheWay: Certainty,
  ) {}

  /** Takes the fields that change between two hooks, such as the interfaces. */
  moveOn(fields: Packet['fields'], forgotten: readonly Field[]): void {
    this.packet = { ...this.packet, fields: { ...this.packet.fields, ...fields } };
    this.forget(forgotten);
  }

  /** Walks a base chain. True: the packet surely ended there. */
  through(table: Table, chain: Chain): boolean {
    this.stillHere = 'yes';
    this.limiting = null;
    const place = { table, chain, depth: 0, namesPort: false };
    const fate = this.walkChain(place, this.onTheWay);
    if (fate !== 'passed') return fate === 'stopped';
    if (chain.base?.policy !== 'drop') return false;
    return this.stop(place, { kind: 'drop' }, chain.base.text, this.onTheWay) === 'stopped';
  }

  private walkChain(place: Place, reached: Certainty): Fate {
    if (place.depth > DEEPEST_JUMP) this.exhausted = true;
    let certainty = reached;
    for (const rule of place.chain.rules) {
      this.comparisonsLeft -= costOf(rule);
      if (this.comparisonsLeft < 0) this.exhausted = true;
      if (this.exhausted) return 'passed';
      const matched = weakest(...rule.conditions.map((condition) => matchCondition(condition, this.packet)));
      if (matched === 'no') continue;
      this.alter(rule);
      if (matched === 'limited' && rule.verdict.kind !== 'none') {
        this.limiting = { rule: rule.text, chain: chainName(place) };
      }
      const step = this.apply(place, rule, weakest(certainty, matched));
      if (step === 'accepted' || step === 'stopped') return step;
      if (step === 'passed') continue;
      if (matched === 'yes') return 'passed';
      if (step === 'leaves') certainty = weakest(certainty, matched);
    }
    return 'passed';
  }

  private apply(place: Place, rule: Rule, certainty: Certainty): Step {
    const { verdict } = rule;
    switch (verdict.kind) {
      case 'none':
        return 'passed';
      case 'return':
        return 'leaves';
      case 'accept':
        if (certainty === 'yes') return 'accepted';
        this.stillHere = weakest(this.stillHere, certainty);
        return 'leaves';
      case 'unclear':
        this.stillHere = 'perhaps';
        return 'passed';
      case 'drop':
      case 'reject':
        return this.stop({ ...place, namesPort: place.namesPort || namesPort(rule) }, verdict, rule.text, certainty);
      case 'jump':
      case 'goto': {
        const target = place.table.chains.get(verdict.chain);
        if (target === undefined) {
          this.stillHere = 'perhaps';
          return 'passed';
        }
        const forPort = place.namesPort || namesPort(rule);
        const inner = { table: place.table, chain: target, depth: place.depth + 1, namesPort: forPort };
        const fate = this.walkChain(inner, certainty);
        return fate === 'passed' && verdict.kind === 'goto' ? 'leaves' : fate;
      }
    }
  }

  private alter(rule: Rule): void {
    if (rule.alters.length === 0) return;
    this.forget(rule.alters);
    if (rule.alters.includes('destination')) this.onTheWay = 'perhaps';
  }

  private forget(names: readonly Field[]): void {
    const fields = { ...this.packet.fields };
    for (const name of names) delete fields[name];
    this.packet = { ...this.packet, fields };
  }

  private stop(place: Place, verdict: StopVerdict, text: string, certainty: Certainty): Step {
    const level = weakest(certainty, this.stillHere);
    const named =
      level === 'limited' && this.limiting !== null ? this.limiting : { rule: text, chain: chainName(place) };
    if (this.stops.length < MOST_STOPS) {
      this.stops.push({
        tool: place.table.tool,
        action: level === 'limited' ? 'limit' : verdict.kind,
        rejectWith: verdict.kind === 'reject' ? verdict.with : null,
        ...named,
        namesPort: place.namesPort,
        sure: level !== 'perhaps',
      });
    }
    if (level === 'yes') return 'stopped';
    // Whoever got here is stopped, and the others were accepted: nothing is left to walk.
    return certainty === 'yes' ? 'accepted' : 'perhaps-stopped';
  }
}
