import { describe, expect, it } from 'vitest';
import { gdbserver } from '../../../src/adapters/gdbserver.js';
import { expectCause, runDoctor } from '../lab/doctor.js';
import { expectPrinted, pidsOfProgram, programOf, runGdb, runToEnd } from '../lab/gdb-remote.js';
import { claimPort, takePort } from '../lab/holders.js';
import { endForeign, findProcesses, stateOf, waitForListener, waitForOutput, waitUntil } from '../lab/processes.js';
import { canRun, useScene } from '../lab/scene.js';
import { underFilter } from '../lab/tracing.js';
import {
  provesAttach,
  provesLaunch,
  provesLowPort,
  provesMissingTool,
  provesRecognition,
  type RealDebugger,
} from './contract.js';

const scene = useScene();
// It listens on every address whatever it is told, so that all of it happens in network namespaces.
const canTest = canRun('gdbserver', 'gdbserver', 'gdb', 'root', 'ip', 'setpriv', 'unshare');

const program: RealDebugger = {
  adapter: 'gdbserver',
  // They share a default port.
  mistakenFor: 'delve',
  warning: 'debug-port-exposed',
  onTakenPort: 'overlapping-bind-address',
  command: (host, port) => ['gdbserver', `${host}:${port}`, '/bin/sleep', '120'],
  start: (place, port, options) =>
    place.start(['gdbserver', `127.0.0.1:${port}`, ...programOf(place, port)], { port, ...options }),
  attach: async (port, _server, place) => {
    const output = await runGdb(`target remote 127.0.0.1:${port}`, ['info threads', 'detach'], place);
    expectPrinted(output, /\* 1 +Thread/);
    expectPrinted(output, /\[Inferior 1 \(process \d+\) detached\]/);
  },
  onLowPort: 'privileged-port',
  withoutTool: 'interpreter-not-found',
};

const attach: RealDebugger = {
  ...program,
  start: async (place, port, options) => {
    const debuggee = await place.start(programOf(place, port), options);
    return place.start(['gdbserver', '--attach', `127.0.0.1:${port}`, String(debuggee.pid)], { port, ...options });
  },
};

const multi: RealDebugger = {
  ...program,
  command: (host, port) => ['gdbserver', '--multi', `${host}:${port}`],
  start: (place, port, options) => place.start(['gdbserver', '--multi', `127.0.0.1:${port}`], { port, ...options }),
  attach: async (port, server, place) => {
    const output = await runGdb(`target extended-remote 127.0.0.1:${port}`, ['monitor help'], place);
    expectPrinted(output, 'Quit GDBserver');
    expect(server.isRunning()).toBe(true);
  },
};

const once: RealDebugger = {
  ...program,
  command: (host, port) => ['gdbserver', '--once', `${host}:${port}`, '/bin/sleep', '120'],
  start: (place, port, options) =>
    place.start(['gdbserver', '--once', `127.0.0.1:${port}`, ...programOf(place, port)], { port, ...options }),
};

describe.runIf(canTest)('gdbserver with a program', () => {
  provesAttach(scene, program);
  provesRecognition(scene, program);
  provesLaunch(scene, program);
  provesLowPort(scene, program);
  provesMissingTool(scene, program);
});

describe.runIf(canTest)('gdbserver --attach', () => {
  provesAttach(scene, attach);
});

describe.runIf(canTest)('gdbserver --multi', () => {
  provesAttach(scene, multi);
  provesRecognition(scene, multi);
  provesLaunch(scene, multi);
});

describe.runIf(canTest)('gdbserver --once', () => {
  provesAttach(scene, once);
  provesLaunch(scene, once);
});

describe.runIf(canTest)('a whole handshake', () => {
  it('finds gdbserver, and leaves its program stopped for the next client', async () => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    const server = await program.start(scene, port, place);
    const [debuggee = 0] = pidsOfProgram(port);
    const examination = await runDoctor(['check', String(port), '--adapter', 'gdbserver', '--probe', 'full'], place);
    expect(examination.causes).toEqual(['debug-port-exposed']);
    expect(examination.target.results.find(({ check }) => check === 'server-answers')?.outcome).toBe('pass');
    await waitForOutput(server, 'GDBserver will reopen the connection');
    expect(stateOf(debuggee)).toBe('t');
    await program.attach(port, server, place);
  });

  it.each([
    ['ends', multi],
    ['kills the program of', once],
  ])('%s a server that does not survive it', async (_, real) => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    const server = await real.start(scene, port, place);
    const examination = await runDoctor(['check', String(port), '--adapter', 'gdbserver', '--probe', 'full'], place);
    expect(examination.target.results.find(({ check }) => check === 'server-answers')?.outcome).toBe('pass');
    await waitUntil('it has ended', () => !server.isRunning() && pidsOfProgram(port).length === 0);
  });
});

describe.runIf(canTest)('where it listens', () => {
  it.each(['127.0.0.1', '203.0.113.77', '[::1]'])('every address, when asked for %s', async (host) => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    await scene.start(['gdbserver', '--multi', `${host}:${port}`], { port, ...place });
    const examination = await runDoctor(['check', String(port), '--adapter', 'gdbserver'], place);
    expect(examination.causes).toEqual(['debug-port-exposed']);
    const findings = examination.target.results.flatMap((result) => result.findings);
    expect(findings.map(({ args }) => args.address)).toEqual([host === '[::1]' ? '::' : '0.0.0.0']);
    const launch = await runDoctor([
      'check',
      '--request',
      'launch',
      '--',
      'gdbserver',
      '--multi',
      `${host}:${port + 1}`,
    ]);
    expect(launch.causes).toEqual(['debug-port-exposed']);
  });

  it('the lower bits of a port that does not exist', async () => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    await scene.start(['gdbserver', '--multi', `:${65_536 + port}`], { port, ...place });
    const examination = await runDoctor(['check', String(65_536 + port), '--adapter', 'gdbserver'], place);
    expect(expectCause(examination, 'invalid-port-wrapped').args).toMatchObject({ otherPort: port });
  });
});

describe.runIf(canTest)('a start', () => {
  it('announces itself', async () => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    const request = { host: '127.0.0.1', port, program: programOf(scene, port), waitForClient: true };
    const server = await scene.start(gdbserver.start(request)?.argv ?? [], place);
    await waitForListener(server, port);
    await waitForOutput(server, 'Listening on port');
    expect(server.output()).toMatch(gdbserver.announces ?? /never/);
  });

  it.each([
    ['a program that is missing', [':0', '/nonexistent/program'], 'server-exited'],
    ['a program that may not be run', [':0', '/etc/passwd'], 'server-exited'],
    ['a process that is gone', ['--attach', ':0', '4194303'], 'process-not-attachable'],
    ['a name that is not known', ['nosuch.invalid:15999', '/bin/sleep', '1'], 'name-not-resolved'],
    ['a port that is no number', [':none', '/bin/sleep', '1'], 'invalid-argument'],
    ['a serial line that is missing', ['/dev/nosuch', '/bin/sleep', '1'], 'invalid-argument'],
  ])('fails for %s', async (_, args, symptom) => {
    const output = await runToEnd(['gdbserver', ...args], { namespace: scene.namespace().name });
    expect(gdbserver.startFailures.find(({ says }) => output.includes(says))?.symptom, output).toBe(symptom);
  });

  it('fails on a port that is taken', async () => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    await takePort(scene, port, 'listening', '127.0.0.1', place);
    const output = await runToEnd([...program.command('127.0.0.1', port)], place);
    expect(gdbserver.startFailures.find(({ says }) => output.includes(says))?.symptom).toBe('address-in-use');
  });

  it('fails on a low port, and for the process of another user', async () => {
    const place = { namespace: scene.namespace().name, user: 'nobody' } as const;
    const low = await runToEnd([...program.command('127.0.0.1', 80)], place);
    expect(gdbserver.startFailures.find(({ says }) => low.includes(says))?.symptom).toBe('permission-denied');
    const foreign = await runToEnd(['gdbserver', '--attach', ':0', String(process.pid)], place);
    expect(gdbserver.startFailures.find(({ says }) => foreign.includes(says))).toMatchObject({
      symptom: 'process-not-attachable',
      runsOn: true,
    });
  });

  it('listens and serves nobody where a filter forbids it to trace, and says so before', async () => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    // Its test child goes on as a second server.
    scene.defer(async () => {
      for (const pid of findProcesses('gdbserver', `127.0.0.1:${port}`)) await endForeign(pid);
    });
    const server = await scene.start([...underFilter, ...program.command('127.0.0.1', port)], { port, ...place });
    const failure = gdbserver.startFailures.find(({ says }) => server.output().includes(says));
    expect(failure?.symptom).toBe('process-not-attachable');
    const examination = await runDoctor(['check', String(port), '--adapter', 'gdbserver', '--probe', 'full'], place);
    expect(examination.target.status).toBe('unhealthy');
  });
});
