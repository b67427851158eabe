import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { describeOwner, listenersOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'listener-process-is-running',
  claim: 'neither the process that listens nor the program that it serves is stopped',
  hop: 'process',
  requests: ['attach'],
  needs: ['port-sockets'],
  uses: ['identity'],
  dependsOn: ['server-listens-on-the-port', 'server-listens-on-the-dialled-address', 'server-uses-the-dialled-family'],
  causes: ['suspended-job-holds-port'],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ 'port-sockets': sockets, identity }, target) => {
    const listeners = listenersOf(sockets);
    if (listeners.length === 0) return unknown('no listener of this machine is seen');
    const owners = listeners.flatMap(({ processes }) => processes);
    // A terminal's Ctrl-Z stops the program and not debugpy's adapter, which has a session of its own and still answers.
    const served = listeners.flatMap(({ server }) => server?.program ?? []);
    const stopped = [...owners, ...served].find(({ state }) => state === 'T');
    if (stopped !== undefined) {
      const text = `${describeOwner(stopped)} is stopped (state T)`;
      const args = { ...targetArgs(target), ...processArgs(stopped, identity) };
      return fail(
        finding('suspended-job-holds-port', 'certain', args, evidence(text, { file: `/proc/${stopped.pid}/status` })),
      );
    }
    const [owner] = owners;
    if (owner === undefined)
      return unknown(
        `the process behind the listener belongs to ${listeners[0]?.user ?? 'another user'} and may not be seen`,
      );
    return pass(evidence(`pid ${owner.pid} is in state ${owner.state}`, { file: `/proc/${owner.pid}/status` }));
  },
});
