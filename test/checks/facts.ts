import { evaluateChecks, type Observations } from '../../src/engine/evaluate.js';
import type { Check } from '../../src/model/check.js';
import type {
  Bind,
  Connection,
  ConnectionAttempt,
  DebugServer,
  FactMap,
  Identity,
  LocalNetwork,
  LogHit,
  OwnedSocket,
  PortSockets,
  ProcessInfo,
  Resolution,
  SocketAddress,
  SocketRow,
} from '../../src/model/facts.js';
import { observed } from '../../src/model/observation.js';
import type { Target } from '../../src/model/target.js';

const PORT = 5678;
export const OWN = '10.20.0.2';
export const REMOTE = '10.20.0.9';
const USER_ID = 1000;

export function attach(changes: Partial<Target> = {}): Target {
  return {
    name: 'sample',
    request: 'attach',
    adapter: 'debugpy',
    host: '127.0.0.1',
    port: PORT,
    socketPath: null,
    portRange: [PORT, PORT + 9],
    pid: null,
    command: [],
    cwd: '/project',
    logFiles: [],
    serverLogFile: null,
    errorText: null,
    settings: null,
    source: { kind: 'default' },
    ...changes,
  };
}

export function launch(changes: Partial<Target> = {}): Target {
  return attach({ request: 'launch', command: ['python3', 'app.py'], ...changes });
}

export function address(text: string, port = PORT): SocketAddress {
  return { address: text, family: text.includes(':') ? 6 : 4, port };
}

export function resolution(addresses: readonly string[], changes: Partial<Resolution> = {}): Resolution {
  return {
    host: addresses[0] ?? 'localhost',
    literal: true,
    addresses: addresses.map((text) => ({ address: text, family: text.includes(':') ? 6 : 4 })),
    errorCode: null,
    hostsLines: null,
    ...changes,
  };
}

export function network(changes: Partial<LocalNetwork> = {}): LocalNetwork {
  const own = (text: string, internal: boolean): LocalNetwork['addresses'][number] => ({
    address: text,
    family: text.includes(':') ? 6 : 4,
    internal,
    interfaceName: internal ? 'lo' : 'eth0',
  });
  return {
    addresses: [own('127.0.0.1', true), own('::1', true), own(OWN, false)],
    loopbackUp: true,
    ipv6Disabled: false,
    unprivilegedPortStart: 1024,
    ephemeralPorts: [32_768, 60_999],
    ...changes,
  };
}

export function identity(changes: Partial<Identity> = {}): Identity {
  const base = { uid: USER_ID, userName: 'dev', elevated: false, mayBindPrivilegedPorts: false, pid: 900 };
  return { ...base, ancestors: [800, 700], ...changes };
}

export function process(changes: Partial<ProcessInfo> = {}): ProcessInfo {
  return {
    pid: 4000,
    ppid: 1,
    name: 'python3',
    command: ['/usr/bin/python3', '-m', 'debugpy', '--listen', '127.0.0.1:5678', 'app.py'],
    uid: USER_ID,
    user: 'dev',
    cwd: '/project',
    executable: '/usr/bin/python3',
    startTime: 12_345,
    startedAt: null,
    state: 'S',
    tracerPid: 0,
    sessionId: 4000,
    parents: [],
    unit: null,
    container: null,
    openFiles: 8,
    openFilesLimit: 1024,
    ...changes,
  };
}

export function server(changes: Partial<DebugServer> = {}): DebugServer {
  return {
    adapter: 'debugpy',
    role: 'adapter',
    process: process(),
    mode: null,
    variable: null,
    wantedHost: '127.0.0.1',
    wantedPort: PORT,
    listens: [address('127.0.0.1')],
    program: process({ pid: 4001 }),
    programGone: false,
    clients: 0,
    takesOneClient: false,
    ...changes,
  };
}

/** A socket at a local address of the target's port, by default a listener that a process holds. */
export function socket(local: string, changes: Partial<SocketRow> = {}, owner: Partial<OwnedSocket> = {}): OwnedSocket {
  return {
    row: {
      local: address(local),
      remote: address('0.0.0.0', 0),
      state: 'LISTEN',
      receiveQueue: 0,
      uid: USER_ID,
      inode: 77,
      ...changes,
    },
    processes: [process()],
    hidden: false,
    server: null,
    user: 'dev',
    cgroup: null,
    ...owner,
  };
}

export function sockets(...list: OwnedSocket[]): PortSockets {
  return { port: PORT, sockets: list };
}

export function attempt(to: string, changes: Partial<ConnectionAttempt> = {}): ConnectionAttempt {
  return {
    to: to.startsWith('/') ? { path: to } : address(to),
    outcome: 'connected',
    errorCode: null,
    durationMs: 1,
    sent: '',
    received: '',
    closedByPeer: false,
    answeredBy: null,
    serverVersion: null,
    handshakeDone: false,
    answerExpected: true,
    notTriedBecause: null,
    ...changes,
  };
}

export function connection(...attempts: ConnectionAttempt[]): Connection {
  return { attempts };
}

export function answered(to = '127.0.0.1', changes: Partial<ConnectionAttempt> = {}): Connection {
  return connection(attempt(to, { received: 'Content-Length: 100', answeredBy: 'debugpy', ...changes }));
}

export function failed(errorCode: string, to = '127.0.0.1', durationMs = 1): Connection {
  return connection(attempt(to, { outcome: 'failed', errorCode, durationMs }));
}

export function timedOut(to = '127.0.0.1'): Connection {
  return connection(attempt(to, { outcome: 'timed-out', durationMs: 1000 }));
}

export function notTried(to = '127.0.0.1'): Connection {
  return connection(attempt(to, { outcome: 'not-tried', notTriedBecause: 'it would disturb' }));
}

export function bind(errorCode: string | null, at = '127.0.0.1', port = PORT): Bind {
  return { attempts: [{ at: address(at, port), errorCode }], freePort: errorCode === null ? null : PORT + 1 };
}

export function hit(changes: Partial<LogHit> = {}): LogHit {
  return {
    file: null,
    lineNumber: 1,
    text: '[Errno 98] Address already in use',
    pattern: 'sample',
    symptom: 'address-in-use',
    errno: { name: 'EADDRINUSE', number: 98 },
    captures: { port: null },
    causes: ['port-held-by-other-program'],
    ...changes,
  };
}

export type Seen = { readonly [N in keyof FactMap]?: FactMap[N] };

/** What a check makes of facts, in short: its outcome, or the causes that it establishes, each with its confidence. */
export function verdict(check: Check, seen: Seen, target: Target): string {
  const observations: Observations = Object.fromEntries(
    Object.entries(seen).map(([name, value]) => [name, observed(value)]),
  );
  const [judged] = evaluateChecks([{ ...check, dependsOn: [] }], observations, {}, target);
  if (judged === undefined) return 'not judged';
  const { outcome, findings, reason } = judged.result;
  if (outcome === 'crashed') return `crashed: ${reason}`;
  if (outcome !== 'fail') return outcome;
  return findings.map(({ cause, confidence }) => `${cause} ${confidence}`).join(', ');
}

/** The arguments of a check's first finding. */
export function firstArgs(check: Check, seen: Seen, target: Target): unknown {
  const observations: Observations = Object.fromEntries(
    Object.entries(seen).map(([name, value]) => [name, observed(value)]),
  );
  const [judged] = evaluateChecks([{ ...check, dependsOn: [] }], observations, {}, target);
  return judged?.result.findings[0]?.args;
}
