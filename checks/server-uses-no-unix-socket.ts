import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { acceptedAttempt, describeOwner, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'server-uses-no-unix-socket',
  claim: 'the server was not left to listen on a Unix socket instead of a port',
  hop: 'address',
  requests: ['attach'],
  needs: [],
  uses: ['connection', 'port-sockets', 'debug-servers'],
  dependsOn: ['target-is-well-formed', 'name-resolves'],
  causes: ['client-and-server-use-different-sockets'],
  // Of the debuggers it is Ruby's that does so when it is given no port.
  appliesTo: ({ adapter, port }) => adapter === 'rdbg' && port !== null,
  evaluate: ({ connection, 'port-sockets': sockets, 'debug-servers': running }, target) => {
    const accepted = connection === undefined ? null : acceptedAttempt(connection);
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    if (sockets !== undefined && listenersOf(sockets).length > 0) {
      return pass(evidence(`something listens on port ${target.port}`));
    }
    if (running === undefined) return unknown('the debug servers of this machine');
    const same = running.servers.filter(({ adapter }) => adapter === target.adapter);
    const server = same.find(({ socketPath }) => socketPath !== undefined);
    if (server?.socketPath === undefined) return pass(evidence('no server of this kind listens on a Unix socket'));
    if (same.some(({ listens }) => listens === null || listens.length > 0)) {
      return pass(evidence('a server of this kind listens on a port'));
    }
    const { process, socketPath } = server;
    const args = { ...targetArgs(target), otherAddress: socketPath, pid: process.pid };
    const text = evidence(`${describeOwner(process)} listens on ${socketPath}`, { file: '/proc/net/unix' });
    return fail(finding('client-and-server-use-different-sockets', 'likely', args, text));
  },
});
