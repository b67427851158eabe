import { formatAddress } from './addresses.js';
import type { FindingArgs } from './cause.js';
import type {
  Connection,
  ConnectionAttempt,
  Identity,
  OwnedSocket,
  PortClients,
  PortSockets,
  ProcessInfo,
} from './facts.js';
import { evidence, type Evidence } from './observation.js';

export function listenersOf({ sockets }: PortSockets): OwnedSocket[] {
  return sockets.filter(({ row }) => row.state === 'LISTEN');
}

/** The attempt that got through; null when none did. */
export function acceptedAttempt({ attempts }: Connection): ConnectionAttempt | null {
  return attempts.find(({ outcome }) => outcome === 'connected') ?? null;
}

export function placeOf({ to }: ConnectionAttempt): string {
  return 'path' in to ? to.path : formatAddress(to);
}

/** A process in one line: name, pid, user, start, command. */
export function describeOwner(process: ProcessInfo): string {
  const started = process.startedAt === null ? '' : `, started ${process.startedAt}`;
  const command = process.command.length === 0 ? process.name : process.command.join(' ');
  return `${process.name} (pid ${process.pid}, user ${process.user}${started}): ${command}`;
}

/** Where the process stands: working directory, parents, unit, container; a line each. */
function surroundingsOf(process: ProcessInfo): string | null {
  const parents = process.parents.map(({ name, pid }) => `${name} (${pid})`).join(' ← ');
  const lines = [
    process.cwd === null ? '' : `working directory ${process.cwd}`,
    parents === '' ? '' : `started by ${parents}`,
    process.unit === null ? '' : `systemd unit ${process.unit}`,
    process.container === null ? '' : `container ${process.container}`,
    process.state === 'T' ? 'stopped (state T)' : '',
  ].filter((line) => line !== '');
  return lines.length === 0 ? null : lines.join('\n');
}

/** A listener and each of its owners, as evidence. */
export function listenerEvidence(socket: OwnedSocket): Evidence[] {
  const place = formatAddress(socket.row.local);
  const origin = { file: socket.row.local.family === 4 ? '/proc/net/tcp' : '/proc/net/tcp6' };
  if (socket.processes.length === 0) {
    const group = socket.cgroup === null ? '' : `, control group ${socket.cgroup}`;
    return [
      evidence(`${place} listens; it belongs to user ${socket.user}${group}, whose processes we may not see`, origin),
    ];
  }
  return socket.processes.map((process) =>
    evidence(`${place} listens: ${describeOwner(process)}`, { file: `/proc/${process.pid}` }, surroundingsOf(process)),
  );
}

/** Whom a server for one client serves, as evidence and as what a remedy and its words must know. */
export function servedClient(clients: PortClients | undefined): { args: FindingArgs; evidence: Evidence[] } {
  const client = clients?.clients.find(({ waits }) => !waits) ?? clients?.clients[0];
  if (client === undefined) return { args: {}, evidence: [] };
  const { at, process } = client;
  const place = formatAddress(at);
  const who = process === null ? 'a process that cannot be seen from here' : describeOwner(process);
  const origin = { file: process === null ? '/proc/net/tcp' : `/proc/${process.pid}` };
  const clientAddress = process === null ? place : `${place}, which is ${process.name} (pid ${process.pid})`;
  return { args: { clientAddress }, evidence: [evidence(`the client at ${place} is ${who}`, origin)] };
}

/** Programs that pass connections on: to end one takes away somebody's tunnel or published port. */
export const FORWARDERS: readonly string[] = [
  'docker-proxy',
  'rootlessport',
  'conmon',
  'slirp4netns',
  'pasta',
  'pasta.avx2',
  'ssh',
  'kubectl',
  'socat',
];

const SYSTEM_PROCESSES: readonly string[] = [
  'systemd',
  'init',
  'sshd',
  'systemd-resolve',
  'dockerd',
  'containerd',
  'docker-proxy',
];

/** Whether the doctor must leave a process alone: pid 1, a service, the system's, another user's, ourselves or an ancestor. */
function isProtected(process: ProcessInfo, identity: Identity | undefined): boolean {
  if (process.pid <= 1 || process.unit !== null || SYSTEM_PROCESSES.includes(process.name)) return true;
  if (identity === undefined) return true;
  return process.pid === identity.pid || identity.ancestors.includes(process.pid) || process.uid !== identity.uid;
}

/** What a remedy must know to handle a process. */
export function processArgs(process: ProcessInfo, identity: Identity | undefined): FindingArgs {
  return {
    pid: process.pid,
    startTime: process.startTime,
    processName: process.name,
    command: process.command,
    user: process.user,
    protectedProcess: isProtected(process, identity),
    ...(process.unit === null ? {} : { unit: process.unit }),
    ...(process.container === null ? {} : { container: process.container }),
  };
}
