import type { Identity, LocalNetwork, Route, SocketAddress } from '../../model/facts.js';
import type { ProbeContext } from '../probe.js';
import { parseRouteGet } from '../route/linux.js';
import { addressOnTheWire, isLoopback, parseAddress, type NumericAddress } from './address.js';
import type { Flow } from './packets.js';

/** The kernel's own range, for when it could not be read. */
const DEFAULT_CLIENT_PORTS = [32768, 60999] as const;
const LOOPBACK_SOURCE: NumericAddress = { family: 4, value: 0x7f000001n };

/** A connection as it was dialled. */
export interface DialledFlow {
  address: string;
  flow: Flow;
  /** False when we cannot tell whether the address is this machine's. */
  isKnown: boolean;
}

function isOwn(address: NumericAddress, network: LocalNetwork | null): boolean {
  return (network?.addresses ?? []).some((own) => {
    const parsed = parseAddress(own.address);
    return parsed !== null && parsed.family === address.family && parsed.value === address.value;
  });
}

/** Linux dials 127.0.0.0/8 from 127.0.0.1, and its other addresses from themselves. */
function ownSource(destination: NumericAddress): NumericAddress {
  return destination.family === 4 && isLoopback(destination) ? LOOPBACK_SOURCE : destination;
}

/** The route probe leaves out the interface where it was sure of the route without asking. */
async function routeTo({ host, see }: ProbeContext, address: string): Promise<Route | null> {
  const seen = await see('route');
  if (
    seen.status === 'ok' &&
    seen.value.to === address &&
    (seen.value.interfaceName !== null || !seen.value.reachable)
  ) {
    return seen.value;
  }
  const result = await host.run(['ip', '-o', 'route', 'get', address]);
  return result.started && !result.timedOut
    ? parseRouteGet(address, result.exitCode, result.stdout, result.stderr)
    : null;
}

async function flowTo(
  context: ProbeContext,
  to: SocketAddress,
  dialled: NumericAddress,
  network: LocalNetwork | null,
  identity: Identity | null,
): Promise<DialledFlow> {
  const destination = addressOnTheWire(dialled);
  const isLocal = isLoopback(destination) || isOwn(destination, network);
  const route = isLocal ? null : await routeTo(context, to.address);
  const source = isLocal ? ownSource(destination) : parseAddress(route?.sourceAddress ?? '');
  return {
    address: to.address,
    isKnown: isLocal || network !== null,
    flow: {
      destination,
      port: to.port,
      source: source?.family === destination.family ? source : null,
      isLocal,
      outputInterface: route?.interfaceName ?? null,
      user: identity === null ? null : { id: identity.uid, name: identity.userName },
      clientPorts: network?.ephemeralPorts ?? DEFAULT_CLIENT_PORTS,
    },
  };
}

/** The packets' view of each dialled address; what is no address is left out. */
export async function flowsTo(context: ProbeContext, dialled: readonly SocketAddress[]): Promise<DialledFlow[]> {
  const [network, identity] = await Promise.all([context.see('local-network'), context.see('identity')]);
  const known = network.status === 'ok' ? network.value : null;
  const user = identity.status === 'ok' ? identity.value : null;
  const flows = dialled.map((to) => {
    const address = parseAddress(to.address);
    return address === null ? [] : [flowTo(context, to, address, known, user)];
  });
  return Promise.all(flows.flat());
}
