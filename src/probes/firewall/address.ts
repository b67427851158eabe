import type { AddressFamily } from '../../model/facts.js';

/** An address as a number: 32 bits wide for family 4, 128 for family 6. */
export interface NumericAddress {
  family: AddressFamily;
  value: bigint;
}

const MAPPED_PREFIX = 0xffffn << 32n;
const LONGEST_ADDRESS = 64;

function parseDotted(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

/** The 16-bit groups of one side of `::`; null when one is not a group. An IPv4 tail counts as two. */
function parseGroups(text: string): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const part of text.split(':')) {
    if (part.includes('.')) {
      const tail = parseDotted(part);
      if (tail === null) return null;
      groups.push(tail >> 16n, tail & 0xffffn);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return null;
      groups.push(BigInt(`0x${part}`));
    }
  }
  return groups;
}

function parseColons(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? '');
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** Reads an IPv4 or IPv6 literal without brackets; a zone such as `%eth0` is left out. Null: not an address. */
export function parseAddress(text: string): NumericAddress | null {
  if (text.length > LONGEST_ADDRESS) return null;
  const bare = text.split('%')[0] ?? '';
  const isColons = bare.includes(':');
  const value = isColons ? parseColons(bare) : parseDotted(bare);
  return value === null ? null : { family: isColons ? 6 : 4, value };
}

/**
 * The address that packets to a dialled address carry: Linux takes the wildcard for loopback, and sends IPv4 packets to
 * an IPv4-mapped IPv6 address.
 */
export function addressOnTheWire(dialled: NumericAddress): NumericAddress {
  if (dialled.family === 6 && dialled.value >> 32n === MAPPED_PREFIX >> 32n) {
    return addressOnTheWire({ family: 4, value: dialled.value & 0xffffffffn });
  }
  if (dialled.value !== 0n) return dialled;
  return { family: dialled.family, value: dialled.family === 4 ? 0x7f000001n : 1n };
}

/** Whether an address on the wire is 127.0.0.0/8 or ::1. */
export function isLoopback(address: NumericAddress): boolean {
  return address.family === 4 ? address.value >> 24n === 127n : address.value === 1n;
}

/** First and last address of `address/length`; null for a length that the family does not have. */
export function networkSpan(address: NumericAddress, length: number): { low: bigint; high: bigint } | null {
  const bits = address.family === 4 ? 32 : 128;
  if (!Number.isInteger(length) || length < 0 || length > bits) return null;
  const size = 1n << BigInt(bits - length);
  const low = address.value - (address.value % size);
  return { low, high: low + size - 1n };
}
