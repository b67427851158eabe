import type { Host } from '../../host/host.js';
import type { SocketRow, TcpTables } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { Probe } from '../probe.js';
import { parseTcpTable, portKey } from './tcp-table.js';

/** Some 110,000 sockets. */
const MAX_TABLE_BYTES = 16 * 1024 * 1024;

/**
 * The tables of one network namespace: `root` is `/proc/net`, or `/proc/PID/net` for that of another process. The
 * kernel walks its whole socket hash for each table, some 5 ms even when it is empty, so that each is read once.
 */
export async function readTcpTables(host: Host, root: string): Promise<Observation<TcpTables>> {
  const [four, six] = await Promise.all([
    host.readFile(`${root}/tcp`, { maxBytes: MAX_TABLE_BYTES }),
    host.readFile(`${root}/tcp6`, { maxBytes: MAX_TABLE_BYTES }),
  ]);
  if (!four.ok) {
    const reason = four.code === 'EACCES' || four.code === 'EPERM' ? 'not-permitted' : 'unsupported';
    return unavailable(reason, evidence(`cannot read ${root}/tcp (${four.code})`, { file: `${root}/tcp` }));
  }
  return observed({
    four: four.text,
    six: six.ok ? six.text : null,
    truncated: four.truncated || (six.ok && six.truncated),
  });
}

export const tcpTables: Probe<'tcp-tables'> = {
  name: 'tcp-tables',
  observe: ({ host }) =>
    host.platform === 'linux' ? readTcpTables(host, '/proc/net') : Promise.resolve(unavailable('unsupported')),
};

/** Lines that hold a text; finding it first spares parsing thousands of others. */
function linesWith(table: string, text: string): string {
  const lines: string[] = [];
  for (let at = table.indexOf(text); at >= 0; at = table.indexOf(text, at)) {
    const start = table.lastIndexOf('\n', at) + 1;
    const end = table.indexOf('\n', at);
    lines.push(table.slice(start, end < 0 ? undefined : end));
    at = end < 0 ? table.length : end;
  }
  return lines.join('\n');
}

function rowsWith(tables: TcpTables, text: string): SocketRow[] {
  return [...parseTcpTable(linesWith(tables.four, text), 4), ...parseTcpTable(linesWith(tables.six ?? '', text), 6)];
}

export function listeningRows(tables: TcpTables): SocketRow[] {
  return rowsWith(tables, ' 0A ').filter((row) => row.state === 'LISTEN');
}

export function rowsAtPort(tables: TcpTables, port: number): SocketRow[] {
  return rowsWith(tables, `${portKey(port)} `).filter((row) => row.local.port === port);
}
