import type { Route } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { ProbeContext } from '../probe.js';

/**
 * Parses `ip -o route get ADDRESS` (ip-route(8)). iproute2 exits with 2 and an errno text for unreachable, prohibited
 * and missing routes. Null for any other output.
 */
export function parseRouteGet(to: string, exitCode: number | null, stdout: string, stderr: string): Route | null {
  const nowhere = { to, reachable: false, interfaceName: null, sourceAddress: null };
  if (exitCode === 0) {
    const words = stdout.split('\n', 1)[0]?.split(/\s+/) ?? [];
    const after = (word: string): string | null =>
      words.includes(word) ? (words[words.indexOf(word) + 1] ?? null) : null;
    const kind = ['unreachable', 'prohibit', 'blackhole'].find((name) => words[0] === name) ?? null;
    if (kind !== null) return { ...nowhere, kind };
    const interfaceName = after('dev');
    return interfaceName === null
      ? null
      : { to, reachable: true, interfaceName, sourceAddress: after('src'), kind: null };
  }
  if (stderr.includes('Network is unreachable')) return { ...nowhere, kind: null };
  if (stderr.includes('No route to host')) return { ...nowhere, kind: 'unreachable' };
  if (stderr.includes('Permission denied')) return { ...nowhere, kind: 'prohibit' };
  if (stderr.includes('Invalid argument')) return { ...nowhere, kind: 'blackhole' };
  return null;
}

/** The errno that connect(2) gives at once when the routing table forbids an address. */
const ROUTE_ERRORS: Readonly<Record<string, string | null>> = { ENETUNREACH: null, EINVAL: 'blackhole' };

/**
 * The route to the address that the client dials. A connection that got through, or was refused by somebody, proves a
 * route; only otherwise is `ip` asked.
 */
export async function observeRoute({ host, see }: ProbeContext): Promise<Observation<Route>> {
  const connection = await see('connection');
  if (connection.status !== 'ok') return connection;
  const attempts = connection.value.attempts;
  const first = attempts.find(({ outcome }) => outcome === 'connected') ?? attempts[0];
  if (first === undefined || 'path' in first.to) return unavailable('unsupported');
  const to = first.to.address;
  const arrived = first.outcome === 'connected' || first.errorCode === 'ECONNREFUSED';
  if (arrived) return observed({ to, reachable: true, interfaceName: null, sourceAddress: null, kind: null });
  const argv = ['ip', '-o', 'route', 'get', to];
  const result = await host.run(argv);
  if (result.timedOut) return unavailable('timed-out', evidence('ip did not answer', { argv }));
  if (!result.started) return withoutTool(to, first.errorCode);
  const route = parseRouteGet(to, result.exitCode, result.stdout, result.stderr);
  if (route === null) return unavailable('unparsable', evidence(result.stderr || result.stdout, { argv }));
  return observed(route, evidence((result.stdout || result.stderr).trim(), { argv }));
}

/** Without iproute2 the kernel's own refusal still tells. EHOSTUNREACH may also come from a neighbour or a firewall. */
function withoutTool(to: string, errorCode: string | null): Observation<Route> {
  const kind = errorCode === null ? undefined : ROUTE_ERRORS[errorCode];
  if (kind === undefined) return unavailable('not-installed', evidence('ip is not installed'));
  return observed(
    { to, reachable: false, interfaceName: null, sourceAddress: null, kind },
    evidence(`connect said ${errorCode}`),
  );
}
