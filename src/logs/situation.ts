import type { Platform } from '../model/platform.js';
import { either } from './clause.js';
import type { LogMatch } from './scan.js';

/** Which end of a connection reports: the one that opens a port, or the one that dials. */
export type Side = 'server' | 'client';

/** What is known around a match when its causes are ranked. */
export interface Situation {
  match: LogMatch;
  /** The system that the text comes from, as far as it tells, else the one that was asked for. */
  platform: Platform;
  side: Side | null;
  /** Everything that was given, bounded. Untrusted. */
  around: string;
}

const CLIENT =
  /\b(?:connect(?:ing|ion)?|dial(?:ing)?|attach(?:ing)?|client|upstream|outgoing|getaddrinfo ENOTFOUND)\b/i;
const SERVER = either(
  /\b(?:bind(?:ing)?|bound|listen(?:er|ing)?|make_sock|starting inspector|server socket|exposing port)\b/i,
  /\balready (?:in use|allocated)\b/i,
);

/** Tells the reporting end by the words of a line; a server's weigh more, for "listen for client connections". */
export function sideOf(line: string): Side | null {
  if (SERVER.test(line)) return 'server';
  return CLIENT.test(line) ? 'client' : null;
}

export function isLoopback(host: string | null): boolean {
  return host !== null && (host.startsWith('127.') || host === 'localhost' || host === '::1');
}

export function isWildcard(host: string | null): boolean {
  return host === '0.0.0.0' || host === '::' || host === '*' || host === ':';
}

/** RFC 1918 addresses; Docker's bridges are among 172.16.0.0/12. */
export function isPrivate(host: string | null): boolean {
  return host !== null && /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host);
}
