import { TCP_STATES, type AddressFamily, type SocketAddress, type SocketRow } from '../../model/facts.js';

/** A port as the tables in /proc/net write it: a colon and four hexadecimal digits. */
export function portKey(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

function parseIpv4(hex: string): string {
  return [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
}

/** The kernel writes an IPv6 address as four words in the byte order of the machine (little-endian here). */
function parseIpv6(hex: string): string {
  const groups: string[] = [];
  for (let word = 0; word < 4; word += 1) {
    const part = hex.slice(word * 8, word * 8 + 8);
    const bytes = [6, 4, 2, 0].map((at) => part.slice(at, at + 2)).join('');
    groups.push(bytes.slice(0, 4), bytes.slice(4));
  }
  return compressIpv6(groups.map((group) => Number.parseInt(group, 16)));
}

/** RFC 5952: lower case, the longest run of two or more zero groups as `::`; v4-mapped addresses in dotted form. */
export function compressIpv6(groups: readonly number[]): string {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.start < 0) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}

function parseAddress(field: string, family: AddressFamily): SocketAddress | null {
  const [hex = '', port = ''] = field.split(':');
  if (hex.length !== (family === 4 ? 8 : 32) || port.length !== 4) return null;
  return { address: family === 4 ? parseIpv4(hex) : parseIpv6(hex), family, port: Number.parseInt(port, 16) };
}

/** Parses rows of /proc/net/tcp or tcp6 (proc_net_tcp.txt of the kernel). Lines of any other form are left out. */
export function parseTcpTable(text: string, family: AddressFamily): SocketRow[] {
  const rows: SocketRow[] = [];
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/, 10);
    const [, localField = '', remoteField = '', stateField = '', queues = '', , , uid, , inode] = fields;
    const local = parseAddress(localField, family);
    const remote = parseAddress(remoteField, family);
    const state = TCP_STATES[Number.parseInt(stateField, 16) - 1];
    if (local === null || remote === null || state === undefined || inode === undefined) continue;
    const receiveQueue = Number.parseInt(queues.split(':')[1] ?? '', 16) || 0;
    rows.push({ local, remote, state, receiveQueue, uid: Number(uid), inode: Number(inode) });
  }
  return rows;
}
