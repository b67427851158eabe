import { formatAddress } from '../src/model/addresses.js';
import { debuggerOf } from '../src/model/attachable.js';
import { defineCheck, fail, finding, pass, unknown } from '../src/model/check.js';
import { describeOwner, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** A text that a program such as puma or npm shows in the place of its arguments. */
function isTitle(command: readonly string[]): boolean {
  return command.length === 1 && command[0]?.includes(' ') === true;
}

export default defineCheck({
  id: 'target-process-has-a-debugger',
  claim: 'the process lives and has a debug server',
  hop: 'process',
  requests: ['attach'],
  needs: ['target-process'],
  uses: ['debug-servers', 'identity'],
  dependsOn: [],
  causes: ['server-not-started', 'debug-flag-not-applied', 'server-continued-without-debugger'],
  appliesTo: ({ pid }) => pid !== null,
  evaluate: ({ 'target-process': { pid, process, server, calls }, 'debug-servers': running, identity }, target) => {
    const args = targetArgs(target);
    if (process === null || process.state === 'Z') {
      return fail(
        finding(
          'server-not-started',
          'certain',
          { ...args, pid },
          evidence(process === null ? `there is no process ${pid}` : `process ${pid} has ended`, { file: '/proc' }),
        ),
      );
    }
    const at = server?.listens?.[0];
    if (server !== null && at !== undefined)
      return pass(evidence(`${server.adapter} listens for pid ${pid} on ${formatAddress(at)}`));
    if (server?.socketPath !== undefined)
      return pass(evidence(`${server.adapter} listens for pid ${pid} on ${server.socketPath}`));
    const own = running?.servers.find((candidate) => candidate.process.pid === pid);
    const known = { ...args, ...processArgs(process, identity) };
    const who = evidence(describeOwner(process), { file: `/proc/${pid}/cmdline` });
    if (own !== undefined && own.listens === null) return unknown(`the sockets of pid ${pid} may not be seen`, who);
    if (own !== undefined) return fail(finding('server-continued-without-debugger', 'certain', known, who));
    if (calls !== undefined) {
      const place = [calls.host, calls.port].filter((part) => part !== null).join(':');
      return unknown(
        `pid ${pid} does not listen: with ${calls.adapter} it calls an editor${place === '' ? '' : ` at ${place}`}`,
        who,
      );
    }
    if (isTitle(process.command)) return unknown(`pid ${pid} wrote a title over its command line and its options`, who);
    // A bare pid names no debugger; the runtime of the program does.
    const adapter = target.adapter === 'tcp' ? (debuggerOf(process) ?? 'tcp') : target.adapter;
    return fail(finding('debug-flag-not-applied', 'certain', { ...known, adapter }, who));
  },
});
