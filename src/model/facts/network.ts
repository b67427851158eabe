import type { AdapterId } from '../target.js';

export type AddressFamily = 4 | 6;

export interface SocketAddress {
  address: string;
  family: AddressFamily;
  port: number;
}

/** What the system's resolver makes of the target's host. */
export interface Resolution {
  host: string;
  /** True when the host is an address already and nothing was asked. */
  literal: boolean;
  /** In the resolver's order. */
  addresses: readonly { address: string; family: AddressFamily }[];
  /** getaddrinfo's failure, such as ENOTFOUND; null when it answered. */
  errorCode: string | null;
  /** The lines of the hosts file that name this host, verbatim; null when the file could not be read. */
  hostsLines: readonly string[] | null;
}

/** What this machine is, as far as a network is concerned. Null: could not be seen. */
export interface LocalNetwork {
  addresses: readonly { address: string; family: AddressFamily; internal: boolean; interfaceName: string }[];
  loopbackUp: boolean;
  /** net.ipv6.conf.{all,lo}.disable_ipv6. */
  ipv6Disabled: boolean | null;
  /** The lowest port that an ordinary user may bind. */
  unprivilegedPortStart: number | null;
  /** The dynamic range from which outgoing connections take their local port, both ends included. */
  ephemeralPorts: readonly [number, number] | null;
}

export const TCP_STATES = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
] as const;

export type TcpState = (typeof TCP_STATES)[number];

/** One row of the system's TCP table. */
export interface SocketRow {
  local: SocketAddress;
  remote: SocketAddress;
  state: TcpState;
  /** Bytes waiting; for a listener the connections that nobody accepted yet. */
  receiveQueue: number;
  uid: number;
  /** 0: no process holds it any more (TIME_WAIT, or accepted by nobody yet). */
  inode: number;
}

export type ConnectionOutcome = 'connected' | 'failed' | 'timed-out' | 'not-tried';

/** One dialled address. */
export interface ConnectionAttempt {
  to: SocketAddress | { path: string };
  outcome: ConnectionOutcome;
  /** An errno name such as ECONNREFUSED; null unless `failed`. */
  errorCode: string | null;
  durationMs: number;
  /** What was sent, as text; empty when we only listened. */
  sent: string;
  /** The first bytes of the answer as text, control characters kept; untrusted. */
  received: string;
  /** True when the peer closed before we did. */
  closedByPeer: boolean;
  /** What the answer identifies itself as: a debugger, or another protocol; null when nothing in it says so. */
  answeredBy: AdapterId | 'http' | 'ssh' | null;
  /** The version that the debugger's answer states; null when it states none. */
  serverVersion: string | null;
  /** What the same question came to that names the host as a client does; left out where it was not asked. */
  byName?: { authority: string; isRefused: boolean; received: string };
  /** True when a whole handshake was asked for, and answered to its end. */
  handshakeDone: boolean;
  /** True when the wanted debugger would have answered what we did. */
  answerExpected: boolean;
  /** Why the address was not dialled; null when it was. */
  notTriedBecause: string | null;
}

export interface Connection {
  attempts: readonly ConnectionAttempt[];
}

/** A momentary test bind of the wanted address and port. */
export interface BindAttempt {
  at: SocketAddress;
  /** Null: it worked. */
  errorCode: string | null;
}

export interface Bind {
  attempts: readonly BindAttempt[];
  /** The first free port of the target's range; null when none is free. */
  freePort: number | null;
}

export interface FirewallRule {
  tool: 'nft' | 'iptables' | 'ip6tables';
  /** The dialled address whose connection it stops. */
  address: string;
  /** `input` or `output`, as seen from this machine. */
  direction: 'input' | 'output';
  action: 'drop' | 'reject' | 'limit';
  /** How a reject answers: `tcp-reset`, `port-unreachable`, `admin-prohibited`, … ; null when the packet is dropped. */
  rejectWith: string | null;
  /** The verbatim rule or chain policy. */
  rule: string;
  /** Table and chain, such as `inet filter input`. */
  chain: string;
  /** True when the rule (or one that led to it) asks for the port; false for one that is about everything. */
  namesPort: boolean;
  /** True when the match is sure; false when the rule has a condition that we cannot judge. */
  sure: boolean;
}

export interface Firewall {
  /** False when no rule had to be read, since a connection was accepted. */
  consulted: boolean;
  /** The first rule on each way that stops this connection. */
  stopping: readonly FirewallRule[];
  /** Which front end manages the rules, for the remedy. */
  frontEnd: 'ufw' | 'firewalld' | 'nft' | 'iptables' | null;
  /** True when the rules were read wholly. */
  complete: boolean;
}

export interface Route {
  to: string;
  reachable: boolean;
  /** The interface and source address; null when unreachable. */
  interfaceName: string | null;
  sourceAddress: string | null;
  /** `unreachable`, `prohibit`, `blackhole`, or null. */
  kind: string | null;
}
