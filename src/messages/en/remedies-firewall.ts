import type { FindingArgs } from '../../model/cause.js';
import type { RemedyWords } from '../messages.js';
import { thePort } from './phrases.js';
import { action, advice } from './remedy-words.js';

function openFirewallTitle({ port, clientAddress, direction }: FindingArgs, tool: string): string {
  if (direction === 'output') return `Let this machine reach ${thePort(port)} of the server (${tool})`;
  return `Let only ${clientAddress ?? 'the client'} reach ${thePort(port)} (${tool})`;
}

export const firewallRemedyWords = {
  'open-firewall-for-client': {
    title: (args) => openFirewallTitle(args, 'system firewall'),
    instruct: ({ port, clientAddress }) =>
      `In the firewall of the machine with the server (for WSL: Windows), allow ${port === undefined ? 'the TCP port of the server' : `TCP port ${port}`} inbound from ${clientAddress ?? 'the address of the client'} only. On macOS: System Settings > Network > Firewall > Options, allow incoming connections for the debug server.`,
  },
  'open-ufw-for-client': { title: (args) => openFirewallTitle(args, 'ufw') },
  'open-firewalld-for-client': { title: (args) => openFirewallTitle(args, 'firewalld, until its next reload') },
  'open-iptables-for-client': { title: (args) => openFirewallTitle(args, 'iptables, until the next start') },
  'open-nft-for-client': { title: (args) => openFirewallTitle(args, 'nft, until the next start') },
  'show-firewall-rules': action('List the firewall rules'),
  'allow-loopback': action('Let loopback pass the firewall'),
  'except-in-security-software': advice(
    'Except debugger and loopback in the filtering product',
    'In the firewall, antivirus or endpoint product, except the loopback addresses, the debugger and the program. On a managed machine its administrator has to do it. Another debug port is a quick test.',
  ),
  'show-security-software': action('See which security products are active'),
  'allow-local-network': advice(
    'Allow the local network for the application that starts the client',
    'System Settings > Privacy & Security > Local Network: switch it on for the terminal or editor, then quit that application and start it again.',
  ),
  'ping-with-system-tool': action('See whether a tool of Apple reaches the address'),
  'wait-for-rate-limit': advice(
    'Stop what retries, and wait half a minute',
    'Close clients and port checks that connect again and again, wait 30 seconds, then connect once. To keep it working, allow the address of the client without a limit.',
  ),
} satisfies Record<string, RemedyWords>;
