import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { listenersOf, servedClient } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'client-slot-is-free',
  claim: 'the server has room for another client',
  hop: 'session',
  requests: ['attach'],
  needs: ['port-sockets'],
  uses: ['port-clients'],
  dependsOn: ['listener-process-is-running', 'wanted-debugger-answers'],
  causes: ['single-client-server-used-up'],
  // An editor that listens takes a session from every program that calls.
  appliesTo: ({ port, adapter }) => port !== null && adapter !== 'xdebug',
  evaluate: ({ 'port-sockets': sockets, 'port-clients': seen }, target) => {
    const server = listenersOf(sockets).find((socket) => socket.server !== null)?.server ?? null;
    if (server === null) return unknown('the process behind the listener is no debug server that is known');
    const { process, adapter, clients, takesOneClient } = server;
    if (!takesOneClient) return pass(evidence(`${adapter} takes several clients; ${clients} connected now`));
    if (clients === 0) return pass(evidence(`nobody is connected to ${adapter} (pid ${process.pid})`));
    const client = servedClient(seen);
    const { pid, name, user } = process;
    const args = { ...targetArgs(target), pid, processName: name, user, ...client.args };
    const text = `${adapter} (pid ${pid}) lets one client debug at a time, and ${clients} connected`;
    // Where the server goes on listening and greets everybody, a connection may be somebody who only looked.
    const confidence = adapter === 'debugpy' ? 'likely' : 'certain';
    const counted = evidence(text, { file: '/proc/net/tcp' });
    return fail(finding('single-client-server-used-up', confidence, args, counted, ...client.evidence));
  },
});
