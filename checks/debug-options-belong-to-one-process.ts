import { formatAddress } from '../src/model/addresses.js';
import { defineCheck, fail, finding, pass, unknown, type Verdict } from '../src/model/check.js';
import type {
  DebugServer,
  Identity,
  InheritedOptions,
  OwnedSocket,
  ProcessInfo,
  ServerLogs,
} from '../src/model/facts.js';
import { describeOwner, listenersOf, processArgs } from '../src/model/listeners.js';
import { evidence, type Evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';
import type { Target } from '../src/model/target.js';

/** How one process of a tree stands to another; null when they have nothing to do with each other. */
function relationOf(holder: ProcessInfo, other: ProcessInfo): 'ancestor' | 'descendant' | 'sibling' | null {
  if (other.parents.some(({ pid }) => pid === holder.pid)) return 'ancestor';
  if (holder.parents.some(({ pid }) => pid === other.pid)) return 'descendant';
  return holder.ppid === other.ppid && holder.ppid > 1 ? 'sibling' : null;
}

/** Started, and told to by its environment, to open the very address that a relative of it has. */
function findLoser(holder: DebugServer, servers: readonly DebugServer[]): DebugServer | undefined {
  return servers.find(
    ({ process, adapter, variable, wantedHost, wantedPort, listens }) =>
      variable !== null &&
      adapter === holder.adapter &&
      wantedPort === holder.wantedPort &&
      wantedHost === holder.wantedHost &&
      listens?.length === 0 &&
      process.pid !== holder.process.pid &&
      relationOf(holder.process, process) !== null,
  );
}

/** What the process is told, as its environment has it. */
function told({ process, variable }: DebugServer, text: string): Evidence {
  return evidence(`${describeOwner(process)} ${text}`, {
    file: `/proc/${process.pid}/${variable === null ? 'cmdline' : 'environ'}`,
  });
}

function judgeRelatives(
  listener: OwnedSocket,
  holder: DebugServer,
  loser: DebugServer,
  target: Target,
  identity: Identity | undefined,
): Verdict {
  const relation = relationOf(holder.process, loser.process);
  const variable = loser.variable ?? '';
  const args = {
    ...targetArgs(target),
    ...processArgs(holder.process, identity),
    variable,
    otherProcess: `${loser.process.name} (pid ${loser.process.pid})`,
  };
  return fail(
    finding(
      'debug-options-inherited-by-child',
      'certain',
      args,
      told(holder, `listens on ${formatAddress(listener.row.local)}`),
      told(loser, `is told by ${variable} to listen on port ${target.port} too, and does not`),
      evidence(`pid ${holder.process.pid} is the ${relation} of pid ${loser.process.pid}`, { file: '/proc' }),
    ),
  );
}

/** The command starts something that is told to take the port before the wanted program can. */
function judgeLauncher({ launcher }: InheritedOptions, target: Target): Verdict | null {
  if (launcher === null || launcher.option.adapter !== target.adapter) return null;
  const { program, option } = launcher;
  // Where nobody named a port, the option does.
  if (target.source.kind !== 'default' && option.port !== target.port) return null;
  const args = {
    ...targetArgs(target),
    ...(option.port === null ? {} : { port: option.port }),
    processName: program,
    variable: option.variable,
    otherProcess: 'the program that it starts',
  };
  // A Java tool may run the program in its own virtual machine; npm and its like never do.
  const confidence = option.adapter === 'node' ? 'certain' : 'likely';
  const seen = evidence(`${option.variable} holds ${option.option}, and the command starts ${program}`);
  return fail(finding('debug-options-inherited-by-child', confidence, args, seen));
}

/** A process that this very command runs under, such as `npx debug-doctor`, has the port. */
function judgeAncestor(
  { options }: InheritedOptions,
  holder: DebugServer,
  target: Target,
  identity: Identity | undefined,
): Verdict | null {
  const mine = options.find(({ variable, port }) => variable === holder.variable && port === target.port);
  if (mine === undefined || identity?.ancestors.includes(holder.process.pid) !== true) return null;
  const args = {
    ...targetArgs(target),
    ...processArgs(holder.process, identity),
    variable: mine.variable,
    otherProcess: 'what it starts',
  };
  const seen = [
    told(holder, `listens on port ${target.port} and started this command`),
    evidence(`${mine.variable} holds ${mine.option} here too`),
  ];
  return fail(finding('debug-options-inherited-by-child', 'certain', args, ...seen));
}

/** A virtual machine that cannot have its port ends at once, so that only what it said is left of it. */
function judgeLog(
  logs: ServerLogs | undefined,
  holder: DebugServer,
  target: Target,
  identity: Identity | undefined,
): Verdict | null {
  const { variable } = holder;
  const hit = logs?.hits.findLast(({ symptom, causes }) => {
    return symptom === 'address-in-use' && causes.includes('debug-options-inherited-by-child');
  });
  if (variable === null || hit === undefined) return null;
  const args = { ...targetArgs(target), ...processArgs(holder.process, identity), variable, line: hit.text };
  const seen = [
    told(holder, `has port ${target.port}, told by ${variable}`),
    evidence(hit.text, hit.file === null ? { argument: '--error' } : { file: hit.file }),
  ];
  return fail(finding('debug-options-inherited-by-child', 'likely', args, ...seen));
}

export default defineCheck({
  id: 'debug-options-belong-to-one-process',
  claim: 'no second process of the same tree is told by a variable to take the port',
  hop: 'process',
  requests: ['attach', 'launch'],
  needs: ['inherited-options', 'port-sockets'],
  uses: ['debug-servers', 'identity', 'server-logs'],
  dependsOn: ['target-is-well-formed'],
  causes: ['debug-options-inherited-by-child'],
  appliesTo: ({ port }) => port !== null,
  evaluate: (facts, target) => {
    const { 'inherited-options': inherited, 'port-sockets': sockets, 'debug-servers': running, identity } = facts;
    const launcher = target.request === 'launch' ? judgeLauncher(inherited, target) : null;
    if (launcher !== null) return launcher;
    const listener = listenersOf(sockets).find(({ server }) => server?.adapter === target.adapter);
    const holder = listener?.server ?? null;
    if (listener === undefined || holder === null) return pass(evidence('no debugger of this kind has the port'));
    const ancestor = judgeAncestor(inherited, holder, target, identity);
    if (ancestor !== null) return ancestor;
    // Ending it, or leaving it the port, is the question of a launch, not whom it took the port from.
    if (target.request === 'launch') return pass(evidence('nothing that this command runs under has the port'));
    const logged = judgeLog(facts['server-logs'], holder, target, identity);
    if (running === undefined && holder.variable !== null) {
      return logged ?? unknown('which other processes were told to take the port');
    }
    const loser = running === undefined ? undefined : findLoser(holder, running.servers);
    if (loser !== undefined) return judgeRelatives(listener, holder, loser, target, identity);
    return logged ?? pass(evidence(`pid ${holder.process.pid} alone is told to listen on port ${target.port}`));
  },
});
