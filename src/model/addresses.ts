import type { LocalNetwork, Resolution, SocketAddress } from './facts.js';

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** An address and port as people write them. */
export function formatAddress({ address, family, port }: SocketAddress): string {
  return `${family === 6 ? `[${address}]` : address}:${port}`;
}

/** Whether a listener gets the connections to an address. A wildcard IPv6 listener also takes IPv4 unless told otherwise. */
export function covers(listener: SocketAddress, dialled: { address: string; family: 4 | 6 }): boolean {
  if (listener.address === dialled.address) return true;
  return listener.address === '::' || (listener.address === '0.0.0.0' && dialled.family === 4);
}

/**
 * Whether a listener keeps another socket from binding an address on the same port. Measured on Linux with sockets as
 * Node and CPython open them: `::` (both families) blocks all; 0.0.0.0 blocks IPv4 and `::`; a specific address
 * blocks itself and the wildcards of its family, and a specific IPv4 address also `::`.
 */
export function blocksBind(listener: SocketAddress, wanted: { address: string; family: 4 | 6 }): boolean {
  if (listener.address === wanted.address || listener.address === '::' || wanted.address === '::') return true;
  if (listener.family !== wanted.family) return false;
  return listener.address === '0.0.0.0' || wanted.address === '0.0.0.0';
}

/** Whether a connection to the target ends on this machine. */
export function isLocalTarget(resolution: Resolution, network: LocalNetwork): boolean {
  const own = new Set(network.addresses.map(({ address }) => address));
  return resolution.addresses.some(({ address }) => isLoopback(address) || isWildcard(address) || own.has(address));
}

/** Whether a target is known to be on another machine, of whose processes nothing can be said. */
export function isElsewhere(seen: {
  readonly resolution?: Resolution | undefined;
  readonly 'local-network'?: LocalNetwork | undefined;
}): boolean {
  const { resolution, 'local-network': network } = seen;
  if (resolution === undefined || network === undefined || resolution.addresses.length === 0) return false;
  return !isLocalTarget(resolution, network);
}
