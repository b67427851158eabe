import check from '../../checks/firewall-lets-connection-through.js';
import { evaluateChecks, type Observations } from '../../src/engine/evaluate.js';
import type {
  ConnectionAttempt,
  Firewall,
  FirewallRule,
  LocalNetwork,
  PortSockets,
  Route,
  TcpState,
} from '../../src/model/facts.js';
import { observed, unavailable } from '../../src/model/observation.js';
import type { CheckResult } from '../../src/model/report.js';
import type { Target } from '../../src/model/target.js';

export const PORT = 17170;
export const OWN = '10.77.0.2';
export const REMOTE = '192.0.2.7';

const TARGET: Target = {
  name: 't',
  request: 'attach',
  adapter: 'tcp',
  host: OWN,
  port: PORT,
  socketPath: null,
  portRange: [PORT, PORT],
  pid: null,
  command: [],
  cwd: '/',
  logFiles: [],
  serverLogFile: null,
  errorText: null,
  settings: null,
  source: { kind: 'default' },
};

/** `timed-out`, `not-tried`, `connected`, or an errno name. */
export function attempt(address: string, end: string, durationMs = 3): ConnectionAttempt {
  const outcome = end === 'timed-out' || end === 'not-tried' || end === 'connected' ? end : 'failed';
  return {
    to: { address, family: address.includes(':') ? 6 : 4, port: PORT },
    outcome,
    errorCode: outcome === 'failed' ? end : null,
    durationMs,
    sent: '',
    received: '',
    closedByPeer: false,
    answeredBy: null,
    serverVersion: null,
    handshakeDone: false,
    answerExpected: false,
    notTriedBecause: outcome === 'not-tried' ? 'it would be disturbed' : null,
  };
}

export function rule(action: FirewallRule['action'], more: Partial<FirewallRule> = {}): FirewallRule {
  return {
    tool: 'nft',
    address: OWN,
    direction: 'input',
    action,
    rejectWith: action === 'reject' ? 'port-unreachable' : null,
    rule: `tcp dport ${PORT} ${action}`,
    chain: 'inet filter input',
    namesPort: true,
    sure: true,
    ...more,
  };
}

export function rules(complete: boolean, ...stopping: FirewallRule[]): Firewall {
  return { consulted: true, stopping, frontEnd: 'nft', complete };
}

export function sockets(
  ...rows: readonly (readonly [address: string, state: TcpState, receiveQueue?: number])[]
): PortSockets {
  return {
    port: PORT,
    sockets: rows.map(([address, state, receiveQueue = 0]) => {
      const family = address.includes(':') ? 6 : 4;
      const local = { address, family, port: PORT } as const;
      const remote = { address: '0.0.0.0', family, port: 0 } as const;
      const row = { local, remote, state, receiveQueue, uid: 0, inode: 1 };
      return { row, processes: [], hidden: false, user: 'root', server: null, cgroup: null };
    }),
  };
}

const NETWORK: LocalNetwork = {
  addresses: [{ address: OWN, family: 4, internal: false, interfaceName: 'eth0' }],
  loopbackUp: true,
  ipv6Disabled: false,
  unprivilegedPortStart: 1024,
  ephemeralPorts: null,
};

/** Facts beside the attempts; what is missing could not be seen. */
export interface Seen {
  firewall?: Firewall;
  sockets?: PortSockets;
  route?: Route;
}

export function judge(attempts: readonly ConnectionAttempt[], seen: Seen = {}): CheckResult {
  const observations: Observations = {
    connection: observed({ attempts }),
    'local-network': observed(NETWORK),
    firewall: seen.firewall === undefined ? unavailable('not-permitted') : observed(seen.firewall),
    'port-sockets': seen.sockets === undefined ? unavailable('not-permitted') : observed(seen.sockets),
    route: seen.route === undefined ? unavailable('not-installed') : observed(seen.route),
  };
  const [judged] = evaluateChecks([{ ...check, dependsOn: [] }], observations, {}, TARGET);
  if (judged === undefined) throw new Error('the check was not asked');
  return judged.result;
}

/** `pass`, `unknown`, or causes with their confidence. */
export function verdict(attempts: readonly ConnectionAttempt[], seen?: Seen): string {
  const { outcome, findings } = judge(attempts, seen);
  return outcome === 'fail' ? findings.map(({ cause, confidence }) => `${cause} ${confidence}`).join(', ') : outcome;
}
