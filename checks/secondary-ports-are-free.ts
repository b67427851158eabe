import { blocksBind, formatAddress } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass, unknown, type Finding } from '../src/model/check.js';
import type { Bind, Identity, SecondaryPortUse } from '../src/model/facts.js';
import { describeOwner, listenerEvidence, processArgs } from '../src/model/listeners.js';
import { evidence, type Evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';

function purposeOf({ purpose }: SecondaryPortUse): string {
  return purpose === null ? 'as the error names it' : `for ${purpose}`;
}

/** Who has the port: those that listen, else those that are connected from it. */
function holderEvidence({ sockets }: SecondaryPortUse): Evidence[] {
  const listeners = sockets.filter(({ row }) => row.state === 'LISTEN');
  if (listeners.length > 0) return listeners.flatMap((socket) => listenerEvidence(socket));
  return sockets.map(({ row, processes, user }) => {
    const [process] = processes;
    const who = process === undefined ? `user ${user}` : describeOwner(process);
    return evidence(`${formatAddress(row.local)} is in state ${row.state}: ${who}`, { file: '/proc/net/tcp' });
  });
}

function taken(use: SecondaryPortUse, target: Target, identity: Identity | undefined): Finding {
  const { port, attempt, purpose, sockets, reported } = use;
  const place = attempt === null ? `port ${port}` : formatAddress(attempt.at);
  const process = sockets.find(({ processes }) => processes.length > 0)?.processes[0];
  const args = {
    ...targetArgs(target),
    port,
    ...(purpose === null ? {} : { detail: purpose }),
    ...(attempt === null ? {} : { address: attempt.at.address }),
    ...(process === undefined ? {} : processArgs(process, identity)),
  };
  return finding(
    'secondary-port-in-use',
    purpose === null ? 'likely' : 'certain',
    args,
    evidence(`binding ${place}, ${purposeOf(use)}, gives EADDRINUSE`),
    ...holderEvidence(use),
    ...(reported === null ? [] : [evidence(reported)]),
  );
}

/** The port that is wanted for the debugger as well. */
function wantedTwice(ports: readonly SecondaryPortUse[], bind: Bind | undefined): SecondaryPortUse | null {
  const debuggers = bind?.attempts[0]?.at;
  if (debuggers === undefined) return null;
  const isSame = ({ port, attempt }: SecondaryPortUse): boolean => {
    return port === debuggers.port && attempt !== null && blocksBind(debuggers, attempt.at);
  };
  return ports.find((use) => isSame(use)) ?? null;
}

export default defineCheck({
  id: 'secondary-ports-are-free',
  claim: "nothing holds the other ports that are opened beside the debugger's",
  hop: 'port',
  requests: ['launch'],
  needs: ['secondary-ports'],
  uses: ['bind', 'identity'],
  dependsOn: ['target-is-well-formed', 'port-is-free'],
  causes: ['secondary-port-in-use'],
  // Of an unknown program nobody knows what else it opens.
  appliesTo: ({ adapter, command, logFiles, errorText }) =>
    adapter !== 'tcp' && (command.length > 0 || logFiles.length > 0 || errorText !== null),
  evaluate: ({ 'secondary-ports': { ports }, bind, identity }, target) => {
    const twice = wantedTwice(ports, bind);
    if (twice !== null) {
      const text = `the command wants port ${twice.port} for the debugger, and ${purposeOf(twice)}`;
      const args = { ...targetArgs(target), port: twice.port, processName: 'the debugger itself' };
      return fail(finding('secondary-port-in-use', 'certain', args, evidence(text)));
    }
    const [first, ...rest] = ports
      .filter(({ attempt }) => attempt?.errorCode === 'EADDRINUSE')
      .map((use) => taken(use, target, identity));
    if (first !== undefined) return fail(first, ...rest);
    const unclear = ports.find(({ attempt }) => attempt?.errorCode !== null);
    if (unclear !== undefined) {
      const why = unclear.attempt?.errorCode ?? 'an address that does not resolve';
      return unknown(`binding port ${unclear.port}, ${purposeOf(unclear)}, gives ${why}`);
    }
    const seen = ports.map((use) => evidence(`port ${use.port}, ${purposeOf(use)}, could be bound`));
    return seen.length > 0 ? pass(...seen) : pass(evidence('the debugger is asked for no other port'));
  },
});
