/** What a line says about its case. The texts are untrusted. */
export interface Captures {
  host: string | null;
  port: number | null;
  pid: number | null;
  path: string | null;
  /** The error number as the line states it. */
  errno: number | null;
}

export const NO_CAPTURES: Captures = { host: null, port: null, pid: null, path: null, errno: null };

const IPV4 = '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}';
const IPV6 = '[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{1,37}(?:%\\w{1,16})?';
const NAME = '[A-Za-z_][\\w.-]{0,100}';

/** Ordered: the first that matches decides. Groups `host` and `port`, either may be missing. */
const ADDRESS_FORMS = [
  new RegExp(`\\b\\w{2,12}://(?:\\[(?<host6>${IPV6})\\]|(?<host>${IPV4}|${NAME})):(?<port>\\d{1,5})\\b`),
  new RegExp(`\\blookup (?<host>${NAME})`),
  new RegExp(`\\bgetaddrinfo (?:E\\w{4,10}|for) (?<host>${NAME})(?::(?<port>\\d{1,5})\\b)?`),
  new RegExp(`\\bE[A-Z]{5,14} (?<host>${IPV6}):(?<port>\\d{1,5})(?=\\s|["')]|$)`),
  new RegExp(`\\[(?<host6>${IPV6}|${IPV4})\\]:(?<port>\\d{1,5})\\b`),
  new RegExp(`\\((?<quote>['"])(?<host>${IPV4}|${NAME}|${IPV6})\\k<quote>, ?(?<port>\\d{1,5})\\)`),
  new RegExp(`(?:^|[^\\w.])(?<host>${IPV4}|localhost|host\\.docker\\.internal|\\*):\\s?(?<port>\\d{1,5})\\b`),
  /(?:^|[\s(])(?<host>::1|::):(?<port>\d{1,5})\b/,
  new RegExp(`\\b(?:to|on|at|for|address|connect|with)(?: \\w{2,12})? (?<host>${NAME}):\\s?(?<port>\\d{1,5})\\b`),
  new RegExp(`"?\\badd?ress"?: ?["'](?<host>${IPV4}|${IPV6}|${NAME})["'](?:, ?"?port"?: ?(?<port>\\d{1,5}))?`),
  new RegExp(`\\b(?<host>${IPV4}|localhost|host\\.docker\\.internal)[" ,']{1,3}port (?<port>\\d{1,5})\\b`),
  /(?:^|[\s(])(?<host>):(?<port>\d{2,5}): (?:bind|listen)/,
  /\b[pP]ort[ :=]{1,3}(?<host>)(?<port>\d{1,5})\b/,
  new RegExp(`^(?<host>${NAME}):(?<port>\\d{1,5}): `),
  new RegExp(`\\b(?:resolve host|host name|UnknownHostException):? ["']?(?<host>${NAME})`),
  new RegExp(`: (?<host>${NAME}): (?:Name or service|Temporary failure|No address)`),
  new RegExp(`(?:^|[^\\w.])(?<host>${IPV4})(?![\\w.])`),
];

const PID = /\b(?:pid|PID|process-id|process)[ =:]{1,2}(?<pid>\d{1,10})\b/;
const PATH_FORMS = [
  /\b(?:unix|socket|open|stat|exec|mkdir|spawn|connect E[A-Z]{4,12}) ['"(]?(?<path>\.{0,2}\/[^\s'"():,]{1,400})/,
  /['"](?<path>(?:\.{0,2}\/|[A-Za-z]:\\)[^'"\n]{1,400})['"]/,
];

function portNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  return Number.isInteger(port) && port <= 65535 ? port : null;
}

function findAddress(line: string): { host: string | null; port: number | null } {
  for (const form of ADDRESS_FORMS) {
    const groups = form.exec(line)?.groups;
    if (groups === undefined) continue;
    const host = groups.host6 ?? groups.host ?? '';
    return { host: host === '' ? null : host, port: portNumber(groups.port) };
  }
  return { host: null, port: null };
}

function findPath(line: string): string | null {
  for (const form of PATH_FORMS) {
    const path = form.exec(line)?.groups?.path;
    if (path !== undefined) return path;
  }
  return null;
}

/** Reads address, process and path out of a line; what a pattern named itself goes first. */
export function capturesOf(
  line: string,
  named: Readonly<Record<string, string | undefined>>,
  errno: number | null,
): Captures {
  const address = findAddress(line);
  const pid = named.pid ?? PID.exec(line)?.groups?.pid;
  const path = named.path ?? findPath(line);
  return {
    host: named.host ?? address.host,
    port: named.port === undefined ? address.port : portNumber(named.port),
    pid: pid === undefined ? null : Number(pid),
    path,
    errno,
  };
}
