import { defineCheck, fail, finding, pass } from '../src/model/check.js';
import { listenerEvidence, listenersOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** What publishes a container's port on the machine. */
const PUBLISHERS: readonly string[] = ['docker-proxy', 'rootlessport', 'conmon'];

export default defineCheck({
  id: 'only-the-editor-listens',
  claim: 'no container publishes the port on which the editor listens',
  hop: 'config',
  requests: ['attach', 'launch'],
  needs: ['port-sockets'],
  uses: ['identity'],
  dependsOn: ['target-is-well-formed'],
  causes: ['debug-roles-reversed'],
  appliesTo: ({ adapter, port }) => adapter === 'xdebug' && port !== null,
  evaluate: ({ 'port-sockets': sockets, identity }, target) => {
    // PHP in a container calls the editor from there; its port need not, and must not, be published.
    const listener = listenersOf(sockets).find(({ processes }) =>
      processes.some(({ name }) => PUBLISHERS.includes(name)),
    );
    const process = listener?.processes.find(({ name }) => PUBLISHERS.includes(name));
    if (listener === undefined || process === undefined) {
      return pass(evidence(`no container publishes port ${sockets.port}`));
    }
    const args = { ...targetArgs(target), ...processArgs(process, identity), protectedProcess: true };
    return fail(finding('debug-roles-reversed', 'likely', args, ...listenerEvidence(listener)));
  },
});
