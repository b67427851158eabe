import type { Host } from '../../host/host.js';
import { isLocalTarget } from '../../model/addresses.js';
import type { OwnedSocket, PortSockets, SocketRow, TcpTables } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { describeProcess, userNameOf } from '../process/describe.js';
import { describeServer } from '../process/describe-server.js';
import type { ProbeContext } from '../probe.js';
import { rowsAtPort } from './read-tables.js';

/** More sockets than these on one port say nothing new; listeners come first. */
const MAX_SOCKETS = 64;
const MAX_PROCESSES = 16;

async function ownSocket(
  host: Host,
  row: SocketRow,
  pids: readonly number[],
  hidden: boolean,
  tables: TcpTables,
): Promise<OwnedSocket> {
  const entries = await Promise.all(pids.slice(0, MAX_PROCESSES).map((pid) => host.process(pid)));
  const processes = await Promise.all(
    entries.filter((entry) => entry !== null).map((entry) => describeProcess(host, entry)),
  );
  const servers = await Promise.all(processes.map((process) => describeServer(host, process, tables)));
  // A socket without an inode belongs to nobody; one whose owner was not found belongs to somebody we cannot see.
  const isHidden = row.inode !== 0 && processes.length === 0 && hidden;
  return {
    row,
    processes,
    hidden: isHidden,
    server: servers.find((server) => server !== null) ?? null,
    user: await userNameOf(host, row.uid),
    cgroup: isHidden && row.state === 'LISTEN' ? await cgroupOf(host, row) : null,
  };
}

/** `ss` names the control group, and so the unit, of a socket whose process it may not show. */
async function cgroupOf(host: Host, row: SocketRow): Promise<string | null> {
  const result = await host.run(['ss', '-H', '-l', '-t', '-n', '-e', '--cgroup', `sport = :${row.local.port}`]);
  const line = result.stdout.split('\n').find((text) => text.includes(`ino:${row.inode} `));
  return /\bcgroup:(\S{1,400})/.exec(line ?? '')?.[1] ?? null;
}

/** Whether the target is certainly another machine, whose sockets are not in our tables. */
async function isElsewhere({ target, see }: ProbeContext): Promise<boolean> {
  if (target.request !== 'attach') return false;
  const [resolution, network] = await Promise.all([see('resolution'), see('local-network')]);
  if (resolution.status !== 'ok' || network.status !== 'ok' || resolution.value.addresses.length === 0) return false;
  return !isLocalTarget(resolution.value, network.value);
}

/** Sockets with a local port, listeners first, and their owners. */
export async function socketsAt(host: Host, port: number, tables: TcpTables): Promise<OwnedSocket[]> {
  const rows = rowsAtPort(tables, port)
    .toSorted((a, b) => Number(b.state === 'LISTEN') - Number(a.state === 'LISTEN'))
    .slice(0, MAX_SOCKETS);
  const inodes = rows.map((row) => row.inode).filter((inode) => inode !== 0);
  const owners = inodes.length === 0 ? { pids: {}, hidden: false } : await host.socketOwners(inodes);
  const { uid } = await host.identity();
  const sockets: OwnedSocket[] = [];
  for (const row of rows) {
    // Where /proc hides whole processes there is no refusal to be seen; another user's socket says the same.
    const hidden = owners.hidden || row.uid !== uid;
    sockets.push(await ownSocket(host, row, owners.pids[String(row.inode)] ?? [], hidden, tables));
  }
  return sockets;
}

/**
 * Sockets whose local port is the target's, from /proc/net/tcp and tcp6, with their owners. No subprocess. What listens
 * here on the port of another machine's target has nothing to do with it and is left out.
 */
export async function observePortSockets(context: ProbeContext): Promise<Observation<PortSockets>> {
  const { host, target, see } = context;
  const { port } = target;
  if (port === null) return unavailable('unsupported', evidence('the target has no port'));
  const tables = await see('tcp-tables');
  if (tables.status !== 'ok') return tables;
  if (await isElsewhere(context)) return observed({ port, sockets: [] }, evidence('the target is another machine'));
  const sockets = await socketsAt(host, port, tables.value);
  const text =
    sockets.length === 0 ? `no socket has local port ${port}` : `${sockets.length} socket(s) have local port ${port}`;
  return observed({ port, sockets }, evidence(text, { file: '/proc/net/tcp' }));
}
