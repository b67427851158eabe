import { isIPv6 as matchesIPv6 } from 'node:net';

/** What a target argument says. Everything is null that it leaves to the defaults. */
export interface Address {
  /** Name or address literal without brackets. */
  host: string | null;
  /** A whole number as written, so possibly outside 1..65535. */
  port: number | null;
  socketPath: string | null;
  pid: number | null;
}

export type ParsedAddress = { ok: true; value: Address } | { ok: false; problem: string };

const FORMS = 'HOST:PORT, :PORT, PORT, HOST, [IPV6]:PORT, unix:/PATH or pid:NUMBER';
const MAX_HOST_BYTES = 253;
const MAX_PATH_BYTES = 4096;
const MAX_PID = 2 ** 31 - 1;
const MAX_QUOTED = 60;

const NOTHING: Address = { host: null, port: null, socketPath: null, pid: null };

/** Node compiles its large pattern at the first use, some 3 ms, which an address with one colon can be spared. */
function isIPv6(text: string): boolean {
  return text.indexOf(':') !== text.lastIndexOf(':') && matchesIPv6(text);
}

/**
 * Reads a target as it is written on the command line: `HOST:PORT`, `:PORT`, `PORT`, `HOST`, `[::1]:PORT`, `[::1]`,
 * `::1`, `unix:/path` and `pid:N`. Never throws.
 *
 * A whole number is a port even when no such port exists (0, 70000, `localhost:-5`): that is a fault to find, not a
 * word to misunderstand. `problem` is one sentence for people; its quotations are clipped and free of control
 * characters.
 */
export function parseTarget(text: string): ParsedAddress {
  if (text === '') return refuse(text, 'is empty');
  if (text.startsWith('-')) return refuse(text, 'starts with "-", which belongs to options');
  if (text.startsWith('unix:')) return parseSocketPath(text, text.slice('unix:'.length));
  if (text.startsWith('pid:')) return parsePid(text, text.slice('pid:'.length));
  if (text.startsWith('[')) return parseBracketed(text);
  if (isIPv6(text)) return accept({ host: text });
  const port = wholeNumber(text);
  if (port !== null) return accept({ port });
  const colon = text.indexOf(':');
  if (colon === -1) return isHostName(text) ? accept({ host: text }) : refuse(text, 'is not a host name');
  if (text.includes('://')) return refuse(text, 'is a URL; a target is only its host and port');
  if (colon !== text.lastIndexOf(':')) {
    return refuse(text, 'has more than one colon and is no IPv6 address; an IPv6 address with a port needs brackets');
  }
  return parseHostAndPort(text, text.slice(0, colon), text.slice(colon + 1));
}

/** The inverse of `parseTarget`. */
export function formatAddress({ host, port, socketPath, pid }: Address): string {
  if (pid !== null) return `pid:${pid}`;
  if (socketPath !== null) return `unix:${socketPath}`;
  if (port === null) return host ?? '';
  if (host === null) return port < 0 ? `:${port}` : String(port);
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Whether a host from outside may travel into commands and reports: 1 to 253 bytes, no control or invisible character,
 * no space, no backslash, no leading hyphen. It may still be no valid name.
 */
export function isHarmlessHost(host: string): boolean {
  if (host === '' || host.length > MAX_HOST_BYTES || Buffer.byteLength(host) > MAX_HOST_BYTES) return false;
  return !host.startsWith('-') && !/[\p{C}\p{Z}\s\\]/u.test(host);
}

/** True for an address such as `::1:5678`, which is a whole IPv6 address but was perhaps meant as `[::1]:5678`. */
export function mayHideAPort(host: string): boolean {
  const colon = host.lastIndexOf(':');
  return isIPv6(host) && /^\d{4}$/.test(host.slice(colon + 1)) && isIPv6(host.slice(0, colon));
}

/** Untrusted text for a message: clipped, quoted, control and invisible characters as `\u{…}`. */
export function quote(text: string): string {
  const clipped = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  const visible = clipped.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return `"${visible}"`;
}

function parseSocketPath(text: string, path: string): ParsedAddress {
  if (!path.startsWith('/')) return refuse(text, 'needs an absolute path after "unix:"');
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return refuse(text, 'is too long for a path');
  if (/[\p{Cc}\p{Cs}]/u.test(path)) return refuse(text, 'holds control characters');
  // unix:///run/x is the same path as unix:/run/x, and the system's tables know only the short form.
  return accept({ socketPath: `/${path.slice(path.search(/[^/]|$/))}` });
}

function parsePid(text: string, digits: string): ParsedAddress {
  const pid = wholeNumber(digits);
  if (pid === null || pid < 1 || pid > MAX_PID) return refuse(text, 'needs a process id after "pid:"');
  return accept({ pid });
}

function parseBracketed(text: string): ParsedAddress {
  const end = text.indexOf(']');
  const host = text.slice(1, end);
  if (end === -1 || !isIPv6(host)) return refuse(text, 'needs an IPv6 address between brackets');
  const rest = text.slice(end + 1);
  if (rest === '') return accept({ host });
  if (!rest.startsWith(':')) return refuse(text, 'needs a colon and a port after the brackets');
  const port = wholeNumber(rest.slice(1));
  return port === null ? refuse(text, 'has a port that is not a number') : accept({ host, port });
}

function parseHostAndPort(text: string, host: string, digits: string): ParsedAddress {
  if (host !== '' && !isHostName(host)) return refuse(text, `has ${quote(host)} where a host name belongs`);
  const port = wholeNumber(digits);
  if (digits === '') return refuse(text, 'ends before the port');
  if (port === null) return refuse(text, `has ${quote(digits)} where the port belongs`);
  return accept({ host: host === '' ? null : host, port });
}

/** Letters of every script, since a resolver may take them; underscores, since container names have them. */
function isHostName(host: string): boolean {
  return isHarmlessHost(host) && /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u.test(host);
}

/** Up to fifteen digits, so that the number stays exact; null for anything else. Adding zero turns -0 into 0. */
export function wholeNumber(text: string): number | null {
  return /^-?\d{1,15}$/.test(text) ? Number(text) + 0 : null;
}

function accept(value: Partial<Address>): ParsedAddress {
  return { ok: true, value: { ...NOTHING, ...value } };
}

function refuse(text: string, why: string): ParsedAddress {
  return { ok: false, problem: `The target ${quote(text)} ${why}; write ${FORMS}.` };
}
