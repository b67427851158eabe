import { formatAddress, isLoopback, isWildcard } from '../src/model/addresses.js';
import { defineCheck, failRulingOut, finding, pass, unknown } from '../src/model/check.js';
import type { Connection, ForeignListener, LocalNetwork } from '../src/model/facts.js';
import { acceptedAttempt, describeOwner, FORWARDERS, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** The dialled addresses, when none of them is one of this machine. */
function dialledElsewhere({ attempts }: Connection, network: LocalNetwork | undefined): string[] {
  const dialled = attempts.flatMap(({ to }) => ('path' in to ? [] : [to.address]));
  const own = new Set(network?.addresses.map(({ address }) => address));
  const isOurs = (address: string): boolean => isLoopback(address) || isWildcard(address) || own.has(address);
  return network === undefined || dialled.some((address) => isOurs(address)) ? [] : dialled;
}

/** Whether the listener is in the namespace that was dialled, and yet out of reach on its loopback. */
function isLoopbackOf({ at, namespaceAddresses }: ForeignListener, dialled: readonly string[]): boolean {
  return isLoopback(at.address) && dialled.some((address) => namespaceAddresses.includes(address));
}

export default defineCheck({
  id: 'listener-is-in-this-network-namespace',
  claim: 'the server listens in the network namespace that the client is in',
  hop: 'route',
  requests: ['attach'],
  needs: ['connection', 'port-sockets'],
  uses: ['foreign-listeners', 'local-network'],
  dependsOn: ['target-is-well-formed', 'name-resolves'],
  causes: ['listens-in-other-network-namespace', 'loopback-bind-in-container'],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: (
    { connection, 'port-sockets': sockets, 'foreign-listeners': foreign, 'local-network': network },
    target,
  ) => {
    const accepted = acceptedAttempt(connection);
    const answered = accepted !== null && accepted.received !== '';
    if (answered) return pass(evidence(`${placeOf(accepted)} answered`));
    const listeners = listenersOf(sockets);
    const forwarder = listeners.find(({ processes }) => processes.some(({ name }) => FORWARDERS.includes(name)));
    if (listeners.length > 0 && forwarder === undefined)
      return pass(evidence(`port ${sockets.port} has a listener here`));
    const dialled = dialledElsewhere(connection, network);
    // Other namespaces matter to a client of this machine; to one of another address only the namespace that has it.
    const elsewhere = foreign?.listeners.find((listener) => dialled.length === 0 || isLoopbackOf(listener, dialled));
    if (elsewhere === undefined) {
      if (foreign === undefined || foreign.someHidden)
        return unknown('what listens in network namespaces of other users');
      return pass(evidence('no other network namespace has a listener on this port'));
    }
    const place = formatAddress(elsewhere.at);
    const { container, pid, name } = elsewhere.process;
    const args = {
      ...targetArgs(target),
      otherAddress: elsewhere.at.address,
      otherPort: elsewhere.at.port,
      pid,
      processName: name,
      ...(container === null ? {} : { container }),
    };
    const seen = evidence(
      `${place} listens in another network namespace (${elsewhere.namespace}): ${describeOwner(elsewhere.process)}`,
      { file: `/proc/${pid}/net/tcp` },
    );
    const reached = dialled.length > 0 || forwarder !== undefined;
    const cause =
      reached && isLoopback(elsewhere.at.address) ? 'loopback-bind-in-container' : 'listens-in-other-network-namespace';
    const ruledOut = [
      { cause: 'server-not-started' as const, because: `${place} listens in another network namespace` },
    ];
    return failRulingOut(ruledOut, finding(cause, 'certain', args, seen));
  },
});
