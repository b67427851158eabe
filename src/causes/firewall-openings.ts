import type { FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyId } from '../model/remedy-ids.js';
import type { RemedyPlan } from '../model/remedy.js';
import { lookAsRoot } from './path-remedies.js';
import { advise, fill, run } from './plan.js';

/** Holes in a firewall: for one peer and one port, and always for a person to make. */

interface Opening {
  /** Address or network of the other end. */
  peer: string;
  port: string;
  outgoing: boolean;
  ipv6: boolean;
  /** nft's family, table and chain. */
  chain: readonly string[];
}

const ADDRESS = /^[0-9A-Fa-f.:]{2,45}(?:\/\d{1,3})?$/;
const CHAIN = /^(?:ip|ip6|inet) [\w.-]{1,64} [\w.-]{1,64}$/;

/** Whether a text is one address or a network; not the network of everybody. */
function isPeer(address: string): boolean {
  return ADDRESS.test(address) && address !== '0.0.0.0' && address !== '::' && !/\/0+$/.test(address);
}

function openingOf(args: FindingArgs): Opening {
  const outgoing = args.direction === 'output';
  const address = outgoing ? args.address : args.clientAddress;
  const peer = address !== undefined && isPeer(address) ? address : null;
  const chain = args.chain !== undefined && CHAIN.test(args.chain) ? args.chain : null;
  return {
    peer: peer ?? (outgoing ? '<server-address>' : '<client-address>'),
    port: fill(args.port, 'port'),
    outgoing,
    ipv6: peer?.includes(':') ?? false,
    chain: (chain ?? `inet filter ${outgoing ? 'output' : 'input'}`).split(' '),
  };
}

/** A change to the firewall with its opposite; null where the opposite needs a handle that is known only afterwards. */
function change(id: RemedyId, argv: readonly string[], opposite: readonly string[] | null): RemedyPlan {
  const undo = opposite === null ? {} : { undo: [{ kind: 'run' as const, argv: opposite }] };
  return run(id, argv, { risk: 'manual', needsElevation: true, ...undo });
}

function openUfw({ peer, port, outgoing }: Opening): RemedyPlan {
  const rule = outgoing
    ? ['allow', 'out', 'proto', 'tcp', 'from', 'any', 'to', peer, 'port', port]
    : ['allow', 'proto', 'tcp', 'from', peer, 'to', 'any', 'port', port];
  return change('open-ufw-for-client', ['ufw', 'prepend', ...rule], ['ufw', 'delete', ...rule]);
}

function openFirewalld({ peer, port, outgoing, ipv6 }: Opening): RemedyPlan {
  const family = ipv6 ? 'ipv6' : 'ipv4';
  if (outgoing) {
    const rule = [family, 'filter', 'OUTPUT', '0', '-p', 'tcp', '-d', peer, '--dport', port, '-j', 'ACCEPT'];
    return change(
      'open-firewalld-for-client',
      ['firewall-cmd', '--direct', '--add-rule', ...rule],
      ['firewall-cmd', '--direct', '--remove-rule', ...rule],
    );
  }
  const rule = `rule family="${family}" source address="${peer}" port port="${port}" protocol="tcp" accept`;
  return change(
    'open-firewalld-for-client',
    ['firewall-cmd', `--add-rich-rule=${rule}`],
    ['firewall-cmd', `--remove-rich-rule=${rule}`],
  );
}

function openIptables({ peer, port, outgoing, ipv6 }: Opening): RemedyPlan {
  const program = ipv6 ? 'ip6tables' : 'iptables';
  const chain = outgoing ? 'OUTPUT' : 'INPUT';
  const match = ['-p', 'tcp', outgoing ? '-d' : '-s', peer, '--dport', port, '-j', 'ACCEPT'];
  return change('open-iptables-for-client', [program, '-I', chain, '1', ...match], [program, '-D', chain, ...match]);
}

function openNft({ peer, port, outgoing, ipv6, chain }: Opening): RemedyPlan {
  const match = [ipv6 ? 'ip6' : 'ip', outgoing ? 'daddr' : 'saddr', peer, 'tcp', 'dport', port, 'accept'];
  return change('open-nft-for-client', ['nft', 'insert', 'rule', ...chain, ...match], null);
}

function openWindows({ peer, port, outgoing }: Opening): RemedyPlan {
  const name = `name=debug-doctor-${port}`;
  const scope = [
    outgoing ? 'dir=out' : 'dir=in',
    'protocol=TCP',
    outgoing ? `remoteport=${port}` : `localport=${port}`,
    `remoteip=${peer}`,
  ];
  const rule = ['netsh', 'advfirewall', 'firewall'];
  return change(
    'open-firewall-for-client',
    [...rule, 'add', 'rule', name, 'action=allow', ...scope],
    [...rule, 'delete', 'rule', name, ...scope],
  );
}

/** Lets one client through to one port, with the tool that manages the rules; with each of them when that is unknown. */
export function openFirewall(platform: Platform, args: FindingArgs): RemedyPlan[] {
  if (platform === 'darwin') return [advise('open-firewall-for-client')];
  const opening = openingOf(args);
  if (platform === 'win32') return [openWindows(opening)];
  switch (args.firewallTool) {
    case 'ufw':
      return [openUfw(opening)];
    case 'firewalld':
      return [openFirewalld(opening)];
    case 'nft':
      return [openNft(opening)];
    case 'iptables':
    case 'ip6tables':
      return [openIptables({ ...opening, ipv6: args.firewallTool === 'ip6tables' || opening.ipv6 })];
    default:
      return [openUfw(opening), openFirewalld(opening), openIptables(opening), openNft(opening)];
  }
}

/** Lets this machine talk to itself again. */
export function allowLoopback(args: FindingArgs): RemedyPlan[] {
  const { chain, outgoing } = openingOf(args);
  const program = args.firewallTool === 'ip6tables' ? 'ip6tables' : 'iptables';
  const match = [outgoing ? 'OUTPUT' : 'INPUT', outgoing ? '-o' : '-i', 'lo', '-j', 'ACCEPT'];
  const [hook = '', ...rest] = match;
  const iptables = change('allow-loopback', [program, '-I', hook, '1', ...rest], [program, '-D', hook, ...rest]);
  const device = outgoing ? 'oifname' : 'iifname';
  const nft = change('allow-loopback', ['nft', 'insert', 'rule', ...chain, device, 'lo', 'accept'], null);
  if (args.firewallTool === 'ufw') {
    const rule = ['allow', outgoing ? 'out' : 'in', 'on', 'lo'];
    return [change('allow-loopback', ['ufw', 'prepend', ...rule], ['ufw', 'delete', ...rule])];
  }
  if (args.firewallTool === 'firewalld') {
    const zone = ['firewall-cmd', '--zone=trusted'];
    return [change('allow-loopback', [...zone, '--change-interface=lo'], [...zone, '--remove-interface=lo'])];
  }
  if (args.firewallTool === undefined) return [iptables, nft];
  return args.firewallTool === 'nft' ? [nft] : [iptables];
}

/** Lists the rules with the tool that manages them. */
export function showFirewallRules(platform: Platform, args: FindingArgs): RemedyPlan {
  const id = 'show-firewall-rules';
  if (platform === 'win32') return lookAsRoot(id, 'netsh', 'advfirewall', 'show', 'allprofiles');
  if (platform === 'darwin') return lookAsRoot(id, '/usr/libexec/ApplicationFirewall/socketfilterfw', '--listapps');
  switch (args.firewallTool) {
    case 'ufw':
      return lookAsRoot(id, 'ufw', 'status', 'verbose');
    case 'firewalld':
      return lookAsRoot(id, 'firewall-cmd', '--list-all');
    case 'iptables':
    case 'ip6tables':
      return lookAsRoot(id, args.firewallTool, '-S');
    default:
      return lookAsRoot(id, 'nft', 'list', 'ruleset');
  }
}
