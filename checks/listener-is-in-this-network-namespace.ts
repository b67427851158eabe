import { formatAddress, isLoopback } from '../src/model/addresses.js';
import { defineCheck, failRulingOut, finding, pass, unknown } from '../src/model/check.js';
import { acceptedAttempt, describeOwner, FORWARDERS, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'listener-is-in-this-network-namespace',
  claim: 'the server listens in the network namespace that the client is in',
  hop: 'route',
  requests: ['attach'],
  needs: ['connection', 'port-sockets'],
  uses: ['foreign-listeners'],
  dependsOn: ['target-is-well-formed', 'name-resolves'],
  causes: ['listens-in-other-network-namespace', 'loopback-bind-in-container'],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: ({ connection, 'port-sockets': sockets, 'foreign-listeners': foreign }, target) => {
    const accepted = acceptedAttempt(connection);
    const answered = accepted !== null && accepted.received !== '';
    if (answered) return pass(evidence(`${placeOf(accepted)} answered`));
    const listeners = listenersOf(sockets);
    const forwarder = listeners.find(({ processes }) => processes.some(({ name }) => FORWARDERS.includes(name)));
    if (listeners.length > 0 && forwarder === undefined) return pass(evidence(`port ${sockets.port} has a listener here`));
    const [elsewhere] = foreign?.listeners ?? [];
    if (elsewhere === undefined) {
      if (foreign === undefined || foreign.someHidden) return unknown('what listens in network namespaces of other users');
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
    const published = forwarder !== undefined && isLoopback(elsewhere.at.address);
    const cause = published ? 'loopback-bind-in-container' : 'listens-in-other-network-namespace';
    const ruledOut = [{ cause: 'server-not-started' as const, because: `${place} listens in another network namespace` }];
    return failRulingOut(ruledOut, finding(cause, 'certain', args, seen));
  },
});
