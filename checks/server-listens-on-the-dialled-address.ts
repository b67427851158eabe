import { covers, formatAddress, isLoopback } from '../src/model/addresses.js';
import { defineCheck, failRulingOut, finding, pass, unknown } from '../src/model/check.js';
import { acceptedAttempt, listenerEvidence, listenersOf, placeOf } from '../src/model/listeners.js';
import type { OwnedSocket } from '../src/model/facts.js';
import { evidence, type Evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** Why the server listens there although nobody named that address; nothing where somebody did. */
function defaultAddress({ row, server }: OwnedSocket): Evidence[] {
  const isBare = server?.adapter === 'jdwp' && server.wantedHost === null && server.wantedPort === row.local.port;
  if (!isBare || !isLoopback(row.local.address)) return [];
  const { port } = row.local;
  return [
    evidence(
      `address=${port} without a host: Java 9 and later listen on loopback then, and on address=*:${port} everywhere`,
    ),
  ];
}

export default defineCheck({
  id: 'server-listens-on-the-dialled-address',
  claim: 'the server listens on the address that the client dials',
  hop: 'address',
  requests: ['attach'],
  needs: ['connection', 'port-sockets', 'resolution'],
  uses: ['local-network'],
  dependsOn: [
    'target-is-well-formed',
    'name-resolves',
    'server-uses-the-dialled-family',
    'browser-listens-where-it-was-told',
  ],
  causes: ['server-bound-to-unreachable-address'],
  appliesTo: ({ port, host }) => port !== null && host !== null,
  evaluate: ({ connection, 'port-sockets': sockets, resolution, 'local-network': network }, target) => {
    const accepted = acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const listeners = listenersOf(sockets);
    if (listeners.length === 0) return pass(evidence(`nothing listens on port ${sockets.port} of this machine`));
    const covering = listeners.find(({ row }) => resolution.addresses.some((dialled) => covers(row.local, dialled)));
    if (covering !== undefined)
      return pass(evidence(`${formatAddress(covering.row.local)} covers the dialled address`));
    const own = new Set(network?.addresses.map(({ address }) => address));
    const dialled = resolution.addresses.map(({ address }) => address);
    const isOurs = dialled.some((address) => own.has(address) || isLoopback(address));
    if (!isOurs) return unknown(`${dialled.join(', ')} is another machine, whose listeners cannot be seen from here`);
    const [listener] = listeners;
    if (listener === undefined) return pass();
    const { address, port } = listener.row.local;
    const args = { ...targetArgs(target), address: dialled[0] ?? '', otherAddress: address, otherPort: port };
    const place = formatAddress(listener.row.local);
    return failRulingOut(
      [{ cause: 'server-not-started', because: `${place} listens` }],
      finding(
        'server-bound-to-unreachable-address',
        'certain',
        args,
        evidence(`the client dials ${dialled.join(', ')}; the server listens only on ${place}`),
        ...listenerEvidence(listener),
        ...defaultAddress(listener),
      ),
    );
  },
});
