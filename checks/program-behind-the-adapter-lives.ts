import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { describeOwner, listenersOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'program-behind-the-adapter-lives',
  claim: 'the program that the debug adapter serves still runs',
  hop: 'process',
  requests: ['attach'],
  needs: ['port-sockets'],
  uses: ['identity'],
  dependsOn: ['listener-process-is-running'],
  causes: ['orphaned-debug-adapter-holds-port'],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ 'port-sockets': sockets, identity }, target) => {
    const listeners = listenersOf(sockets);
    const servers = listeners.map(({ server }) => server).filter((server) => server !== null);
    const orphan = servers.find(({ programGone }) => programGone);
    if (orphan !== undefined) {
      const args = { ...targetArgs(target), ...processArgs(orphan.process, identity), programGone: true };
      const text = `${describeOwner(orphan.process)} was started for a program, and none is connected to it any more`;
      return fail(
        finding('orphaned-debug-adapter-holds-port', 'certain', args, evidence(text, { file: '/proc/net/tcp' })),
      );
    }
    const [server] = servers;
    if (server !== undefined)
      return pass(evidence(`pid ${(server.program ?? server.process).pid} runs behind the port`));
    const seen = listeners.some(({ processes }) => processes.length > 0);
    return seen
      ? pass(evidence('the listener is no debug adapter'))
      : unknown('the process behind the listener may not be seen');
  },
});
