import { defineCheck, fail, finding, pass, unknown, type Verdict } from '../src/model/check.js';
import type { Connection, LaunchTool, ServerLogs } from '../src/model/facts.js';
import { evidence } from '../src/model/observation.js';
import type { Target } from '../src/model/target.js';
import { targetArgs } from '../src/model/target-args.js';
import { parseShortVersion, whyDebugpyRefuses, whyDelveRefuses } from '../src/model/version-pairs.js';

/** The commands of Delve that call Go to build the program; `dap` does when its client asks for that. */
const BUILDING = ['debug', 'test', 'dap'];

function buildsWithGo({ command }: Target): boolean {
  return command.length === 0 || BUILDING.includes(command[1] ?? '');
}

/** The two versions that have to fit, as they were read. */
interface Pair {
  what: string;
  debuggerVersion: string | null;
  other: string;
  otherVersion: string | null;
  refuses: typeof whyDelveRefuses;
}

function pairOf({ adapter }: Target, { found, toolchain }: LaunchTool): Pair {
  if (adapter === 'delve') {
    const read = { debuggerVersion: found?.version ?? null, otherVersion: toolchain?.version ?? null };
    return { what: 'Delve', other: 'Go', refuses: whyDelveRefuses, ...read };
  }
  const read = { debuggerVersion: found?.debuggerVersion ?? null, otherVersion: found?.version ?? null };
  return { what: 'debugpy', other: 'Python', refuses: whyDebugpyRefuses, ...read };
}

function judgePair(pair: Pair, target: Target): Verdict {
  const { what, debuggerVersion, other, otherVersion, refuses } = pair;
  const own = parseShortVersion(debuggerVersion ?? '');
  const others = parseShortVersion(otherVersion ?? '');
  if (own === null) return unknown(`the version of ${what} is not known`);
  if (others === null) return unknown(`the version of ${other} is not known`);
  const seen = evidence(`${what} ${debuggerVersion} meets ${other} ${otherVersion}`);
  const why = refuses(own, others);
  if (why === null) return pass(seen);
  // A client that talks to `dlv dap` may bring a program that was built elsewhere.
  const confidence = target.command[1] === 'dap' || target.command.length === 0 ? 'likely' : 'certain';
  const line = `${why}, and this is ${other} ${otherVersion}`;
  return fail(finding('versions-incompatible', confidence, { ...targetArgs(target), line }, seen, evidence(why)));
}

/** A log that names the fault, unless the debugger answers now. */
function loggedMisfit(
  logs: ServerLogs | undefined,
  connection: Connection | undefined,
  target: Target,
): Verdict | null {
  if (connection?.attempts.some(({ answeredBy }) => answeredBy === target.adapter) === true) return null;
  const hit = logs?.hits.findLast(({ causes }) => causes[0] === 'versions-incompatible');
  if (hit === undefined) return null;
  const origin = hit.file === null ? { argument: '--error' } : { file: hit.file };
  const args = { ...targetArgs(target), line: hit.text };
  return fail(finding('versions-incompatible', 'likely', args, evidence(hit.text, origin)));
}

export default defineCheck({
  id: 'versions-fit-together',
  claim: 'no known limit keeps the debugger from the version of the language that it is used with',
  hop: 'tool',
  requests: ['attach', 'launch'],
  needs: [],
  uses: ['launch-tool', 'server-logs', 'connection'],
  dependsOn: ['debugger-is-installed'],
  causes: ['versions-incompatible'],
  appliesTo: (target) => {
    const { request, adapter, logFiles, errorText } = target;
    if (request === 'attach') return logFiles.length > 0 || errorText !== null;
    return adapter === 'debugpy' || (adapter === 'delve' && buildsWithGo(target));
  },
  evaluate: ({ 'launch-tool': tool, 'server-logs': logs, connection }, target) => {
    const logged = loggedMisfit(logs, connection, target);
    if (logged !== null) return logged;
    if (target.request === 'attach') {
      return logs === undefined ? unknown('the logs') : pass(evidence('no log speaks of versions that do not fit'));
    }
    return tool === undefined ? unknown('the tool that would be started') : judgePair(pairOf(target, tool), target);
  },
});
