import { formatAddress, isLoopback } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import type { OwnedSocket } from '../src/model/facts.js';
import { acceptedAttempt, listenerEvidence, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

const OPTION = '--remote-debugging-address=';

/** The address beyond loopback that a browser was told to listen on, where it listens on loopback all the same. */
function ignoredAddress({ server, row }: OwnedSocket): string | null {
  const option = server?.adapter === 'chrome' ? server.process.command.findLast((word) => word.startsWith(OPTION)) : '';
  const wanted = option?.slice(OPTION.length) ?? '';
  return wanted === '' || isLoopback(wanted) || !isLoopback(row.local.address) ? null : wanted;
}

export default defineCheck({
  id: 'browser-listens-where-it-was-told',
  claim: 'the browser listens on the address that its command line asks for',
  hop: 'address',
  requests: ['attach'],
  needs: ['connection', 'port-sockets', 'resolution', 'local-network'],
  uses: [],
  dependsOn: ['target-is-well-formed', 'name-resolves'],
  causes: ['debug-address-flag-ignored'],
  appliesTo: ({ adapter, port, host }) => adapter === 'chrome' && port !== null && host !== null,
  evaluate: ({ connection, 'port-sockets': sockets, resolution, 'local-network': network }, target) => {
    const accepted = acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const own = network.addresses.filter(({ address }) => !isLoopback(address)).map(({ address }) => address);
    const dialled = resolution.addresses.find(({ address }) => own.includes(address));
    const listener = listenersOf(sockets).find((socket) => ignoredAddress(socket) !== null);
    if (listener === undefined || dialled === undefined)
      return pass(evidence('no browser was told to listen beyond its loopback in vain'));
    const { address, port } = listener.row.local;
    const option = `${OPTION}${ignoredAddress(listener)}`;
    return fail(
      finding(
        'debug-address-flag-ignored',
        'certain',
        { ...targetArgs(target), address: dialled.address, otherAddress: address, otherPort: port },
        evidence(`the client dials ${dialled.address}; ${option} is ignored: ${formatAddress(listener.row.local)}`),
        ...listenerEvidence(listener),
      ),
    );
  },
});
