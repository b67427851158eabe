import type { Condition, Field, Known, Packet, Value } from './rules.js';

/**
 * How surely something holds, weakest first. `perhaps`: a condition that we cannot judge. `limited`: all else holds,
 * and a rate or a count decides.
 */
const CERTAINTIES = ['no', 'perhaps', 'limited', 'yes'] as const;

export type Certainty = (typeof CERTAINTIES)[number];

/** The chain's weakest link. */
export function weakest(...certainties: Certainty[]): Certainty {
  return CERTAINTIES.find((certainty) => certainties.includes(certainty)) ?? 'yes';
}

function strongest(certainties: readonly Certainty[]): Certainty {
  return CERTAINTIES.findLast((certainty) => certainties.includes(certainty)) ?? 'no';
}

function not(certainty: Certainty): Certainty {
  if (certainty === 'yes') return 'no';
  return certainty === 'no' ? 'yes' : certainty;
}

function when(holds: boolean): Certainty {
  return holds ? 'yes' : 'no';
}

function matchValue(value: Value, known: Known | undefined): Certainty {
  if (value.kind === 'any') return 'yes';
  if (known === undefined || value.kind === 'unclear') return 'perhaps';
  if (value.kind === 'span') {
    if (known.span === undefined) return 'perhaps';
    if (known.span.low >= value.low && known.span.high <= value.high) return 'yes';
    return known.span.high < value.low || known.span.low > value.high ? 'no' : 'perhaps';
  }
  if (known.texts === undefined) return 'perhaps';
  return when(known.texts.some((text) => (value.kind === 'text' ? text === value.text : text.startsWith(value.text))));
}

function matchKey(packet: Packet, fields: readonly Field[], key: readonly Value[]): Certainty {
  return weakest(...fields.map((field, index) => matchValue(key[index] ?? { kind: 'unclear' }, packet.fields[field])));
}

function matchFlags(packet: Packet, mask: readonly string[], set: readonly string[] | null): Certainty {
  const seen = mask.filter((flag) => packet.tcpFlags.includes(flag));
  // Whether a SYN asks for congestion notification is the kernel's setting.
  if (mask.some((flag) => flag === 'ecn' || flag === 'cwr')) return 'perhaps';
  if (set === null) return when(seen.length > 0);
  return when(seen.length === set.length && set.every((flag) => seen.includes(flag)));
}

/** Whether a condition holds for a packet. What we cannot judge is `perhaps`, never `yes` or `no`. */
export function matchCondition(condition: Condition, packet: Packet): Certainty {
  switch (condition.kind) {
    case 'unclear':
      return 'perhaps';
    case 'limit':
      return 'limited';
    case 'flags': {
      const certainty = matchFlags(packet, condition.mask, condition.set);
      return condition.negated ? not(certainty) : certainty;
    }
    case 'fields': {
      const certainty = strongest(condition.keys.map((key) => matchKey(packet, condition.fields, key)));
      return condition.negated ? not(certainty) : certainty;
    }
  }
}
