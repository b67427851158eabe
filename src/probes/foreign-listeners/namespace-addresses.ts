import type { Host } from '../../host/host.js';
import { compressIpv6 } from '../port-sockets/tcp-table.js';

/** The local addresses in /proc/PID/net/fib_trie, whose other leaves are routes. */
export function parseFibTrie(text: string): string[] {
  const found = text.matchAll(/\|-- (\d{1,3}(?:\.\d{1,3}){3})\n\s+\/32 host LOCAL/g);
  return [...new Set([...found].map(([, address = '']) => address))];
}

/** The addresses in /proc/PID/net/if_inet6: 32 hexadecimal digits at the start of each line. */
export function parseIfInet6(text: string): string[] {
  return [...text.matchAll(/^[0-9a-f]{32}\b/gm)].map(([digits]) => {
    return compressIpv6(
      Array.from({ length: 8 }, (_, index) => Number.parseInt(digits.slice(index * 4, index * 4 + 4), 16)),
    );
  });
}

/** The addresses of the network namespace in which a process lives; empty where they may not be read. */
export async function addressesOfNamespace(host: Host, pid: number): Promise<string[]> {
  const [four, six] = await Promise.all([
    host.readFile(`/proc/${pid}/net/fib_trie`),
    host.readFile(`/proc/${pid}/net/if_inet6`),
  ]);
  return [...(four.ok ? parseFibTrie(four.text) : []), ...(six.ok ? parseIfInet6(six.text) : [])];
}
