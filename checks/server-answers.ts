import { defineCheck, fail, finding, pass, unknown, type Verdict } from '../src/model/check.js';
import type { FindingArgs } from '../src/model/cause.js';
import type { ConnectionAttempt, OwnedSocket, PortSockets } from '../src/model/facts.js';
import { acceptedAttempt, FORWARDERS, listenersOf, placeOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

function wedged(
  accepted: ConnectionAttempt,
  sockets: PortSockets,
  listener: OwnedSocket | undefined,
  args: FindingArgs,
): Verdict {
  const left = sockets.sockets.filter(({ row }) => row.state === 'CLOSE_WAIT' && row.inode === 0).length;
  const queue = listener?.row.receiveQueue ?? 0;
  const silence = evidence(
    `${placeOf(accepted)} accepted the connection and said nothing for ${Math.round(accepted.durationMs)} ms`,
  );
  const waiting = evidence(`${queue} connection(s) wait in its queue, ${left} of them closed by their client`, {
    file: '/proc/net/tcp',
  });
  const stuck = queue > 0 || left > 0;
  const seen = stuck ? [silence, waiting] : [silence];
  if (listener === undefined || listener.processes.length === 0) {
    // A stopped process is silent as well, and its state is out of sight.
    return fail(
      finding('debug-server-wedged', 'possible', args, ...seen),
      finding('suspended-job-holds-port', 'possible', args, ...seen),
    );
  }
  return fail(finding('debug-server-wedged', stuck ? 'certain' : 'likely', args, ...seen));
}

export default defineCheck({
  id: 'server-answers',
  claim: 'the server answers a connection that it accepted',
  hop: 'process',
  requests: ['attach'],
  needs: ['connection'],
  uses: ['port-sockets', 'identity'],
  dependsOn: ['listener-process-is-running', 'server-accepts-connections', 'program-behind-the-adapter-lives'],
  causes: ['debug-server-wedged', 'suspended-job-holds-port', 'forwarder-has-dead-upstream'],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ connection, 'port-sockets': sockets, identity }, target) => {
    const accepted = acceptedAttempt(connection);
    if (accepted === null) return unknown(connection.attempts[0]?.notTriedBecause ?? 'no connection was accepted');
    if (accepted.received !== '')
      return pass(evidence(`${placeOf(accepted)} answered ${accepted.received.length} bytes`));
    const known = sockets ?? { port: target.port ?? 0, sockets: [] };
    const [listener] = listenersOf(known);
    const owner = listener?.server?.process ?? listener?.processes[0];
    const args = { ...targetArgs(target), ...(owner === undefined ? {} : processArgs(owner, identity)) };
    if (accepted.closedByPeer && owner !== undefined && FORWARDERS.includes(owner.name)) {
      const text = `${owner.name} (pid ${owner.pid}) accepted the connection and closed it at once`;
      return fail(finding('forwarder-has-dead-upstream', 'likely', args, evidence(text)));
    }
    if (!accepted.answerExpected) return pass(evidence('the listener is nothing that would speak first'));
    if (accepted.closedByPeer) return unknown('the server closed the connection without a word');
    return wedged(accepted, known, listener, args);
  },
});
