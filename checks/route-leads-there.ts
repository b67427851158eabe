import { isLoopback } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass, unknown, type Verdict } from '../src/model/check.js';
import type { ConnectionAttempt, LocalNetwork, Route } from '../src/model/facts.js';
import { acceptedAttempt, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** A neighbour that does not answer makes the kernel give up after seconds; a router or a firewall refuses at once. */
const NEIGHBOUR_SILENT_MS = 900;

/** Errors that come from the routing table itself. */
const NO_ROUTE_ERRORS = ['ENETUNREACH', 'ENETDOWN'];

function addressOf({ to }: ConnectionAttempt): string {
  return 'path' in to ? '' : to.address;
}

function judgeFailure(
  attempt: ConnectionAttempt,
  route: Route | undefined,
  network: LocalNetwork | undefined,
  target: Target,
): Verdict {
  const args = targetArgs(target);
  const place = placeOf(attempt);
  const address = addressOf(attempt);
  if (isLoopback(address)) {
    if (network?.loopbackUp !== false) return pass(evidence('loopback needs no route, and its interface is up'));
    const down = evidence('no loopback interface is up on this machine');
    return fail(finding('local-network-stack-broken', 'certain', { ...args, address }, down));
  }
  if (route?.reachable === false) {
    const kind = route.kind === null ? 'no route' : `the route "${route.kind}"`;
    const known = { ...args, address, ...(route.kind === null ? {} : { detail: route.kind }) };
    return fail(finding('no-route-to-host', 'certain', known, evidence(`this machine has ${kind} for ${address}`)));
  }
  const code = attempt.errorCode ?? '';
  if (NO_ROUTE_ERRORS.includes(code)) {
    return fail(finding('no-route-to-host', 'certain', { ...args, address }, evidence(`${place} failed with ${code}`)));
  }
  if (code === 'EHOSTUNREACH' && attempt.durationMs >= NEIGHBOUR_SILENT_MS) {
    const text = `${place} failed with ${code} after ${Math.round(attempt.durationMs)} ms: the address does not answer on its network`;
    return fail(finding('no-route-to-host', 'likely', { ...args, address }, evidence(text)));
  }
  if (route === undefined) return unknown(`whether a route leads to ${address}`);
  return pass(evidence(`${address} is routed through ${route.interfaceName ?? 'this machine'}`));
}

export default defineCheck({
  id: 'route-leads-there',
  claim: 'a route leads to the address',
  hop: 'route',
  requests: ['attach'],
  needs: ['connection'],
  uses: ['route', 'local-network'],
  dependsOn: ['target-is-well-formed', 'name-resolves', 'ipv6-is-enabled'],
  causes: ['no-route-to-host', 'local-network-stack-broken'],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: ({ connection, route, 'local-network': network }, target) => {
    const accepted = acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const refused = connection.attempts.find(({ errorCode }) => errorCode === 'ECONNREFUSED');
    if (refused !== undefined) return pass(evidence(`${placeOf(refused)} answered, with a refusal`));
    const [first] = connection.attempts;
    if (first === undefined) return unknown('no address was dialled');
    if (first.outcome === 'not-tried' && !isLoopback(addressOf(first)))
      return unknown(first.notTriedBecause ?? 'not dialled');
    return judgeFailure(first, route, network, target);
  },
});
