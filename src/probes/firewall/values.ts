import { networkSpan, parseAddress } from './address.js';
import type { Field, Span, Value } from './rules.js';

const UNCLEAR: Value = { kind: 'unclear' };

function parseNumber(text: string): bigint | null {
  return /^(\d{1,10}|0x[0-9a-f]{1,8})$/.test(text) ? BigInt(text) : null;
}

function parseAddressSpan(text: string): Span | null {
  const [first = '', last] = text.split('-');
  const [host = '', length] = first.split('/');
  const low = parseAddress(host);
  if (low === null) return null;
  if (last !== undefined) {
    const high = parseAddress(last);
    return high === null || high.family !== low.family ? null : { low: low.value, high: high.value };
  }
  if (length === undefined) return { low: low.value, high: low.value };
  if (/^\d{1,3}$/.test(length)) return networkSpan(low, Number(length));
  const mask = parseAddress(length);
  const bits = mask === null ? null : mask.value.toString(2).padStart(mask.family === 4 ? 32 : 128, '0');
  // A mask with holes in it is no network.
  return bits === null || bits.includes('01') ? null : networkSpan(low, bits.replaceAll('0', '').length);
}

function parseNumberSpan(text: string): Span | null {
  const [first = '', last = first] = text.split(/[-:]/);
  const low = parseNumber(first === '' ? '0' : first);
  const high = parseNumber(last === '' ? '65535' : last);
  return low === null || high === null ? null : { low, high };
}

function spanOr(span: Span | null, otherwise: Value): Value {
  return span === null || span.low > span.high ? otherwise : { kind: 'span', ...span };
}

/** Reads one value of a rule for a field: `22`, `1000-2000`, `10.0.0.0/8`, `eth*`, `established`. Drops quotes. */
export function parseValue(field: Field, text: string): Value {
  if (text === '*') return { kind: 'any' };
  const bare = text.replaceAll('"', '');
  switch (field) {
    case 'source':
    case 'destination':
      return spanOr(parseAddressSpan(bare), UNCLEAR);
    case 'sourcePort':
    case 'destinationPort':
    case 'mark':
      return spanOr(parseNumberSpan(bare), UNCLEAR);
    case 'user':
      return spanOr(parseNumberSpan(bare), { kind: 'text', text: bare });
    case 'inputInterface':
    case 'outputInterface':
      // A number stands for an interface that is gone, or not ours to name.
      if (/^\d+$/.test(bare)) return UNCLEAR;
      return bare.endsWith('*') ? { kind: 'prefix', text: bare.slice(0, -1) } : { kind: 'text', text: bare };
    case 'protocol':
      return { kind: 'text', text: bare === '6' ? 'tcp' : bare };
    default:
      return { kind: 'text', text: bare.toLowerCase() };
  }
}
