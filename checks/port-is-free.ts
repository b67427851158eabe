import { blocksBind, formatAddress } from '../src/model/addresses.js';
import type { FindingArgs } from '../src/model/cause.js';
import {
  defineCheck,
  fail,
  failRulingOut,
  finding,
  pass,
  unknown,
  type RuledOut,
  type Verdict,
} from '../src/model/check.js';
import type { BindAttempt, Identity, OwnedSocket, PortSockets, ServerLogs } from '../src/model/facts.js';
import { listenerEvidence, listenersOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { judgeOwner, RELATION_TEXTS } from '../src/model/port-owner.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

function heldByListener(
  listener: OwnedSocket,
  blockers: readonly OwnedSocket[],
  attempt: BindAttempt,
  target: Target,
  identity: Identity | undefined,
  args: FindingArgs,
): Verdict {
  const { relation, cause, confidence } = judgeOwner(listener, target, identity);
  const [process] = listener.processes;
  const owner =
    process === undefined ? { user: listener.user, protectedProcess: true } : processArgs(process, identity);
  const gone = listener.server?.programGone === true ? { programGone: true } : {};
  const { address, port } = listener.row.local;
  const known = { ...args, ...owner, ...gone, otherAddress: address, otherPort: port, detail: relation };
  const refusal = evidence(`binding ${formatAddress(attempt.at)} gives ${attempt.errorCode}`);
  const others = blockers.filter((socket) => socket !== listener);
  const seen = [
    refusal,
    ...listenerEvidence(listener),
    evidence(RELATION_TEXTS[relation]),
    ...others.flatMap((socket) => listenerEvidence(socket)),
  ];
  const ruledOut: RuledOut[] = [
    { cause: 'port-in-time-wait', because: `${formatAddress(listener.row.local)} is in state LISTEN` },
    { cause: 'bound-but-not-listening', because: `${formatAddress(listener.row.local)} is in state LISTEN` },
  ];
  if (cause === 'port-held-by-other-program' && address !== attempt.at.address) {
    return failRulingOut(ruledOut, finding('overlapping-bind-address', 'certain', known, ...seen));
  }
  return failRulingOut(ruledOut, finding(cause, confidence, known, ...seen));
}

function heldByConnection(
  socket: OwnedSocket,
  attempt: BindAttempt,
  identity: Identity | undefined,
  args: FindingArgs,
): Verdict {
  const [process] = socket.processes;
  const owner = process === undefined ? {} : processArgs(process, identity);
  const local = formatAddress(socket.row.local);
  const remote = formatAddress(socket.row.remote);
  const who = process === undefined ? `user ${socket.user}` : `${process.name} (pid ${process.pid})`;
  const seen = [
    evidence(`binding ${formatAddress(attempt.at)} gives ${attempt.errorCode}, and nothing listens`),
    evidence(`${who} is connected from ${local} to ${remote}`, { file: '/proc/net/tcp' }),
  ];
  return fail(
    finding(
      'fixed-port-in-ephemeral-range',
      'certain',
      { ...args, ...owner, otherAddress: socket.row.remote.address },
      ...seen,
    ),
  );
}

function explainTaken(
  attempt: BindAttempt,
  sockets: PortSockets,
  target: Target,
  identity: Identity | undefined,
  args: FindingArgs,
): Verdict {
  const blockers = listenersOf(sockets).filter(({ row }) => blocksBind(row.local, attempt.at));
  const exact = blockers.find(({ row }) => row.local.address === attempt.at.address);
  const listener = exact ?? blockers[0];
  if (listener !== undefined) return heldByListener(listener, blockers, attempt, target, identity, args);
  const others = sockets.sockets.filter(({ row }) => row.state !== 'LISTEN');
  const connected = others.find(({ row }) => row.state !== 'TIME_WAIT');
  if (connected !== undefined) return heldByConnection(connected, attempt, identity, args);
  const refusal = evidence(`binding ${formatAddress(attempt.at)} gives ${attempt.errorCode}`);
  if (others.length > 0) {
    const waiting = evidence(`${others.length} closed connection(s) with this port are in TIME_WAIT`, {
      file: '/proc/net/tcp',
    });
    return fail(finding('port-in-time-wait', 'certain', args, refusal, waiting));
  }
  const none = evidence(`no socket with local port ${sockets.port} is in the tables`, { file: '/proc/net/tcp' });
  return fail(finding('bound-but-not-listening', 'certain', args, refusal, none));
}

/** The port is free for servers that reuse addresses; one that does not may have met what is left of closed connections. */
function judgeFree(
  sockets: PortSockets | undefined,
  logs: ServerLogs | undefined,
  args: FindingArgs,
  place: string,
): Verdict {
  const waiting = sockets?.sockets.filter(({ row }) => row.state === 'TIME_WAIT').length ?? 0;
  const reported = logs?.hits.findLast(({ file, symptom }) => file === null && symptom === 'address-in-use');
  if (waiting > 0 && reported !== undefined) {
    const seen = [
      evidence(reported.text, { argument: '--error' }),
      evidence(`${waiting} closed connection(s) are in TIME_WAIT`),
    ];
    return fail(finding('port-in-time-wait', 'likely', args, ...seen));
  }
  return pass(
    evidence(`${place} could be bound${waiting > 0 ? `, in spite of ${waiting} connection(s) in TIME_WAIT` : ''}`),
  );
}

export default defineCheck({
  id: 'port-is-free',
  claim: 'nothing else holds the port',
  hop: 'port',
  requests: ['launch'],
  needs: ['bind'],
  uses: ['port-sockets', 'identity', 'server-logs'],
  dependsOn: [
    'target-is-well-formed',
    'name-resolves',
    'ipv6-is-enabled',
    'address-is-on-this-machine',
    'debug-options-belong-to-one-process',
    'only-the-editor-listens',
  ],
  causes: [
    'port-held-by-other-program',
    'port-held-by-managed-service',
    'port-held-by-editor',
    'systemd-socket-unit-owns-port',
    'systemd-resolved-holds-port-53',
    'overlapping-bind-address',
    'fixed-port-in-ephemeral-range',
    'port-in-time-wait',
    'bound-but-not-listening',
    'previous-run-still-listening',
    'server-already-running',
    'orphaned-debug-adapter-holds-port',
    'suspended-job-holds-port',
  ],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ bind, 'port-sockets': sockets, identity, 'server-logs': logs }, target) => {
    const [attempt] = bind.attempts;
    if (attempt === undefined) return unknown('there was no address to bind');
    const args = {
      ...targetArgs(target),
      address: attempt.at.address,
      ...(bind.freePort === null ? {} : { freePort: bind.freePort }),
    };
    if (attempt.errorCode === null) return judgeFree(sockets, logs, args, formatAddress(attempt.at));
    if (attempt.errorCode !== 'EADDRINUSE')
      return unknown(`binding gives ${attempt.errorCode}, which says nothing about other programs`);
    if (sockets === undefined) return unknown('the port is taken, and the sockets of this machine cannot be seen');
    return explainTaken(attempt, sockets, target, identity, args);
  },
});
