import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { acceptedAttempt, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'ipv6-is-enabled',
  claim: 'IPv6 is switched on where an IPv6 address is wanted',
  hop: 'address',
  requests: ['attach', 'launch'],
  needs: ['resolution', 'local-network'],
  uses: ['connection', 'bind'],
  dependsOn: ['name-resolves'],
  causes: ['ipv6-disabled'],
  appliesTo: ({ host }) => host !== null,
  evaluate: ({ resolution, 'local-network': network, connection, bind }, target) => {
    const sixes = resolution.addresses.filter(({ family }) => family === 6);
    const [first] = sixes;
    if (first === undefined) return pass(evidence('no IPv6 address is wanted'));
    const accepted = connection === undefined ? null : acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    // With an IPv4 address beside it a client or a server goes on with that one.
    if (sixes.length < resolution.addresses.length && bind?.attempts[0]?.at.family !== 6) {
      return pass(evidence('an IPv4 address is wanted as well'));
    }
    const unsupported = [...(connection?.attempts ?? []), ...(bind?.attempts ?? [])].some(
      ({ errorCode }) => errorCode === 'EAFNOSUPPORT',
    );
    if (network.ipv6Disabled === true || unsupported) {
      const text = unsupported ? 'this kernel has no IPv6' : 'net.ipv6.conf.all.disable_ipv6 or that of lo is 1';
      const args = { ...targetArgs(target), address: first.address };
      const origin = { file: '/proc/sys/net/ipv6/conf/all/disable_ipv6' };
      return fail(finding('ipv6-disabled', 'certain', args, evidence(text, origin)));
    }
    return network.ipv6Disabled === null
      ? unknown('whether IPv6 is switched on')
      : pass(evidence('IPv6 is switched on'));
  },
});
