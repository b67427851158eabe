import type { SocketOwners } from '../../host/host.js';
import type { PortClient, PortClients, SocketRow, TcpTables } from '../../model/facts.js';
import { formatAddress } from '../../model/addresses.js';
import { evidence, observed, type Observation } from '../../model/observation.js';
import { probeByPlatform } from '../by-platform.js';
import { rowsAtPort } from '../port-sockets/read-tables.js';
import type { ProbeContext } from '../probe.js';
import { describeProcess } from '../process/describe.js';

/** More clients than these say nothing new. */
const MAX_CLIENTS = 8;

const NOBODY: SocketOwners = { pids: {}, hidden: false };

/** IPv4 in an IPv6 socket, as a JVM has it. */
function plain(address: string): string {
  return address.replace(/^::ffff:/, '');
}

/** The other end of a connection within this machine; undefined when it is gone, or on another machine. */
function farEnd(tables: TcpTables, { local, remote }: SocketRow): SocketRow | undefined {
  return rowsAtPort(tables, remote.port).find(
    (row) => row.remote.port === local.port && plain(row.remote.address) === plain(local.address) && row.inode !== 0,
  );
}

/** Who is connected to the target's port: the processes at the other ends, as far as they are here and may be seen. */
async function observe({ host, see }: ProbeContext): Promise<Observation<PortClients>> {
  const [sockets, tables] = await Promise.all([see('port-sockets'), see('tcp-tables')]);
  if (sockets.status !== 'ok') return sockets;
  if (tables.status !== 'ok') return tables;
  const rows = sockets.value.sockets.map(({ row }) => row).filter(({ state }) => state === 'ESTABLISHED');
  const ends = rows.slice(0, MAX_CLIENTS).map((row) => ({ row, inode: farEnd(tables.value, row)?.inode ?? null }));
  const inodes = ends.flatMap(({ inode }) => (inode === null ? [] : [inode]));
  const { pids } = inodes.length === 0 ? NOBODY : await host.socketOwners(inodes);
  const clients: PortClient[] = [];
  for (const { row, inode } of ends) {
    const pid = inode === null ? undefined : pids[String(inode)]?.[0];
    const entry = pid === undefined ? null : await host.process(pid);
    const process = entry === null ? null : await describeProcess(host, entry);
    clients.push({ at: row.remote, waits: row.inode === 0, process });
  }
  const seen = clients.map(({ at }) => evidence(`${formatAddress(at)} is connected`, { file: '/proc/net/tcp' }));
  return observed({ clients }, ...seen);
}

export const portClients = probeByPlatform('port-clients', { linux: observe });
