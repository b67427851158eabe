import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { describeOwner } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'unix-socket-is-served',
  claim: 'the path is a Unix socket, and a server listens on it',
  hop: 'port',
  requests: ['attach'],
  needs: ['unix-socket'],
  uses: ['connection'],
  dependsOn: [],
  causes: [
    'unix-socket-path-too-long',
    'stale-unix-socket-file',
    'client-and-server-use-different-sockets',
    'server-not-started',
    'user-not-in-socket-group',
    'server-not-accepting',
  ],
  appliesTo: ({ socketPath }) => socketPath !== null,
  evaluate: ({ 'unix-socket': socket, connection }, target) => {
    const { path, kind, pathBytes, pathLimit, listening, writable, process } = socket;
    const args = { ...targetArgs(target), file: path };
    const origin = { file: path };
    if (pathBytes > pathLimit) {
      const text = `the path has ${pathBytes} bytes, and a socket path may have ${pathLimit}`;
      return fail(
        finding('unix-socket-path-too-long', 'certain', { ...args, used: pathBytes, limit: pathLimit }, evidence(text)),
      );
    }
    if (kind === 'missing') {
      const text = evidence(`${path} does not exist`, origin);
      return fail(
        finding('server-not-started', 'likely', args, text),
        finding('client-and-server-use-different-sockets', 'possible', args, text),
      );
    }
    if (kind !== 'socket') {
      return fail(
        finding(
          'client-and-server-use-different-sockets',
          'certain',
          args,
          evidence(`${path} is no socket but a ${kind}`, origin),
        ),
      );
    }
    const code = connection?.attempts[0]?.errorCode ?? null;
    if (code === 'EACCES' || (!writable && code !== null)) {
      return fail(
        finding(
          'user-not-in-socket-group',
          'likely',
          args,
          evidence(`this user may not write to ${path} (${code})`, origin),
        ),
      );
    }
    if (!listening && code === 'ECONNREFUSED') {
      return fail(
        finding(
          'stale-unix-socket-file',
          'certain',
          args,
          evidence(`${path} is a socket on which nobody listens`, origin),
        ),
      );
    }
    if (code === 'EAGAIN') {
      return fail(
        finding('server-not-accepting', 'certain', args, evidence(`the queue of ${path} is full (${code})`, origin)),
      );
    }
    if (code === 'EPROTOTYPE') {
      const text = `${path} is a socket for datagrams, and a debugger needs a stream (${code})`;
      return fail(finding('client-and-server-use-different-sockets', 'certain', args, evidence(text, origin)));
    }
    if (connection === undefined) return unknown('the socket was not dialled');
    return pass(evidence(process === null ? `${path} has a listener` : describeOwner(process), origin));
  },
});
