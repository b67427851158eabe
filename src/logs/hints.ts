import { either } from './clause.js';
import type { CauseId } from '../model/cause-ids.js';
import type { SymptomId } from '../model/symptom.js';
import { isLoopback, isPrivate, isWildcard } from './situation.js';
import type { Situation } from './situation.js';

/** A circumstance that speaks for a cause of a symptom. */
interface Hint {
  cause: CauseId;
  symptoms: readonly SymptomId[];
  applies(situation: Situation): boolean;
}

type Circumstance = (situation: Situation) => boolean;

function hint(cause: CauseId, symptoms: readonly SymptomId[], applies: Circumstance): Hint {
  return { cause, symptoms, applies };
}

const IN_USE: readonly SymptomId[] = ['address-in-use'];
const DENIED: readonly SymptomId[] = ['permission-denied'];
const REFUSED: readonly SymptomId[] = ['connection-refused'];
const UNAVAILABLE: readonly SymptomId[] = ['address-not-available'];

const mentions =
  (regexp: RegExp): Circumstance =>
  ({ around }) =>
    regexp.test(around);

/** Ports of services that a system commonly runs for everybody. */
const SERVICE_PORTS = new Set([22, 25, 80, 111, 443, 631, 1433, 3306, 5432, 6379, 8080, 11211, 27017]);

/** Where an editor waits for Xdebug. */
const XDEBUG_PORTS = new Set([9000, 9003]);

const inUseHints: readonly Hint[] = [
  hint('adb-reverse-listener-conflict', IN_USE, mentions(/\badb\b.{0,80}\breverse\b|"adb reverse"/i)),
  hint('adb-server-version-conflict', IN_USE, (s) => s.match.captures.port === 5037),
  hint('systemd-resolved-holds-port-53', IN_USE, (s) => s.platform === 'linux' && s.match.captures.port === 53),
  hint(
    'macos-airplay-receiver-holds-port',
    IN_USE,
    (s) =>
      s.platform === 'darwin' && (/\bControlCe/.test(s.around) || [5000, 7000].includes(s.match.captures.port ?? 0)),
  ),
  hint(
    'stale-unix-socket-file',
    IN_USE,
    mentions(/\b(?:unix socket|listen unix|remove socket file)\b|\.sock: bind\b/i),
  ),
  hint(
    'ephemeral-ports-exhausted',
    IN_USE,
    mentions(/\boutgoing connection\b|\bbind to local addr\b|\bconnect[ (].{0,80}EADDRINUSE/i),
  ),
  hint('old-instance-still-closing', IN_USE, mentions(/\[nodemon\]|\bwaiting for file changes\b|\bhot[- ]reload/i)),
  hint(
    'debug-options-inherited-by-child',
    IN_USE,
    mentions(
      either(
        /\bstart the daemon process\b|JAVA_TOOL_OPTIONS|NODE_OPTIONS|Debugger listening on ws:/,
        /Listening for transport dt_socket/,
      ),
    ),
  ),
  hint(
    'workers-share-one-debug-port',
    IN_USE,
    mentions(/\b(?:uwsgi|gunicorn|celery|puma|unicorn|byebug|mpirun|torchrun|worker \d)\b/i),
  ),
  hint(
    'reloader-child-listens-again',
    IN_USE,
    mentions(/\bRestarting with (?:stat|watchdog|reloader)\b|\bStatReload\b|\brunserver\b/i),
  ),
  hint('free-port-taken-before-bind', IN_USE, mentions(/\bzmq\b|\bZMQError\b/)),
  hint('secondary-port-in-use', IN_USE, mentions(/\b(?:monitor|jmx|tcl|telnet|metrics|management) port\b/i)),
  hint('overlapping-bind-address', IN_USE, mentions(/\[::\]:\d{1,5} failed\b|\bcould not bind IPv6\b/i)),
  hint(
    'two-servers-configured-for-same-port',
    IN_USE,
    mentions(/failed: address already in use[\s\S]{1,200}failed: address already in use/),
  ),
  hint('port-held-by-editor', IN_USE, (s) => XDEBUG_PORTS.has(s.match.captures.port ?? 0)),
  hint('port-held-by-managed-service', IN_USE, (s) => SERVICE_PORTS.has(s.match.captures.port ?? 0)),
  hint(
    'fixed-port-in-ephemeral-range',
    IN_USE,
    (s) => (s.match.captures.port ?? 0) >= (s.platform === 'linux' ? 32768 : 49152),
  ),
];

function lowPort(situation: Situation): boolean {
  const port = situation.match.captures.port;
  return port !== null && port > 0 && port < 1024;
}

const deniedHints: readonly Hint[] = [
  hint('selinux-denies-network', DENIED, (s) => s.platform !== 'win32' && /\bavc: {1,2}denied\b/.test(s.around)),
  hint('user-not-in-socket-group', DENIED, mentions(/\bdial unix \S{1,200}: connect\b|\bdocker\.sock\b/)),
  hint('group-membership-not-active', DENIED, mentions(/\bdial unix \S{1,200}: connect\b|\bdocker\.sock\b/)),
  hint(
    'windows-http-sys-holds-port',
    DENIED,
    (s) => s.platform === 'win32' && [80, 443].includes(s.match.captures.port ?? 0),
  ),
  hint('windows-excluded-port-range', DENIED, (s) => s.platform === 'win32'),
  hint('port-held-by-other-program', DENIED, (s) => s.platform === 'win32'),
  hint('sandbox-confines-program', DENIED, (s) => s.platform === 'darwin' && s.match.errno?.name === 'EPERM'),
  hint(
    'selinux-denies-network',
    DENIED,
    (s) => s.platform === 'linux' && s.side === 'client' && isLoopback(s.match.captures.host),
  ),
  hint('privileged-port', DENIED, (s) => s.platform !== 'win32' && s.side !== 'client' && lowPort(s)),
  hint(
    'selinux-denies-network',
    DENIED,
    (s) => s.platform === 'linux' && s.side !== 'client' && (s.match.captures.port ?? 0) >= 1024,
  ),
  hint(
    'privileged-port',
    DENIED,
    (s) => s.platform !== 'win32' && s.side === 'server' && s.match.captures.port === null,
  ),
  hint('firewall-rejects-connection', DENIED, (s) => s.platform === 'linux' && s.side === 'client'),
];

const refusedHints: readonly Hint[] = [
  hint('host-docker-internal-missing', REFUSED, mentions(/host\.docker\.internal/)),
  hint('legacy-debug-protocol', REFUSED, mentions(/in 'legacy' debug mode/)),
  hint('client-connects-too-early', REFUSED, mentions(/Node\.js version could not be determined/)),
  hint('startup-slower-than-timeout', REFUSED, mentions(/\bdid not respond within the allotted time\b/)),
  hint('client-dials-wildcard-address', REFUSED, (s) => isWildcard(s.match.captures.host)),
  hint(
    'debug-flag-not-applied',
    REFUSED,
    (s) => isLoopback(s.match.captures.host) && [9222, 9229].includes(s.match.captures.port ?? 0),
  ),
  hint('localhost-resolves-to-other-family', REFUSED, (s) =>
    ['localhost', '::1'].includes(s.match.captures.host ?? ''),
  ),
  hint('server-bound-to-unreachable-address', REFUSED, (s) => isPrivate(s.match.captures.host)),
  hint('loopback-bind-in-container', REFUSED, (s) => isPrivate(s.match.captures.host)),
  hint('server-not-started', REFUSED, (s) => isLoopback(s.match.captures.host)),
];

const addressHints: readonly Hint[] = [
  hint('client-dials-wildcard-address', UNAVAILABLE, (s) => s.side !== 'server' && isWildcard(s.match.captures.host)),
  hint(
    'macos-loopback-alias-missing',
    UNAVAILABLE,
    (s) => s.platform === 'darwin' && /^127\.0\.0\.(?!1$)/.test(s.match.captures.host ?? ''),
  ),
  hint('ipv6-disabled', UNAVAILABLE, (s) => s.match.captures.host?.includes(':') === true),
  hint('localhost-entry-broken', UNAVAILABLE, (s) => s.side === 'server' && s.match.captures.port === 0),
  hint('local-network-stack-broken', UNAVAILABLE, (s) => s.side === 'client' && isLoopback(s.match.captures.host)),
  hint('address-not-on-this-machine', UNAVAILABLE, () => true),
  hint(
    'client-dials-wildcard-address',
    UNAVAILABLE,
    (s) => s.platform === 'win32' && s.side !== 'server' && s.match.captures.host === null,
  ),
];

const NAME: readonly SymptomId[] = ['name-not-resolved'];
const TIMED_OUT: readonly SymptomId[] = ['timed-out'];
const UNREACHABLE: readonly SymptomId[] = ['host-unreachable', 'network-unreachable'];

const pathHints: readonly Hint[] = [
  hint('localhost-entry-broken', NAME, (s) => s.match.captures.host === 'localhost'),
  hint('host-docker-internal-missing', NAME, mentions(/host\.docker\.internal/)),
  hint(
    'service-name-resolves-wrongly',
    NAME,
    (s) => /^[\w-]{1,63}$/.test(s.match.captures.host ?? '') || /\[dns\]/.test(s.around),
  ),
  hint('name-does-not-resolve', NAME, () => true),
  hint('security-software-filters-loopback', TIMED_OUT, (s) => isLoopback(s.match.captures.host)),
  hint('client-dials-wrong-host', TIMED_OUT, (s) => isPrivate(s.match.captures.host)),
  hint('forwarder-has-dead-upstream', TIMED_OUT, mentions(/\bport-?forward/i)),
  hint('firewall-drops-packets', TIMED_OUT, (s) => !isLoopback(s.match.captures.host)),
  hint('macos-local-network-privacy', UNREACHABLE, (s) => s.platform === 'darwin'),
  hint('firewall-rejects-connection', ['host-unreachable'], (s) => s.platform !== 'darwin'),
  hint('no-route-to-host', UNREACHABLE, () => true),
];

const attachHints: readonly Hint[] = [
  hint('lsm-denies-ptrace', ['process-not-attachable'], (s) => /permission denied/i.test(s.match.part)),
  hint(
    'container-lacks-ptrace-right',
    ['process-not-attachable'],
    mentions(/PTRACE_TRACEME: Operation not permitted|PTRACE_ATTACH, (?:\.\.\.|1)\)/),
  ),
];

const HINTS: readonly Hint[] = [
  ...inUseHints,
  ...deniedHints,
  ...refusedHints,
  ...addressHints,
  ...pathHints,
  ...attachHints,
];

/** The causes that the circumstances of a match speak for, the strongest first, each once. Pure. */
export function hintedCauses(situation: Situation): CauseId[] {
  const { symptom } = situation.match;
  const fitting = HINTS.filter((each) => each.symptoms.includes(symptom) && each.applies(situation));
  return [...new Set(fitting.map((each) => each.cause))];
}
