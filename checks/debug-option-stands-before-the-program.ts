import { defineCheck, fail, failRulingOut, finding, pass, unknown, type Verdict } from '../src/model/check.js';
import type { DebugServers, Identity, MisplacedDebugOption } from '../src/model/facts.js';
import { isElsewhere } from '../src/model/addresses.js';
import { describeOwner, listenersOf, placeOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** A running program counts for the port that it was to open, a command to be launched whatever its port. */
function isMeant({ adapter, port, process }: MisplacedDebugOption, target: Target): boolean {
  if (adapter !== target.adapter) return false;
  return target.request === 'launch' ? process === null : process !== null && port === target.port;
}

function judge({ misplaced }: DebugServers, identity: Identity | undefined, target: Target): Verdict {
  const found = misplaced?.find((option) => isMeant(option, target));
  if (found === undefined) return pass(evidence('no program gets the debug option that was meant for its runtime'));
  const { process, option } = found;
  const args = { ...targetArgs(target), detail: option };
  if (process === null) {
    const text = `"${option}" would be an argument of the program: ${target.command.join(' ')}`;
    return fail(finding('debug-flag-not-applied', 'certain', args, evidence(text)));
  }
  return failRulingOut(
    [{ cause: 'server-not-started', because: `pid ${process.pid} runs, and took the debug option for its own` }],
    finding(
      'debug-flag-not-applied',
      'certain',
      { ...args, ...processArgs(process, identity) },
      evidence(`"${option}" is an argument of the program: ${describeOwner(process)}`, {
        file: `/proc/${process.pid}/cmdline`,
      }),
    ),
  );
}

export default defineCheck({
  id: 'debug-option-stands-before-the-program',
  claim: 'the debug option stands before the name of the program, where the runtime reads it',
  hop: 'process',
  requests: ['attach', 'launch'],
  needs: [],
  uses: ['debug-servers', 'port-sockets', 'connection', 'identity', 'resolution', 'local-network'],
  dependsOn: ['target-is-well-formed'],
  causes: ['debug-flag-not-applied'],
  appliesTo: ({ adapter, port }) => port !== null && adapter !== 'tcp',
  evaluate: ({ 'debug-servers': running, 'port-sockets': sockets, connection, identity, ...where }, target) => {
    const answered = connection?.attempts.find(({ answeredBy }) => answeredBy === target.adapter);
    if (answered !== undefined) return pass(evidence(`${placeOf(answered)} answers as ${target.adapter}`));
    if (target.request === 'attach' && isElsewhere(where)) return unknown('the programs of another machine');
    const isTaken = target.request === 'attach' && sockets !== undefined && listenersOf(sockets).length > 0;
    if (isTaken) return pass(evidence(`port ${sockets.port} has a listener`));
    return running === undefined ? unknown('the programs of this machine') : judge(running, identity, target);
  },
});
