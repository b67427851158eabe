import { isLoopback } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'name-resolves',
  claim: 'the host name resolves, and localhost means this machine',
  hop: 'name',
  requests: ['attach', 'launch'],
  needs: ['resolution'],
  uses: [],
  dependsOn: [],
  causes: ['name-does-not-resolve', 'localhost-entry-broken'],
  appliesTo: ({ host }) => host !== null,
  evaluate: ({ resolution }, target) => {
    const { host, literal, addresses, errorCode, hostsLines } = resolution;
    if (literal) return pass(evidence(`${host} is an address`));
    const args = targetArgs(target);
    const isLocalhost = host.toLowerCase() === 'localhost';
    const lines = (hostsLines ?? []).map((line) => evidence(line, { file: 'hosts file' }));
    if (errorCode !== null) {
      const said = evidence(`the resolver says ${errorCode} for ${host}`);
      const cause = isLocalhost ? 'localhost-entry-broken' : 'name-does-not-resolve';
      // EAI_AGAIN: the name server did not answer, so the name itself may be right.
      const confidence = errorCode === 'EAI_AGAIN' && !isLocalhost ? 'likely' : 'certain';
      return fail(finding(cause, confidence, { ...args, detail: errorCode }, said, ...lines));
    }
    const list = addresses.map(({ address }) => address).join(', ');
    const foreign = addresses.find(({ address }) => !isLoopback(address));
    if (isLocalhost && foreign !== undefined) {
      const said = evidence(`localhost resolves to ${list}`);
      return fail(finding('localhost-entry-broken', 'certain', { ...args, address: foreign.address }, said, ...lines));
    }
    return pass(evidence(`${host} resolves to ${list}`));
  },
});
