import type { FirewallRule } from '../../model/facts.js';

/**
 * What firewall rules ask about a packet. `etherType` is `ip` or `ip6`, `addressFamily` `ipv4` or `ipv6`; the types of
 * an address are the kernel's words, such as `local` and `unicast`. `other` stands for what no packet of ours tells.
 */
export type Field =
  | 'addressFamily'
  | 'etherType'
  | 'protocol'
  | 'source'
  | 'destination'
  | 'sourcePort'
  | 'destinationPort'
  | 'sourceType'
  | 'destinationType'
  | 'inputInterface'
  | 'outputInterface'
  | 'state'
  | 'status'
  | 'user'
  | 'mark'
  | 'other';

/** Bounds, both included: ports, addresses, user ids, marks. */
export interface Span {
  low: bigint;
  high: bigint;
}

/** What is known of a field: the words that it answers to, or the bounds within which it lies. */
export interface Known {
  texts?: readonly string[];
  span?: Span;
}

/** A field that is missing is not known. */
export interface Packet {
  fields: Partial<Record<Field, Known>>;
  tcpFlags: readonly string[];
}

export type Value =
  | { kind: 'any' }
  | { kind: 'text'; text: string }
  | { kind: 'prefix'; text: string }
  | ({ kind: 'span' } & Span)
  /** Something that we cannot judge. */
  | { kind: 'unclear' };

export type Condition =
  /** One of `keys` holds; a key has one value for each of `fields`. */
  | { kind: 'fields'; fields: readonly Field[]; keys: readonly (readonly Value[])[]; negated: boolean }
  /** Of the flags in `mask` exactly `set` are set; with `set` null at least one of them. */
  | { kind: 'flags'; mask: readonly string[]; set: readonly string[] | null; negated: boolean }
  /** Holds or not by how much traffic there was. */
  | { kind: 'limit' }
  | { kind: 'unclear' };

export type StopVerdict = { kind: 'drop' } | { kind: 'reject'; with: string };

export type RuleVerdict =
  | StopVerdict
  | { kind: 'none' }
  | { kind: 'accept' }
  | { kind: 'return' }
  | { kind: 'jump' | 'goto'; chain: string }
  /** A target that may end the packet's way through the chain, such as `queue`. */
  | { kind: 'unclear' };

export interface Rule {
  /** Verbatim. */
  text: string;
  conditions: readonly Condition[];
  /** Fields that the rule rewrites. */
  alters: readonly Field[];
  verdict: RuleVerdict;
}

export const HOOKS = ['prerouting', 'input', 'output', 'postrouting'] as const;

export type Hook = (typeof HOOKS)[number];

/** What makes a chain the kernel's entry into the rules. */
export interface Base {
  hook: Hook;
  isNat: boolean;
  priority: number;
  policy: 'accept' | 'drop';
  /** The line that states the policy, verbatim. */
  text: string;
}

export interface Chain {
  name: string;
  base: Base | null;
  rules: readonly Rule[];
}

export interface Table {
  tool: FirewallRule['tool'];
  family: 'ip' | 'ip6' | 'inet';
  name: string;
  chains: ReadonlyMap<string, Chain>;
}

export interface Ruleset {
  tables: readonly Table[];
  /** False when something in the listing that could stop packets was not understood. */
  complete: boolean;
}

/** A condition that one field has one value. */
export function fieldIs(field: Field, text: string): Condition {
  return { kind: 'fields', fields: [field], keys: [[{ kind: 'text', text }]], negated: false };
}

/** What a rewritten destination leaves unknown. */
export const DESTINATION_FIELDS: readonly Field[] = [
  'destination',
  'destinationPort',
  'destinationType',
  'outputInterface',
  'status',
];

/** Whether no route leads back to the sender. The kernel answers that only for what did not come in over loopback. */
export const REVERSE_PATH_FAILS: readonly Condition[] = [
  { kind: 'fields', fields: ['inputInterface'], keys: [[{ kind: 'text', text: 'lo' }]], negated: true },
  { kind: 'unclear' },
];
