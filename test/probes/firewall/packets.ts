import { parseAddress } from '../../../src/probes/firewall/address.js';
import { parseIptables } from '../../../src/probes/firewall/iptables.js';
import { parseNft } from '../../../src/probes/firewall/nft.js';
import type { Flow } from '../../../src/probes/firewall/packets.js';
import type { Hook, Packet, Ruleset } from '../../../src/probes/firewall/rules.js';
import { Walk, type Stop } from '../../../src/probes/firewall/walk.js';

function valueOf(text: string): bigint {
  const address = parseAddress(text);
  if (address === null) throw new Error(`${text} is no address`);
  return address.value;
}

/** A SYN from another machine, as it comes in. */
export function arriving(source: string, port: number, interfaceName = 'eth0'): Packet {
  const one = (value: bigint) => ({ span: { low: value, high: value } });
  const isSix = source.includes(':');
  return {
    tcpFlags: ['syn'],
    fields: {
      addressFamily: { texts: [isSix ? 'ipv6' : 'ipv4'] },
      etherType: { texts: [isSix ? 'ip6' : 'ip'] },
      protocol: { texts: ['tcp'] },
      source: one(valueOf(source)),
      sourceType: { texts: ['unicast'] },
      sourcePort: { span: { low: 32768n, high: 60999n } },
      destination: one(valueOf(isSix ? 'fd00:77::2' : '10.77.0.2')),
      destinationType: { texts: ['local'] },
      destinationPort: one(BigInt(port)),
      inputInterface: { texts: [interfaceName] },
      outputInterface: { texts: [] },
      state: { texts: ['new'] },
      status: { texts: [] },
      mark: one(0n),
    },
  };
}

/** What stops a packet at one hook, over all base chains of the rules. */
export function stopsAt(hook: Hook, rules: Ruleset, packet: Packet): Stop[] {
  const walk = new Walk(packet, 'yes');
  for (const table of rules.tables) {
    for (const chain of table.chains.values()) {
      if (chain.base?.hook === hook && walk.through(table, chain)) return walk.stops;
    }
  }
  return walk.stops;
}

/** Rules of one nft input chain, with further blocks of its table. */
export function nftInput(rules: readonly string[], blocks = '', policy = 'accept'): Ruleset {
  const lines = [`type filter hook input priority filter; policy ${policy};`, ...rules].map((line) => `\t\t${line}`);
  return parseNft(`table inet t {\n${blocks}\tchain input {\n${lines.join('\n')}\n\t}\n}\n`, new Set());
}

/** Rules of the filter table of iptables-save. */
export function iptablesFilter(rules: readonly string[], chains: readonly string[] = []): Ruleset {
  const heads = [':INPUT ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]', ...chains.map((name) => `:${name} - [0:0]`)];
  return parseIptables(['*filter', ...heads, ...rules, 'COMMIT', ''].join('\n'), 4);
}

/** A connection of this machine to itself. */
export function localFlow(address: string, port: number): Flow {
  const destination = parseAddress(address);
  if (destination === null) throw new Error(`${address} is no address`);
  return {
    destination,
    port,
    source: destination,
    isLocal: true,
    outputInterface: null,
    user: { id: 1000, name: 'ada' },
    clientPorts: [32768, 60999],
  };
}
