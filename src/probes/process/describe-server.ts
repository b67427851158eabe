import { recogniseRunning } from './recognise-running.js';
import type { Host } from '../../host/host.js';
import type { DebugServer, ProcessInfo, SocketRow, TcpTables } from '../../model/facts.js';
import { listeningRows, rowsAtPort } from '../port-sockets/read-tables.js';
import { listeningPath } from '../unix-socket/listening-paths.js';
import { mayBeStarting } from './age.js';
import { describeProcess } from './describe.js';

function establishedAt(tables: TcpTables, port: number): SocketRow[] {
  return rowsAtPort(tables, port).filter((row) => row.state === 'ESTABLISHED');
}

/** Who sits at the other end of a local connection; null when gone or hidden. */
async function peerOf(host: Host, tables: TcpTables, row: SocketRow): Promise<ProcessInfo | null> {
  const peer = rowsAtPort(tables, row.remote.port).find((other) => other.remote.port === row.local.port);
  if (peer === undefined || peer.inode === 0) return null;
  const owners = await host.socketOwners([peer.inode]);
  const pid = owners.pids[String(peer.inode)]?.[0];
  const entry = pid === undefined ? null : await host.process(pid);
  return entry === null ? null : describeProcess(host, entry);
}

async function isInOurNamespace(host: Host, pid: number): Promise<boolean> {
  const [own, other] = await Promise.all([host.readLink('/proc/self/ns/net'), host.readLink(`/proc/${pid}/ns/net`)]);
  return !own.ok || !other.ok || own.text === other.text;
}

/**
 * What a recognised debug server really does: where it listens, who is connected, and, for an adapter that was started
 * for a program, whether that program is still connected to the adapter's second, internal port. Null for a process
 * that is no debug server.
 */
export async function describeServer(host: Host, process: ProcessInfo, tables: TcpTables): Promise<DebugServer | null> {
  const recognised = await recogniseRunning(host, process);
  if (recognised === null) return null;
  const {
    adapter,
    role,
    mode,
    variable,
    host: wantedHost,
    port: wantedPort,
    servesProgram,
    takesOneClient,
  } = recognised;
  const asked = { adapter, role, process, mode, variable, wantedHost, wantedPort, takesOneClient };
  const base = { ...asked, program: null, programGone: false };
  // The tables are those of our own network namespace and say nothing about sockets of another one.
  const inodes = (await isInOurNamespace(host, process.pid)) ? await host.socketsOf(process.pid) : null;
  if (inodes === null) return { ...base, listens: null, clients: 0 };
  const rows = listeningRows(tables).filter((row) => inodes.includes(row.inode));
  const isInternal = (row: SocketRow): boolean => role === 'adapter' && servesProgram && row.local.port !== wantedPort;
  // Only a server that was given no port may have a path instead.
  const socketPath = rows.length === 0 && wantedPort === null ? await listeningPath(host, inodes) : null;
  const clientRows = rows.filter((row) => !isInternal(row));
  const internalRow = rows.find((row) => isInternal(row));
  const programRows = internalRow === undefined ? [] : establishedAt(tables, internalRow.local.port);
  const clients = clientRows.flatMap((row) => establishedAt(tables, row.local.port)).length;
  // An adapter listens for clients before its program has connected; an orphan of that age lives on for its client alone.
  const isStarting = clients === 0 && mayBeStarting(process, host.now());
  return {
    ...base,
    listens: clientRows.map((row) => row.local),
    ...(socketPath === null ? {} : { socketPath }),
    program: programRows[0] === undefined ? null : await peerOf(host, tables, programRows[0]),
    programGone: internalRow !== undefined && programRows.length === 0 && !isStarting,
    clients,
  };
}
