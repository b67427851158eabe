import { formatAddress, isLoopback, isWildcard } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import type { SocketAddress } from '../src/model/facts.js';
import { listenersOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** The configuration means it when it lets in anybody but this machine. */
function isIntended({ settings }: Target): boolean {
  const hosts = settings?.allowedHosts ?? [];
  return hosts.some((host) => host !== 'localhost' && !isLoopback(host));
}

export default defineCheck({
  id: 'debug-port-is-private',
  claim: 'other machines cannot reach the debug port',
  hop: 'session',
  requests: ['attach', 'launch'],
  needs: ['resolution'],
  uses: ['port-sockets'],
  dependsOn: [
    'target-is-well-formed',
    'name-resolves',
    'address-is-on-this-machine',
    'port-is-free',
    'user-may-bind-the-port',
    'wanted-debugger-answers',
  ],
  causes: ['debug-port-exposed'],
  appliesTo: ({ port, host, adapter }) => port !== null && host !== null && adapter !== 'tcp',
  evaluate: ({ resolution, 'port-sockets': sockets }, target) => {
    const wanted = resolution.addresses.map(({ address, family }) => ({ address, family, port: target.port ?? 0 }));
    const listening = sockets === undefined ? [] : listenersOf(sockets).map(({ row }) => row.local);
    const places: readonly SocketAddress[] = target.request === 'launch' ? wanted : listening;
    if (places.length === 0) return unknown('the address that the server listens on is not seen');
    const open = places.find(({ address }) => !isLoopback(address));
    if (open === undefined) return pass(evidence('the port is open on loopback only'));
    if (isIntended(target)) return pass(evidence('security.allowed_hosts lets other machines in'));
    const what = isWildcard(open.address) ? 'every address of this machine' : 'an address that other machines reach';
    const text = `${formatAddress(open)} is ${what}; whoever connects can run code here`;
    const args = { ...targetArgs(target), address: open.address };
    return fail(finding('debug-port-exposed', 'certain', args, evidence(text)));
  },
});
