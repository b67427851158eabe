import { defineCheck, failRulingOut, finding, pass, unknown } from '../src/model/check.js';
import type { DebugServer, ProcessInfo } from '../src/model/facts.js';
import { isElsewhere } from '../src/model/addresses.js';
import { describeOwner, placeOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

/** Google Chrome and Edge, also as Flatpak. Chromium and Chrome for Testing open the port for every profile. */
const GUARDED = /\/google\/chrome[\w-]*\/chrome$|^\/app\/extra\/(chrome|msedge)$|\/microsoft\/msedge[\w-]*\/msedge$/;

const DEFAULT_PROFILE = /\/(google-chrome|microsoft-edge)(-(beta|unstable|dev|canary))?\/?$/;

function hasDefaultProfile({ command }: ProcessInfo): boolean {
  const option = command.findLast((argument) => argument.startsWith('--user-data-dir='));
  const folder = option?.slice('--user-data-dir='.length) ?? '';
  return folder === '' || DEFAULT_PROFILE.test(folder);
}

function isBlocked({ adapter, listens, process }: DebugServer): boolean {
  const isGuarded = GUARDED.test(process.executable ?? process.command[0] ?? '');
  return adapter === 'chrome' && listens?.length === 0 && isGuarded && hasDefaultProfile(process);
}

export default defineCheck({
  id: 'browser-has-a-profile-of-its-own',
  claim: 'a browser that was given the debug port has a profile of its own',
  hop: 'tool',
  requests: ['attach'],
  needs: [],
  uses: ['debug-servers', 'connection', 'identity', 'resolution', 'local-network'],
  dependsOn: ['target-is-well-formed'],
  causes: ['chrome-default-profile-blocks-port'],
  appliesTo: ({ adapter, port }) => adapter === 'chrome' && port !== null,
  evaluate: ({ 'debug-servers': running, connection, identity, ...where }, target) => {
    const answered = connection?.attempts.find(({ answeredBy }) => answeredBy === 'chrome');
    if (answered !== undefined) return pass(evidence(`${placeOf(answered)} answers as chrome`));
    if (isElsewhere(where)) return unknown('the programs of another machine');
    if (running === undefined) return unknown('the debug servers of this machine');
    const blocked = running.servers.find((server) => server.wantedPort === target.port && isBlocked(server));
    if (blocked === undefined) return pass(evidence('no Chrome or Edge was given this port with its default profile'));
    const { process } = blocked;
    const text = `${describeOwner(process)} has the default profile and no listener`;
    return failRulingOut(
      [{ cause: 'server-not-started', because: `pid ${process.pid} was started with this debug port` }],
      // Which release it is does not show, and those before 136 open the port; a policy can close it as well. Without a
      // window a browser has another default folder (seen with Chromium 156), which may not be guarded.
      finding(
        'chrome-default-profile-blocks-port',
        process.command.includes('--headless') ? 'possible' : 'likely',
        { ...targetArgs(target), ...processArgs(process, identity) },
        evidence(text, { file: `/proc/${process.pid}` }),
      ),
    );
  },
});
