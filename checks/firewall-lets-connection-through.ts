import { covers, formatAddress, isLoopback, isWildcard } from '../src/model/addresses.js';
import type { FindingArgs } from '../src/model/cause.js';
import {
  defineCheck,
  fail,
  finding,
  pass,
  unknown,
  type Confidence,
  type Finding,
  type Verdict,
} from '../src/model/check.js';
import type {
  ConnectionAttempt,
  Firewall,
  FirewallRule,
  Identity,
  LocalNetwork,
  OwnedSocket,
  PortSockets,
  Route,
  SocketAddress,
} from '../src/model/facts.js';
import { acceptedAttempt, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence, type Evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** A reject answers at once; a neighbour that does not answer takes the kernel about three seconds. */
const REJECTED_WITHIN_MS = 200;

/** The errno that connect(2) gives for each answer of a reject rule; over IPv6 some differ. */
const ERRNOS_OF_REJECT: Readonly<Record<string, readonly string[]>> = {
  'tcp-reset': ['ECONNREFUSED'],
  'port-unreachable': ['ECONNREFUSED'],
  'proto-unreachable': ['ENOPROTOOPT'],
  'host-unreachable': ['EHOSTUNREACH'],
  'addr-unreachable': ['EHOSTUNREACH'],
  'net-unreachable': ['ENETUNREACH'],
  'no-route': ['ENETUNREACH'],
  'host-prohibited': ['EHOSTUNREACH'],
  'net-prohibited': ['ENETUNREACH'],
  'admin-prohibited': ['EHOSTUNREACH', 'EACCES'],
  'policy-fail': ['EACCES'],
  'reject-route': ['EACCES'],
};

/** What is known about one failed attempt. */
interface Case {
  attempt: ConnectionAttempt;
  to: SocketAddress;
  isLocal: boolean;
  /** The rules that may stop this connection, surest first. */
  rules: readonly FirewallRule[];
  /** True when no further rule can exist. */
  isComplete: boolean;
  /** The listeners here that would get the connection; null: could not be seen. */
  listeners: readonly OwnedSocket[] | null;
  /** True when a client is connected there now. */
  isInUse: boolean;
  route: Route | null;
  frontEnd: Firewall['frontEnd'];
  /** What stays unknown when rules could not be read. */
  unread: string;
  args: FindingArgs;
}

function seen({ attempt }: Case): Evidence {
  const place = placeOf(attempt);
  const took = `after ${Math.round(attempt.durationMs)} ms`;
  const text =
    attempt.outcome === 'timed-out'
      ? `${place} did not answer ${took}`
      : `${place} failed with ${attempt.errorCode ?? 'an error'} ${took}`;
  return evidence(text, { socket: place });
}

function ruleEvidence({ tool, chain, rule }: FirewallRule): Evidence {
  return evidence(`${chain}: ${rule}`, { argv: tool === 'nft' ? ['nft', '-a', 'list', 'ruleset'] : [`${tool}-save`] });
}

/** Whether a rule makes a connection end as this one did. ICMP is rate-limited, so a reject may end in silence, too. */
function explains(rule: FirewallRule, { outcome, errorCode }: ConnectionAttempt): boolean {
  if (outcome === 'timed-out') return true;
  return rule.rejectWith !== null && (ERRNOS_OF_REJECT[rule.rejectWith] ?? []).includes(errorCode ?? '');
}

function causeOf(rule: FirewallRule, to: SocketAddress): Finding['cause'] {
  if (rule.action === 'limit') return 'firewall-limits-connection-rate';
  // A rule about ports means these ports; one without them has forgotten loopback.
  if (!rule.namesPort && (isLoopback(to.address) || isWildcard(to.address))) return 'firewall-blocks-loopback';
  return rule.action === 'drop' ? 'firewall-drops-packets' : 'firewall-rejects-connection';
}

/** A front end undoes only what it wrote itself; for any other rule it takes the tool that lists it. */
function toolFor(
  { tool, chain, rule }: FirewallRule,
  frontEnd: Firewall['frontEnd'],
): NonNullable<FindingArgs['firewallTool']> {
  if (frontEnd === 'firewalld' && chain.startsWith('inet firewalld ')) return 'firewalld';
  if (frontEnd === 'ufw' && tool !== 'nft' && (chain.includes(' ufw') || rule.startsWith(':'))) return 'ufw';
  return tool;
}

function blame(rule: FirewallRule, confidence: Confidence, known: Case, ...facts: Evidence[]): Verdict {
  const args: FindingArgs = {
    ...known.args,
    firewallTool: toolFor(rule, known.frontEnd),
    rule: rule.rule,
    chain: rule.chain,
    direction: rule.direction,
  };
  return fail(finding(causeOf(rule, known.to), confidence, args, ruleEvidence(rule), ...facts));
}

function isRefusedByNobody({ attempt, isLocal, listeners }: Case): boolean {
  return attempt.errorCode === 'ECONNREFUSED' && isLocal && listeners?.length === 0;
}

function judgeByRules(known: Case): Verdict | null {
  const { attempt, rules, isLocal } = known;
  const rule = rules.find((candidate) => explains(candidate, attempt));
  if (rule === undefined || (!rule.sure && isRefusedByNobody(known))) return null;
  const silentReject = attempt.outcome === 'timed-out' && rule.rejectWith !== null;
  const sure = rule.action === 'limit' || silentReject ? 'likely' : 'certain';
  return blame(rule, rule.sure ? sure : isLocal ? 'likely' : 'possible', known, seen(known));
}

/** Nothing was dialled: the rules alone must tell, and only a rule that is sure to match does. */
function judgeUndialled(known: Case): Verdict {
  const { attempt, rules, isComplete } = known;
  const rule = rules.find(({ sure, action }) => sure && action !== 'limit');
  if (rule !== undefined) return blame(rule, 'likely', known);
  const place = placeOf(attempt);
  if (known.isInUse) return pass(evidence(`a client is connected to ${place} now`));
  if (isComplete && rules.length === 0)
    return pass(evidence(`no firewall rule of this machine stops connections to ${place}`));
  return unknown(known.unread, ...rules.map(ruleEvidence));
}

function judgeSilence(known: Case): Verdict {
  const { to, isLocal, isComplete, listeners, args } = known;
  const byRule = judgeByRules(known);
  if (byRule?.outcome === 'fail' && byRule.findings[0].confidence === 'certain') return byRule;
  const full = isLocal ? listeners?.find(({ row }) => row.receiveQueue > 0) : undefined;
  if (full !== undefined) {
    return pass(
      evidence(`${full.row.receiveQueue} connections wait for the listener, which explains the silence`),
      seen(known),
    );
  }
  if (byRule !== null) return byRule;
  if (!isLocal) return fail(finding('firewall-drops-packets', 'possible', args, seen(known)));
  if (isComplete)
    return pass(evidence(`no firewall rule of this machine stops connections to ${to.address}`), seen(known));
  return unknown(known.unread, seen(known));
}

function listensExactly({ row }: OwnedSocket, to: SocketAddress): boolean {
  return row.local.address === to.address || (isWildcard(row.local.address) && row.local.family === to.family);
}

function judgeRefusal(known: Case): Verdict {
  const { to, isLocal, isComplete, listeners, args } = known;
  if (isRefusedByNobody(known)) return pass(evidence('nothing listens there, which explains the refusal'), seen(known));
  if (isComplete)
    return pass(evidence(`no firewall rule of this machine rejects connections to ${to.address}`), seen(known));
  const listener = isLocal ? listeners?.find((candidate) => listensExactly(candidate, to)) : undefined;
  if (listener === undefined) return unknown(known.unread, seen(known));
  const contradiction = evidence(`${formatAddress(listener.row.local)} listens, and yet the connection was refused`);
  return fail(finding('firewall-rejects-connection', 'likely', args, contradiction, seen(known)));
}

/** Errors that a reject rule of another machine (or one that we may not read) leaves behind. */
function judgeError(known: Case): Verdict {
  const { attempt, to, isLocal, route, args } = known;
  const code = attempt.errorCode ?? '';
  if (code === 'ECONNREFUSED') return judgeRefusal(known);
  const isProhibited = code === 'EHOSTUNREACH' || (code === 'EACCES' && to.family === 6);
  if (code === 'EPERM') return fail(finding('firewall-rejects-connection', 'possible', args, seen(known)));
  if (!isProhibited || attempt.durationMs > REJECTED_WITHIN_MS || route?.reachable === false) {
    return pass(evidence('the error is not one that a firewall answers with'), seen(known));
  }
  const routed = isLocal || route?.reachable === true;
  const proof = routed ? [evidence(`${to.address} has a route, so the refusal came from a machine on the way`)] : [];
  return fail(finding('firewall-rejects-connection', routed ? 'likely' : 'possible', args, seen(known), ...proof));
}

function judge(known: Case): Verdict {
  if (known.attempt.outcome === 'not-tried') return judgeUndialled(known);
  if (known.attempt.outcome === 'timed-out') return judgeSilence(known);
  return judgeByRules(known) ?? judgeError(known);
}

/** A rule that always stops the connection comes before a limit, and a limit before what may not match. */
function doubt({ sure, action }: FirewallRule): number {
  if (!sure) return 2;
  return action === 'limit' ? 1 : 0;
}

interface Seen {
  firewall?: Firewall | undefined;
  route?: Route | undefined;
  'local-network'?: LocalNetwork | undefined;
  'port-sockets'?: PortSockets | undefined;
  identity?: Identity | undefined;
}

function unreadRules(identity: Identity | undefined): string {
  return `the firewall rules of this machine${identity?.elevated === false ? ', which only root may read' : ''}`;
}

function caseOf(attempt: ConnectionAttempt, to: SocketAddress, facts: Seen, target: Target): Case {
  const { firewall, 'local-network': network, 'port-sockets': sockets } = facts;
  const { address } = to;
  const isOwn = network?.addresses.some((own) => own.address === address) ?? false;
  const isLocal = isOwn || isLoopback(address) || isWildcard(address);
  const route = facts.route?.to === address ? facts.route : null;
  const clientAddress = isLocal ? address : route?.sourceAddress;
  const frontEnd = firewall?.frontEnd ?? null;
  const stopping = firewall?.stopping.filter((rule) => rule.address === address) ?? [];
  const isOwnTool = isLocal && frontEnd !== null;
  return {
    attempt,
    to,
    isLocal,
    rules: stopping.toSorted((left, right) => doubt(left) - doubt(right)),
    isComplete: firewall?.consulted === true && firewall.complete,
    isInUse: sockets?.sockets.some(({ row }) => row.state === 'ESTABLISHED' && row.local.address === address) ?? false,
    listeners: sockets === undefined ? null : listenersOf(sockets).filter(({ row }) => covers(row.local, to)),
    route,
    frontEnd,
    unread: unreadRules(facts.identity),
    args: {
      ...targetArgs(target),
      address,
      port: to.port,
      ...(clientAddress === undefined || clientAddress === null ? {} : { clientAddress }),
      ...(isOwnTool ? { firewallTool: frontEnd } : {}),
    },
  };
}

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'possible'];

/** One finding a cause, the surest; else what stayed unknown; else the reasons to pass. */
function combine(verdicts: readonly Verdict[]): Verdict {
  const findings = verdicts
    .flatMap((verdict) => (verdict.outcome === 'fail' ? verdict.findings : []))
    .toSorted((left, right) => CONFIDENCES.indexOf(left.confidence) - CONFIDENCES.indexOf(right.confidence));
  const [first, ...others] = findings.filter(
    ({ cause }, index) => findings.findIndex((other) => other.cause === cause) === index,
  );
  if (first !== undefined) return fail(first, ...others);
  const open = verdicts.find((verdict) => verdict.outcome === 'unknown');
  return open ?? pass(...verdicts.flatMap((verdict) => (verdict.outcome === 'pass' ? verdict.evidence : [])));
}

export default defineCheck({
  id: 'firewall-lets-connection-through',
  claim: 'no firewall stops the connection',
  hop: 'firewall',
  requests: ['attach'],
  needs: ['connection'],
  uses: ['firewall', 'route', 'local-network', 'port-sockets', 'identity'],
  dependsOn: ['target-is-well-formed', 'name-resolves', 'route-leads-there'],
  causes: [
    'firewall-drops-packets',
    'firewall-rejects-connection',
    'firewall-limits-connection-rate',
    'firewall-blocks-loopback',
  ],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: ({ connection, ...facts }, target) => {
    const accepted = acceptedAttempt(connection);
    if (accepted !== null)
      return pass(evidence(`${placeOf(accepted)} accepted the connection`, { socket: placeOf(accepted) }));
    const verdicts = connection.attempts.flatMap((attempt) =>
      'path' in attempt.to ? [] : [judge(caseOf(attempt, attempt.to, facts, target))],
    );
    return verdicts.length === 0 ? unknown('no address was dialled') : combine(verdicts);
  },
});
