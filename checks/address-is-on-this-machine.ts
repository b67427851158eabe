import { isLoopback, isWildcard } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'address-is-on-this-machine',
  claim: 'the address to listen on belongs to this machine',
  hop: 'address',
  requests: ['launch'],
  needs: ['resolution', 'local-network'],
  uses: ['bind'],
  dependsOn: ['target-is-well-formed', 'name-resolves', 'ipv6-is-enabled'],
  causes: ['address-not-on-this-machine'],
  appliesTo: ({ host }) => host !== null,
  evaluate: ({ resolution, 'local-network': network, bind }, target) => {
    const [wanted] = resolution.addresses;
    const attempt = bind?.attempts[0];
    if (attempt?.errorCode === null) return pass(evidence(`${attempt.at.address} could be bound`));
    const address = attempt?.at.address ?? wanted?.address ?? '';
    const own = network.addresses.map((entry) => entry.address);
    if (isLoopback(address) || isWildcard(address) || own.includes(address)) {
      return pass(evidence(`${address} belongs to this machine`));
    }
    const said = attempt?.errorCode === undefined ? [] : [evidence(`binding ${address} gives ${attempt.errorCode}`)];
    const list = evidence(`the addresses of this machine are ${own.join(', ')}`);
    return fail(finding('address-not-on-this-machine', 'certain', { ...targetArgs(target), address }, ...said, list));
  },
});
