import { covers } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass, unknown, type Finding } from '../src/model/check.js';
import type { FindingArgs } from '../src/model/cause.js';
import type { ConnectionAttempt, OwnedSocket } from '../src/model/facts.js';
import { acceptedAttempt, describeOwner, listenersOf, placeOf } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { isEditor } from '../src/model/port-owner.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

/** The first line of an answer, short enough to be shown. */
function firstLine(received: string): string {
  return (received.split('\n', 1)[0] ?? '').slice(0, 120);
}

function stranger(accepted: ConnectionAttempt, listener: OwnedSocket | undefined, args: FindingArgs): Finding {
  const owner = listener?.processes[0];
  const answer =
    accepted.received === '' ? [] : [evidence(`${placeOf(accepted)} answers "${firstLine(accepted.received)}"`)];
  const process = owner === undefined ? [] : [evidence(describeOwner(owner), { file: `/proc/${owner.pid}` })];
  const who = listener?.server?.adapter ?? accepted.answeredBy;
  const known = {
    ...args,
    ...(owner === undefined ? {} : { pid: owner.pid, processName: owner.name, user: owner.user }),
    ...(who === null ? {} : { detail: who }),
  };
  const sure = accepted.answeredBy !== null || (listener?.server !== undefined && listener.server !== null);
  const certain = sure || (owner !== undefined && accepted.received !== '');
  return finding('port-answered-by-other-program', certain ? 'certain' : 'likely', known, ...answer, ...process);
}

function describeAnswer(accepted: ConnectionAttempt, adapter: string): string {
  const version = accepted.serverVersion === null ? '' : ` ${accepted.serverVersion}`;
  const whole = accepted.handshakeDone ? ', in a whole handshake' : '';
  return `${placeOf(accepted)} answers as ${adapter}${version}${whole}`;
}

/** A server that must not be dialled is judged by its command line. */
function judgePassively(listener: OwnedSocket | undefined, target: Target, because: string): ReturnType<typeof pass> {
  const server = listener?.server ?? null;
  const editor = target.adapter === 'xdebug' ? listener?.processes.find((process) => isEditor(process)) : undefined;
  if (server === null && editor !== undefined) {
    return pass(evidence(`an editor listens: ${describeOwner(editor)}`, { file: `/proc/${editor.pid}` }));
  }
  if (server === null) {
    const owners = listener?.processes ?? [];
    return unknown(because, ...owners.map((owner) => evidence(describeOwner(owner), { file: `/proc/${owner.pid}` })));
  }
  const text = `pid ${server.process.pid} is ${server.adapter} by its command line; ${because}`;
  const seen = evidence(text, { file: `/proc/${server.process.pid}/cmdline` });
  if (server.adapter === target.adapter || target.adapter === 'tcp') return pass(seen);
  const args = {
    ...targetArgs(target),
    pid: server.process.pid,
    processName: server.process.name,
    detail: server.adapter,
  };
  return fail(finding('port-answered-by-other-program', 'certain', args, seen));
}

export default defineCheck({
  id: 'wanted-debugger-answers',
  claim: 'the wanted debugger answers, and no other program',
  hop: 'protocol',
  requests: ['attach'],
  needs: ['connection'],
  uses: ['port-sockets'],
  dependsOn: [
    'unix-socket-is-served',
    'target-process-has-a-debugger',
    'listener-process-is-running',
    'server-accepts-connections',
    'server-answers',
  ],
  causes: ['port-answered-by-other-program'],
  appliesTo: () => true,
  evaluate: ({ connection, 'port-sockets': sockets }, target) => {
    const listeners = sockets === undefined ? [] : listenersOf(sockets);
    const [listener] = listeners;
    const accepted = acceptedAttempt(connection);
    if (accepted === null) {
      const [first] = connection.attempts;
      if (first === undefined || first.notTriedBecause === null) return unknown('no connection was accepted');
      const { to, notTriedBecause } = first;
      const dialled = listeners.find(({ row }) => !('path' in to) && covers(row.local, to));
      return judgePassively(dialled, target, notTriedBecause);
    }
    if (accepted.answeredBy === target.adapter)
      return pass(evidence(describeAnswer(accepted, target.adapter), { socket: placeOf(accepted) }));
    if (target.adapter === 'tcp') return pass(evidence(`${placeOf(accepted)} accepted the connection`));
    // The wanted debugger by its command line, which did not want this client.
    if (accepted.received === '' && listener?.server?.adapter === target.adapter)
      return unknown(`${describeOwner(listener.server.process)} accepted the connection and did not say a word`);
    const known = accepted.received !== '' || (listener !== undefined && listener.processes.length > 0);
    if (!known) return unknown('nothing that was seen says what listens there');
    return fail(stranger(accepted, listener, targetArgs(target)));
  },
});
