import { defineCheck, pass, unknown } from '../src/model/check.js';
import { describeOwner, listenerEvidence, listenersOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';

export default defineCheck({
  id: 'port-owner-is-seen',
  claim: 'whoever holds the port can be seen',
  hop: 'process',
  requests: ['launch'],
  needs: ['port-sockets'],
  uses: [],
  dependsOn: ['target-is-well-formed'],
  causes: [],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ 'port-sockets': sockets }) => {
    const listeners = listenersOf(sockets);
    const unseen = listeners.find(({ hidden }) => hidden);
    if (unseen !== undefined) {
      const group = unseen.cgroup === null ? '' : ` in ${unseen.cgroup}`;
      const whose = `the listener belongs to user ${unseen.user} (uid ${unseen.row.uid})${group}`;
      return unknown(`${whose}; its process may not be seen from here`, ...listenerEvidence(unseen));
    }
    const [owner] = listeners.flatMap(({ processes }) => processes);
    return pass(evidence(owner === undefined ? 'nothing listens on the port' : describeOwner(owner)));
  },
});
