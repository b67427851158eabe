import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

const LAST_PORT = 65535;

/** Node refuses an inspector port below this, also for root. */
const NODE_FIRST_PORT = 1024;

export default defineCheck({
  id: 'target-is-well-formed',
  claim: 'host and port have a form that can work',
  hop: 'config',
  requests: ['attach', 'launch'],
  needs: [],
  uses: ['debug-servers'],
  dependsOn: [],
  causes: ['invalid-address-syntax', 'invalid-port-wrapped'],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ 'debug-servers': running }, target) => {
    const port = target.port ?? 0;
    const args = targetArgs(target);
    const first = target.request === 'attach' ? 1 : 0;
    if (port >= first && port <= LAST_PORT) {
      if (target.adapter === 'node' && target.request === 'launch' && port > 0 && port < NODE_FIRST_PORT) {
        const text = `node refuses inspector ports between 1 and ${NODE_FIRST_PORT - 1}, whoever starts it`;
        return fail(finding('invalid-address-syntax', 'certain', { ...args, limit: NODE_FIRST_PORT }, evidence(text)));
      }
      return pass(evidence(`port ${port} is between ${first} and ${LAST_PORT}`));
    }
    const outside = evidence(`port ${port} is outside ${first}..${LAST_PORT}`);
    const wrapped = running?.servers.find(
      ({ wantedPort, listens }) => wantedPort === port && (listens?.length ?? 0) > 0,
    );
    const at = wrapped?.listens?.[0];
    if (at !== undefined) {
      const text = `pid ${wrapped?.process.pid} was asked for port ${port} and listens on ${at.port}`;
      return fail(finding('invalid-port-wrapped', 'certain', { ...args, otherPort: at.port }, outside, evidence(text)));
    }
    return fail(finding('invalid-address-syntax', 'certain', args, outside));
  },
});
