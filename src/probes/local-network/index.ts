import type { Host } from '../../host/host.js';
import type { LocalNetwork } from '../../model/facts.js';
import { observed, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';

async function readNumbers(host: Host, file: string): Promise<number[] | null> {
  const result = await host.readFile(file, { maxBytes: 256 });
  if (!result.ok) return null;
  const numbers = result.text.trim().split(/\s+/).map(Number);
  return numbers.every((number) => Number.isFinite(number)) ? numbers : null;
}

async function isIpv6Disabled(host: Host): Promise<boolean | null> {
  const interfaces = await Promise.all(
    ['all', 'lo'].map((name) => readNumbers(host, `/proc/sys/net/ipv6/conf/${name}/disable_ipv6`)),
  );
  // A kernel without IPv6 has no such folder; then /proc/net/if_inet6 is missing as well.
  if (interfaces.every((value) => value === null))
    return (await host.pathStatus('/proc/net/if_inet6')).ok ? null : true;
  return interfaces.some((value) => value?.[0] === 1);
}

async function observe({ host }: ProbeContext): Promise<Observation<LocalNetwork>> {
  const addresses = await host.interfaces();
  const loopbackUp = addresses.some(({ internal }) => internal);
  const base = { addresses, loopbackUp };
  if (host.platform !== 'linux') {
    return observed({ ...base, ipv6Disabled: null, unprivilegedPortStart: null, ephemeralPorts: null });
  }
  const [ipv6Disabled, portStart, range] = await Promise.all([
    isIpv6Disabled(host),
    readNumbers(host, '/proc/sys/net/ipv4/ip_unprivileged_port_start'),
    readNumbers(host, '/proc/sys/net/ipv4/ip_local_port_range'),
  ]);
  const [first, last] = range ?? [];
  return observed({
    ...base,
    ipv6Disabled,
    unprivilegedPortStart: portStart?.[0] ?? null,
    ephemeralPorts: first === undefined || last === undefined ? null : [first, last],
  });
}

export const localNetwork: Probe<'local-network'> = { name: 'local-network', observe };
