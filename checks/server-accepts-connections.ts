import { covers, formatAddress } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import type { ProcessInfo } from '../src/model/facts.js';
import { acceptedAttempt, listenersOf, placeOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

function isOutOfFiles({ openFiles, openFilesLimit }: ProcessInfo): boolean {
  return openFiles !== null && openFilesLimit !== null && openFiles >= openFilesLimit;
}

export default defineCheck({
  id: 'server-accepts-connections',
  claim: 'the server takes new connections from its queue',
  hop: 'process',
  requests: ['attach'],
  needs: ['connection', 'port-sockets'],
  uses: ['identity'],
  dependsOn: ['listener-process-is-running'],
  causes: ['server-not-accepting', 'file-descriptors-exhausted'],
  appliesTo: ({ port }) => port !== null,
  evaluate: ({ connection, 'port-sockets': sockets, identity }, target) => {
    const listeners = listenersOf(sockets);
    const accepted = acceptedAttempt(connection);
    if (accepted !== null && accepted.received !== '') return pass(evidence(`${placeOf(accepted)} answered`));
    const args = targetArgs(target);
    const exhausted = listeners.flatMap(({ processes }) => processes).find((process) => isOutOfFiles(process));
    if (exhausted !== undefined) {
      const { pid, openFiles, openFilesLimit } = exhausted;
      const text = `pid ${pid} has ${openFiles} of ${openFilesLimit} files open`;
      const known = { ...args, ...processArgs(exhausted, identity), used: openFiles ?? 0, limit: openFilesLimit ?? 0 };
      return fail(
        finding('file-descriptors-exhausted', 'certain', known, evidence(text, { file: `/proc/${pid}/limits` })),
      );
    }
    if (accepted !== null) return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    const late = connection.attempts.find(({ outcome, to }) => {
      return outcome === 'timed-out' && !('path' in to) && listeners.some(({ row }) => covers(row.local, to));
    });
    const because =
      connection.attempts[0]?.notTriedBecause ?? 'nothing is seen of a server that takes connections here';
    if (late === undefined) return unknown(because);
    const full = listeners.find(({ row }) => row.receiveQueue > 0);
    if (full === undefined) return pass(evidence('no connection waits in the queue of the listener'));
    const [owner] = full.processes;
    const text = `${placeOf(late)} did not answer, and ${full.row.receiveQueue} connection(s) wait in the queue of ${formatAddress(full.row.local)}`;
    const known = {
      ...args,
      ...(owner === undefined ? {} : processArgs(owner, identity)),
      used: full.row.receiveQueue,
    };
    return fail(finding('server-not-accepting', 'certain', known, evidence(text, { file: '/proc/net/tcp' })));
  },
});
