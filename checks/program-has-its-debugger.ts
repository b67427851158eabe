import { defineCheck, failRulingOut, finding, pass, unknown } from '../src/model/check.js';
import { describeOwner, placeOf, processArgs } from '../src/model/listeners.js';
import { evidence } from '../src/model/observation.js';
import { targetArgs } from '../src/model/target-args.js';

export default defineCheck({
  id: 'program-has-its-debugger',
  claim: 'every program that was started with this debug port listens on it',
  hop: 'process',
  requests: ['attach'],
  needs: [],
  uses: ['debug-servers', 'connection', 'port-sockets', 'identity', 'server-logs'],
  dependsOn: ['target-is-well-formed', 'browser-has-a-profile-of-its-own', 'debug-options-belong-to-one-process'],
  causes: ['server-continued-without-debugger'],
  appliesTo: ({ port }) => port !== null,
  evaluate: (
    { 'debug-servers': running, connection, 'port-sockets': sockets, identity, 'server-logs': logs },
    target,
  ) => {
    const answered = connection?.attempts.find(({ answeredBy }) => answeredBy === target.adapter);
    if (answered !== undefined) return pass(evidence(`${placeOf(answered)} answers as ${target.adapter}`));
    if (running === undefined) return unknown('the debug servers of this machine');
    const { servers } = running;
    const same = servers.filter(({ adapter, wantedPort }) => adapter === target.adapter && wantedPort === target.port);
    // debugpy's adapter listens on behalf of the program, which itself never does.
    const served = same.some(({ role, listens }) => role === 'adapter' && listens?.length !== 0);
    // A server for one client stops listening when it has it.
    const busy = sockets?.sockets
      .filter(({ row }) => row.state === 'ESTABLISHED')
      .map(({ server }) => server?.process.pid);
    const without = same.find(
      ({ role, listens, process }) =>
        role !== 'adapter' && listens?.length === 0 && !served && busy?.includes(process.pid) !== true,
    );
    if (without === undefined) return pass(evidence('no program was started with this port and lost its debugger'));
    const { process } = without;
    const hit = logs?.hits.findLast(({ causes }) => causes.includes('server-continued-without-debugger'));
    const said = hit === undefined ? [] : [evidence(hit.text, hit.file === null ? null : { file: hit.file })];
    const text = `${describeOwner(process)} runs with a debug option for port ${target.port} and has no listener`;
    const args = {
      ...targetArgs(target),
      ...processArgs(process, identity),
      ...(hit === undefined ? {} : { line: hit.text }),
    };
    return failRulingOut(
      [{ cause: 'server-not-started', because: `pid ${process.pid} was started with this debug port` }],
      finding(
        'server-continued-without-debugger',
        'certain',
        args,
        evidence(text, { file: `/proc/${process.pid}` }),
        ...said,
      ),
    );
  },
});
