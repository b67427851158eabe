import type { FirewallRule } from '../../model/facts.js';
import type { NumericAddress } from './address.js';
import type { Chain, Hook, Known, Packet, Ruleset, Table } from './rules.js';
import { Walk, type Stop } from './walk.js';

/** The connection whose way is followed, as the packets of the client carry it. */
export interface Flow {
  destination: NumericAddress;
  port: number;
  /** Null: not known. */
  source: NumericAddress | null;
  /** True when the destination is an address of this machine: then both ends are walked, over `lo`. */
  isLocal: boolean;
  /** The interface towards a remote destination; null: not known. */
  outputInterface: string | null;
  /** The client's user. */
  user: { id: number | null; name: string } | null;
  /** The range of the client's own port, both ends included. */
  clientPorts: readonly [number, number];
}

type Direction = FirewallRule['direction'];
export type FlowStop = Stop & { direction: Direction };
type Way = readonly { hook: Hook; direction: Direction }[];

const LEAVES: Way = [
  { hook: 'output', direction: 'output' },
  { hook: 'postrouting', direction: 'output' },
];
const ARRIVES: Way = [
  { hook: 'prerouting', direction: 'input' },
  { hook: 'input', direction: 'input' },
];

const NONE: Known = { texts: [] };

function words(...texts: string[]): Known {
  return { texts };
}

function exactly(value: bigint): Known {
  return { span: { low: value, high: value } };
}

function maybe<K extends string>(field: K, known: Known | null): Partial<Record<K, Known>> {
  const fields: Partial<Record<K, Known>> = {};
  if (known !== null) fields[field] = known;
  return fields;
}

function userOf(user: Flow['user']): Known | null {
  if (user === null) return null;
  return user.id === null ? words(user.name) : { ...words(user.name), ...exactly(BigInt(user.id)) };
}

function common(flow: Flow): Packet['fields'] {
  const isFour = flow.destination.family === 4;
  return {
    addressFamily: words(isFour ? 'ipv4' : 'ipv6'),
    etherType: words(isFour ? 'ip' : 'ip6'),
    protocol: words('tcp'),
    status: NONE,
    mark: exactly(0n),
  };
}

function firstPacket(flow: Flow): Packet {
  return {
    tcpFlags: ['syn'],
    fields: {
      ...common(flow),
      ...maybe('source', flow.source === null ? null : exactly(flow.source.value)),
      sourceType: words('local'),
      sourcePort: { span: { low: BigInt(flow.clientPorts[0]), high: BigInt(flow.clientPorts[1]) } },
      destination: exactly(flow.destination.value),
      destinationType: words(flow.isLocal ? 'local' : 'unicast'),
      destinationPort: exactly(BigInt(flow.port)),
      state: words('new'),
      ...maybe('user', userOf(flow.user)),
    },
  };
}

function replyTo({ fields }: Packet): Packet {
  return {
    tcpFlags: ['syn', 'ack'],
    fields: {
      addressFamily: fields.addressFamily ?? NONE,
      etherType: fields.etherType ?? NONE,
      protocol: fields.protocol ?? NONE,
      status: NONE,
      mark: exactly(0n),
      ...maybe('source', fields.destination ?? null),
      ...maybe('sourceType', fields.destinationType ?? null),
      ...maybe('sourcePort', fields.destinationPort ?? null),
      ...maybe('destination', fields.source ?? null),
      ...maybe('destinationType', fields.sourceType ?? null),
      ...maybe('destinationPort', fields.sourcePort ?? null),
      state: words('established'),
    },
  };
}

function appliesTo(table: Table, flow: Flow): boolean {
  return table.family === 'inet' || table.family === (flow.destination.family === 4 ? 'ip' : 'ip6');
}

interface BaseChain {
  table: Table;
  chain: Chain;
  priority: number;
}

function baseChains(ruleset: Ruleset, flow: Flow, hook: Hook, withNat: boolean): BaseChain[] {
  return ruleset.tables
    .filter((table) => appliesTo(table, flow))
    .flatMap((table) =>
      [...table.chains.values()].flatMap((chain) =>
        chain.base?.hook === hook && (withNat || !chain.base.isNat)
          ? [{ table, chain, priority: chain.base.priority }]
          : [],
      ),
    )
    .toSorted((left, right) => left.priority - right.priority);
}

/** Takes a packet to a hook, on its way out of (`leaving`) or into this machine. */
function arriveAt(walk: Walk, leaving: boolean, name: string | null): void {
  const known = name === null ? null : words(name);
  if (leaving) walk.moveOn({ ...maybe('outputInterface', known), inputInterface: NONE }, []);
  else walk.moveOn({ ...maybe('inputInterface', known), outputInterface: NONE }, ['user']);
}

/** The rules along a way; in each direction up to the first that surely stops the packet. */
function follow(ruleset: Ruleset, flow: Flow, walk: Walk, way: Way, isFirst: boolean): FlowStop[] {
  const stops: FlowStop[] = [];
  let stopped: Direction | null = null;
  for (const { hook, direction } of way) {
    if (stopped === direction) continue;
    arriveAt(walk, direction === 'output', flow.isLocal ? 'lo' : flow.outputInterface);
    for (const { table, chain } of baseChains(ruleset, flow, hook, isFirst)) {
      const before = walk.stops.length;
      const ended = walk.through(table, chain);
      stops.push(...walk.stops.slice(before).map((stop) => ({ ...stop, direction })));
      if (!ended) continue;
      stopped = direction;
      break;
    }
  }
  return stops;
}

/** To the client a connection hangs when its answer is stopped, however: nobody answers the client. */
function silenced(stop: FlowStop): FlowStop {
  return { ...stop, action: stop.action === 'limit' ? 'limit' : 'drop', rejectWith: null };
}

/**
 * The rules that stop a connection: those that stop its first packet (SYN), or else those that stop the answer
 * (SYN+ACK). In each direction the list ends with the first rule that surely stops it; what stands before it may.
 * `complete` is false when the rules were too many or too deep to be followed wholly. Pure.
 */
export function findStops(ruleset: Ruleset, flow: Flow): { stops: FlowStop[]; complete: boolean } {
  const first = firstPacket(flow);
  const there = new Walk(first, 'yes');
  const stops = follow(ruleset, flow, there, flow.isLocal ? [...LEAVES, ...ARRIVES] : LEAVES, true);
  if (there.exhausted || stops.some((stop) => stop.sure && stop.action !== 'limit')) {
    return { stops, complete: !there.exhausted };
  }
  const back = new Walk(replyTo(first), there.onTheWay);
  stops.push(...follow(ruleset, flow, back, flow.isLocal ? [...LEAVES, ...ARRIVES] : ARRIVES, false).map(silenced));
  return { stops, complete: !back.exhausted };
}
