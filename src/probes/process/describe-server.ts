import { recogniseCommand } from '../../adapters/index.js';
import type { Host } from '../../host/host.js';
import type { DebugServer, ProcessInfo, SocketRow, TcpTables } from '../../model/facts.js';
import { listeningRows, rowsAtPort } from '../port-sockets/read-tables.js';

function establishedAt(tables: TcpTables, port: number): SocketRow[] {
  return rowsAtPort(tables, port).filter((row) => row.state === 'ESTABLISHED');
}

/** Who sits at the other end of a local connection. */
async function peerPid(host: Host, tables: TcpTables, row: SocketRow): Promise<number | null> {
  const peer = rowsAtPort(tables, row.remote.port).find((other) => other.remote.port === row.local.port);
  if (peer === undefined || peer.inode === 0) return null;
  const owners = await host.socketOwners([peer.inode]);
  return owners.pids[String(peer.inode)]?.[0] ?? null;
}

/**
 * What a recognised debug server really does: where it listens, who is connected, and, for an adapter that was started
 * for a program, whether that program is still connected to the adapter's second, internal port. Null for a process
 * that is no debug server.
 */
export async function describeServer(host: Host, process: ProcessInfo, tables: TcpTables): Promise<DebugServer | null> {
  const recognised = recogniseCommand(process.command);
  if (recognised === null) return null;
  const { adapter, role, host: wantedHost, port: wantedPort, servesProgram, takesOneClient } = recognised;
  const base = { adapter, role, process, wantedHost, wantedPort, programPid: null, programGone: false, takesOneClient };
  const inodes = await host.socketsOf(process.pid);
  if (inodes === null) return { ...base, listens: null, clients: 0 };
  const rows = listeningRows(tables).filter((row) => inodes.includes(row.inode));
  const isInternal = (row: SocketRow): boolean => role === 'adapter' && servesProgram && row.local.port !== wantedPort;
  const clientRows = rows.filter((row) => !isInternal(row));
  const internalRow = rows.find((row) => isInternal(row));
  const program = internalRow === undefined ? [] : establishedAt(tables, internalRow.local.port);
  return {
    ...base,
    listens: clientRows.map((row) => row.local),
    programPid: program[0] === undefined ? null : await peerPid(host, tables, program[0]),
    programGone: internalRow !== undefined && program.length === 0,
    clients: clientRows.flatMap((row) => establishedAt(tables, row.local.port)).length,
  };
}
