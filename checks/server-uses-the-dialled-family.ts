import { formatAddress, isLoopback, isWildcard } from '../src/model/addresses.js';
import { defineCheck, failRulingOut, finding, pass, unknown } from '../src/model/check.js';
import { acceptedAttempt, listenerEvidence, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'server-uses-the-dialled-family',
  claim: 'the server listens in the IP family that the client dials',
  hop: 'name',
  requests: ['attach'],
  needs: ['connection', 'port-sockets', 'resolution'],
  uses: [],
  dependsOn: ['target-is-well-formed', 'name-resolves'],
  causes: ['localhost-resolves-to-other-family'],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: ({ connection, 'port-sockets': sockets, resolution }, target) => {
    const accepted = acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const listeners = listenersOf(sockets);
    if (listeners.length === 0) return pass(evidence(`nothing listens on port ${sockets.port} in either family`));
    const families = new Set(resolution.addresses.map(({ family }) => family));
    const other = listeners.find(({ row }) => !families.has(row.local.family));
    const same = listeners.some(({ row }) => families.has(row.local.family));
    const reachable =
      other !== undefined && (isLoopback(other.row.local.address) || isWildcard(other.row.local.address));
    if (same || !reachable) return pass(evidence('a listener has the family that is dialled'));
    // A dual-stack listener would have taken the connection; one that may not be dialled cannot be judged.
    if (connection.attempts.every(({ outcome }) => outcome === 'not-tried') && isWildcard(other.row.local.address)) {
      return unknown('whether the IPv6 listener takes IPv4 as well');
    }
    const { address, port } = other.row.local;
    const dialled = connection.attempts.map((attempt) => placeOf(attempt)).join(' and ');
    const args = { ...targetArgs(target), otherAddress: address, otherPort: port };
    return failRulingOut(
      [{ cause: 'server-not-started', because: `${formatAddress(other.row.local)} listens` }],
      finding(
        'localhost-resolves-to-other-family',
        'certain',
        args,
        evidence(`the client dials ${dialled}; the server listens on ${formatAddress(other.row.local)}`),
        ...listenerEvidence(other),
      ),
    );
  },
});
