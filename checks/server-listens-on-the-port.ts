import { formatAddress, isLocalTarget } from '../src/model/addresses.js';
import type { FindingArgs } from '../src/model/cause.js';
import {
  defineCheck,
  fail,
  failRulingOut,
  finding,
  pass,
  unknown,
  type Finding,
  type Verdict,
} from '../src/model/check.js';
import type { DebugServer, DebugServers, LogHit, OwnedSocket, PortClients, ServerLogs } from '../src/model/facts.js';
import { acceptedAttempt, describeOwner, listenersOf, placeOf, servedClient } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** A server of the wanted kind that listens somewhere else. */
function serverElsewhere(running: DebugServers | undefined, target: Target): DebugServer | null {
  const others = running?.servers.filter(
    ({ adapter, listens, programGone }) => adapter === target.adapter && (listens?.length ?? 0) > 0 && !programGone,
  );
  return others?.find(({ process }) => process.cwd === target.cwd) ?? others?.[0] ?? null;
}

function isClose(server: DebugServer, target: Target): boolean {
  const [first, last] = target.portRange;
  const ports = server.listens?.map(({ port }) => port) ?? [];
  return server.process.cwd === target.cwd || ports.some((port) => port >= first && port <= last);
}

function wrongPort(server: DebugServer, args: FindingArgs): Finding {
  const [at] = server.listens ?? [];
  const other = at === undefined ? {} : { otherAddress: at.address, otherPort: at.port };
  const place = at === undefined ? '' : formatAddress(at);
  const text = `${server.adapter} listens on ${place}: ${describeOwner(server.process)}`;
  return finding(
    'wrong-port',
    'likely',
    { ...args, ...other, pid: server.process.pid },
    evidence(text, { file: `/proc/${server.process.pid}` }),
  );
}

function crashed(hit: LogHit, args: FindingArgs): Finding {
  const origin = hit.file === null ? { argument: 'error text' } : { file: `${hit.file}:${hit.lineNumber}` };
  return finding(
    'server-crashed-at-start',
    'likely',
    { ...args, line: hit.text, ...(hit.file === null ? {} : { file: hit.file }) },
    evidence(hit.text, origin),
  );
}

/** What a client says about its own connection attempt is no crash of the server. */
const CLIENT_SYMPTOMS = [
  'connection-refused',
  'timed-out',
  'host-unreachable',
  'network-unreachable',
  'name-not-resolved',
  'no-client-connected',
];

function startFailure(logs: ServerLogs | undefined): LogHit | undefined {
  return logs?.hits.findLast(({ file, symptom }) => file !== null && !CLIENT_SYMPTOMS.includes(symptom));
}

function usedUp(sockets: readonly OwnedSocket[], clients: PortClients | undefined, args: FindingArgs): Verdict | null {
  const held = sockets.find(({ row, server }) => row.state === 'ESTABLISHED' && server !== null);
  if (held?.server === undefined || held.server === null) return null;
  const { adapter, process } = held.server;
  const client = servedClient(clients);
  const at = formatAddress(held.row.remote);
  const text = `${adapter} (pid ${process.pid}) stopped listening; its one client is ${at}`;
  const known = { ...args, pid: process.pid, processName: process.name, clientAddress: at, ...client.args };
  const seen = evidence(text, { file: '/proc/net/tcp' });
  return fail(finding('single-client-server-used-up', 'certain', known, seen, ...client.evidence));
}

function nothingListens(running: DebugServers | undefined, args: FindingArgs, port: number): Finding {
  const seen = running !== undefined && !running.someHidden;
  const processes = seen
    ? 'no debug server of this kind runs'
    : 'no debug server of this kind is among the processes that we may see';
  return finding(
    'server-not-started',
    seen ? 'certain' : 'likely',
    args,
    evidence(`no socket listens on port ${port}`, { file: '/proc/net/tcp' }),
    evidence(processes, { file: '/proc' }),
  );
}

/** A refusal by another machine: nothing listens there, or not on that address. */
function refusedRemotely(args: FindingArgs, place: string): Verdict {
  const text = evidence(`${place} refused the connection; the listeners of that machine cannot be seen from here`);
  return fail(
    finding('server-not-started', 'possible', args, text),
    finding('server-bound-to-unreachable-address', 'possible', args, text),
  );
}

export default defineCheck({
  id: 'server-listens-on-the-port',
  claim: 'a server listens on the port',
  hop: 'port',
  requests: ['attach'],
  needs: ['connection', 'port-sockets', 'resolution', 'local-network'],
  uses: ['debug-servers', 'port-clients', 'server-logs', 'bind', 'identity', 'firewall'],
  dependsOn: [
    'target-is-well-formed',
    'name-resolves',
    'ipv6-is-enabled',
    'route-leads-there',
    'listener-is-in-this-network-namespace',
    'program-has-its-debugger',
    'debug-option-stands-before-the-program',
    'server-uses-no-unix-socket',
  ],
  causes: [
    'server-not-started',
    'wrong-port',
    'server-crashed-at-start',
    'bound-but-not-listening',
    'single-client-server-used-up',
    'server-bound-to-unreachable-address',
  ],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: (facts, target) => {
    const { connection, 'port-sockets': sockets, resolution, 'local-network': network } = facts;
    const running = facts['debug-servers'];
    const args = targetArgs(target);
    const accepted = acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const [first] = connection.attempts;
    if (!isLocalTarget(resolution, network)) {
      const rule = facts.firewall?.stopping.find(({ sure }) => sure);
      if (rule !== undefined)
        return unknown(`whether anything listens there: a rule of this machine answers (${rule.chain})`);
      if (first?.errorCode === 'ECONNREFUSED') return refusedRemotely(args, placeOf(first));
      return unknown('the listeners of another machine cannot be seen from here');
    }
    const [listener] = listenersOf(sockets);
    if (listener !== undefined) return pass(evidence(`${formatAddress(listener.row.local)} listens`));
    const taken = usedUp(sockets.sockets, facts['port-clients'], args);
    if (taken !== null) return taken;
    const [bound] = facts.bind?.attempts ?? [];
    if (bound?.errorCode === 'EADDRINUSE' && sockets.sockets.length === 0) {
      const text = `binding ${formatAddress(bound.at)} gives EADDRINUSE, and no socket with this port is in the tables`;
      return fail(finding('bound-but-not-listening', 'certain', args, evidence(text)));
    }
    const elsewhere = serverElsewhere(running, target);
    const failure = startFailure(facts['server-logs']);
    const findings = [
      ...(elsewhere !== null && isClose(elsewhere, target) ? [wrongPort(elsewhere, args)] : []),
      ...(failure === undefined ? [] : [crashed(failure, args)]),
      ...(elsewhere !== null && !isClose(elsewhere, target) ? [wrongPort(elsewhere, args)] : []),
    ];
    const [likeliest, ...rest] = findings;
    if (likeliest !== undefined) return fail(likeliest, ...rest);
    const because =
      running === undefined
        ? []
        : [{ cause: 'wrong-port' as const, because: 'no server of this kind listens on another port' }];
    return failRulingOut(because, nothingListens(running, args, sockets.port));
  },
});
