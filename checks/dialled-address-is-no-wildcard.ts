import { isWildcard } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { acceptedAttempt, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'dialled-address-is-no-wildcard',
  claim: 'the client dials an address of one machine',
  hop: 'address',
  requests: ['attach'],
  needs: ['resolution'],
  uses: ['connection'],
  dependsOn: ['name-resolves'],
  causes: ['client-dials-wildcard-address'],
  appliesTo: ({ host }) => host !== null,
  evaluate: ({ resolution, connection }, target) => {
    const wildcard = resolution.addresses.find(({ address }) => isWildcard(address));
    if (wildcard === undefined) return pass(evidence(`${resolution.host} is an address of one machine`));
    const accepted = connection === undefined ? null : acceptedAttempt(connection);
    // Linux takes the wildcard for loopback, other systems refuse it.
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const text = `${wildcard.address} means "every address" and is only for listening`;
    return fail(finding('client-dials-wildcard-address', 'possible', targetArgs(target), evidence(text)));
  },
});
