import type { CauseWords } from '../messages.js';
import { thePort } from './phrases.js';

/** ` The rule is: …` or nothing. */
function theRule(rule: string | undefined): string {
  return rule === undefined ? '' : ` The rule is: ${rule}`;
}

export const firewallWords = {
  'firewall-drops-packets': {
    title: 'A firewall silently drops the packets',
    summary: ({ port, rule }) =>
      `Packets to ${thePort(port)} are thrown away without an answer, so the client waits until it times out.${theRule(rule)}`,
    explanation:
      'A rule or a default policy discards the connection attempt. The client gets neither a refusal nor an error, only silence, and waits for its own or for the limit of the system, about two minutes.',
    proofs: [
      'The server answers on its own machine, and from the client each attempt ends in a time-out.',
      'A rule that matches drops, and its counter grows with each attempt.',
    ],
    lookAlikes: [
      'The error comes at once: a rejecting rule, or nothing listens.',
      'The listen backlog is full: the server is stuck, and its receive queue is not empty.',
      'The address does not lead to that machine: look at the route.',
    ],
  },
  'firewall-rejects-connection': {
    title: 'A firewall rejects the connection at once',
    summary: ({ port, rule }) =>
      `A rule answers the attempt to reach ${thePort(port)} with a refusal, although the server may well be listening.${theRule(rule)}`,
    explanation:
      'A rejecting rule answers at once. Depending on its answer the client reads "Connection refused", just as with a closed port, or "No route to host", the habit of firewalld. A rule for outgoing packets may show as "Operation not permitted".',
    proofs: [
      'The listener exists and the host answers otherwise, and the error comes within milliseconds.',
      'A rule that matches rejects: with host- or admin-prohibited, port-unreachable or a reset.',
    ],
    lookAlikes: [
      'Nothing listens: the same "Connection refused", from the system itself.',
      'On macOS and in the own subnet only: Local Network privacy.',
      'The host answers to nothing at all: look at the route.',
    ],
  },
  'firewall-blocks-loopback': {
    title: 'The firewall of this machine also filters loopback',
    summary: ({ port, rule }) =>
      `Connections from this machine to itself on ${thePort(port)} are filtered, because no rule lets the loopback interface pass first.${theRule(rule)}`,
    explanation:
      'Filters are meant for what comes from outside, yet a rule set without an exception for lo stops local connections too. Debuggers consist of several processes that talk over loopback, so they break even when client and server are on one machine.',
    proofs: [
      'A connection from 127.0.0.1 to a listener on 127.0.0.1 fails or hangs.',
      'The rules have no exception for lo before the one that stops the connection.',
    ],
    lookAlikes: [
      'A security product of another maker is installed: it has its own settings.',
      'Only one program fails: it is confined by a sandbox.',
    ],
  },
  'windows-firewall-blocks-wsl': {
    title: 'The Windows firewall drops what comes from WSL',
    summary: ({ port }) =>
      `Windows counts the WSL network as a public one and drops connections from there to ${thePort(port)}, so the client in WSL times out.`,
    explanation:
      'To Windows, WSL is a machine in another network. Without an inbound rule for the port, the firewall drops its packets. A rule that was bound to the WSL interface loses its effect when that interface is made anew at the next start.',
    proofs: [
      'From WSL the address of Windows times out, and on Windows itself the port works.',
      'No inbound rule covers the WSL network.',
    ],
    lookAlikes: ['A refusal instead of a time-out: the server listens on the loopback of Windows only.'],
  },
  'security-software-filters-loopback': {
    title: 'Security software filters or alters local connections',
    summary: ({ detail, port }) =>
      `${detail ?? 'A security product on this machine'} stands between client and server and cuts or changes the connection to ${thePort(port)}.`,
    explanation:
      'Antivirus products, third-party firewalls and endpoint agents hook into the network stack and inspect loopback too. They may delay, cut or rewrite the traffic of a debugger, while other programs on the same port pass.',
    proofs: [
      'A third-party firewall, antivirus or filter is active, and with an exception for the program the connection works.',
      'Connections of one program are cut while others pass, or messages arrive changed.',
    ],
    lookAlikes: [
      'No such product is installed.',
      'The product itself owns the port: then the port is held by a service.',
    ],
  },
  'macos-local-network-privacy': {
    title: 'macOS does not let this application into the local network',
    summary: ({ address, host }) =>
      `macOS blocks the program that dials ${address ?? host ?? 'the server'}: the application that started it has no permission for the local network.`,
    explanation:
      'Since macOS 15, a program may reach machines of the own subnet only when the application that started it (terminal or editor) was allowed to. Otherwise the connection fails at once with "No route to host", although the route is fine. Loopback, the internet and tools of Apple are not affected.',
    proofs: [
      'macOS 15 or later, EHOSTUNREACH at once, and only for addresses of the own subnet.',
      "Apple's own tools reach the same address.",
    ],
    lookAlikes: ["Apple's own tools fail too: look at route and firewall."],
  },
  'firewall-limits-connection-rate': {
    title: 'A firewall rule allows only so many new connections',
    summary: ({ port, rule }) =>
      `A rule limits how many connections to ${thePort(port)} may be opened in a while, and a client that retries has locked itself out.${theRule(rule)}`,
    explanation:
      'Limits such as ufw LIMIT (six attempts in 30 seconds) refuse or drop whatever comes above the rate. An editor that retries quickly, or a port check in a loop, uses it up; the first attempts work and later ones do not.',
    proofs: [
      'A rule with a limit, hashlimit or recent match covers the port.',
      'The first attempts work, later ones fail, and after a pause they work again.',
    ],
    lookAlikes: ['Every attempt fails alike: an ordinary rejecting or dropping rule.'],
  },
} satisfies Record<string, CauseWords>;
