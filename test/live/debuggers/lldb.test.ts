import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lldb } from '../../../src/adapters/lldb.js';
import { dapRequest, openClient } from '../lab/clients.js';
import { expectHealthy, runDoctor } from '../lab/doctor.js';
import { expectPrinted, pidsOfProgram, programOf, runLldb, runToEnd } from '../lab/gdb-remote.js';
import { claimPort, takePort } from '../lab/holders.js';
import { findProcesses, stateOf, waitForListener, waitForOutput, waitUntil } from '../lab/processes.js';
import { canRun, useScene } from '../lab/scene.js';
import {
  provesAttach,
  provesForeignAddress,
  provesLaunch,
  provesLowPort,
  provesMissingTool,
  provesRecognition,
  type RealDebugger,
} from './contract.js';

const DAP_SERVER = 'lldb-vscode-14';

const scene = useScene();
const canTest = canRun('LLDB', 'lldb-server', 'lldb', DAP_SERVER, 'unshare');
const mayIsolate = canRun('LLDB as other users', 'root', 'ip', 'setpriv', 'lldb-server', 'lldb');

const gdbserver: RealDebugger = {
  adapter: 'lldb',
  mistakenFor: 'gdbserver',
  command: (host, port) => ['lldb-server', 'gdbserver', `${host}:${port}`, '--', '/bin/sleep', '120'],
  start: (place, port, options) =>
    place.start(['lldb-server', 'gdbserver', `127.0.0.1:${port}`, '--', ...programOf(place, port)], {
      port,
      ...options,
    }),
  attach: async (port, _server, place) => {
    const output = await runLldb([`gdb-remote 127.0.0.1:${port}`, 'thread list', 'detach'], place);
    expectPrinted(output, /\* thread #1/);
    expectPrinted(output, /Process \d+ detached/);
  },
  onLowPort: 'privileged-port',
  withoutTool: 'interpreter-not-found',
};

const platform: RealDebugger = {
  ...gdbserver,
  command: (host, port) => ['lldb-server', 'platform', '--server', '--listen', `${host}:${port}`],
  start: (place, port, options) =>
    place.start(['lldb-server', 'platform', '--server', '--listen', `127.0.0.1:${port}`], { port, ...options }),
  attach: async (port, _server, place) => {
    const connect = `platform connect connect://127.0.0.1:${port}`;
    const output = await runLldb(['platform select remote-linux', connect, 'platform status'], place);
    expectPrinted(output, 'Connected: yes');
  },
};

/** Its adapter speaks the Debug Adapter Protocol: a session that launches a program and takes leave. */
const dap: RealDebugger = {
  ...gdbserver,
  // It is told a port, never a host.
  command: (_host, port) => [DAP_SERVER, '--port', String(port)],
  start: (place, port, options) => place.start([DAP_SERVER, '--port', String(port)], { port, ...options }),
  attach: async (port) => {
    const client = await openClient(port);
    try {
      client.send(dapRequest(1, 'initialize', { adapterID: 'lldb' }));
      await client.waitFor('"command":"initialize"');
      const [program = '', ...args] = programOf(scene, port);
      client.send(dapRequest(2, 'launch', { program, args, stopOnEntry: true }));
      await client.waitFor('"event":"initialized"');
      client.send(dapRequest(3, 'configurationDone'));
      await client.waitFor('"command":"configurationDone"');
      expectPrinted(client.received(), '"command":"launch","request_seq":2,"seq":0,"success":true');
      client.send(dapRequest(4, 'disconnect', { terminateDebuggee: true }));
      await client.waitFor('"command":"disconnect"');
    } finally {
      client.close();
    }
  },
};

describe.runIf(canTest)('lldb-server gdbserver', () => {
  provesAttach(scene, gdbserver);
  provesRecognition(scene, gdbserver);
  provesLaunch(scene, gdbserver);
  provesForeignAddress(gdbserver);
  provesMissingTool(scene, gdbserver);
});

describe.runIf(canTest)('lldb-server platform', () => {
  provesAttach(scene, platform);
  provesRecognition(scene, platform);
  provesLaunch(scene, platform);
  provesForeignAddress(platform);
});

describe.runIf(canTest)('lldb-vscode', () => {
  provesAttach(scene, dap);
  provesRecognition(scene, dap);
  provesLaunch(scene, dap);
});

describe.runIf(mayIsolate)('LLDB for an ordinary user', () => {
  provesLowPort(scene, gdbserver);
  provesLowPort(scene, platform);
});

describe.runIf(canTest)('a connection', () => {
  it('is made to a platform only, and twenty leave nothing behind', async () => {
    const port = claimPort();
    const server = await platform.start(scene, port);
    for (let round = 0; round < 20; round += 1) {
      const client = await openClient(port);
      client.send('+$qSupported#37');
      await client.waitFor('native-signals+#');
      client.close();
    }
    const examination = await runDoctor(['check', String(port), '--adapter', 'lldb']);
    expectHealthy(examination);
    expect(examination.target.results.find(({ check }) => check === 'server-answers')?.outcome).toBe('pass');
    // The last fork is waited for when the next client comes.
    const forks = findProcesses('lldb-server', `127.0.0.1:${port}`).filter((pid) => stateOf(pid) !== 'Z');
    expect(forks).toEqual([server.pid]);
  });

  it.each([
    ['lldb-server gdbserver', gdbserver],
    ['lldb-vscode', dap],
  ])('by --probe full finds and ends %s', async (_, real) => {
    const port = claimPort();
    const server = await real.start(scene, port);
    const before = pidsOfProgram(port);
    const examination = await runDoctor(['check', String(port), '--adapter', 'lldb', '--probe', 'full']);
    expectHealthy(examination);
    expect(examination.target.results.find(({ check }) => check === 'server-answers')?.outcome).toBe('pass');
    expect(examination.stderr).toContain('handshake');
    await waitUntil('it has ended', () => !server.isRunning());
    expect(pidsOfProgram(port)).toEqual(before);
  });
});

describe.runIf(mayIsolate)('an address of another machine', () => {
  it.each([
    // Its command line says what it is; nobody asked whom it would let in.
    ['gdbserver', ['lldb-server', 'gdbserver'], 'healthy'],
    ['platform', ['lldb-server', 'platform', '--server', '--listen'], 'inconclusive'],
  ])('makes %s listen on every address, and refuse every client but one from there', async (_, command, status) => {
    const port = claimPort();
    const place = { namespace: scene.namespace().name };
    const server = await scene.start([...command, `203.0.113.77:${port}`], { port, ...place });
    const examination = await runDoctor(['check', String(port), '--adapter', 'lldb'], place);
    expect(examination.causes).toEqual(['debug-port-exposed']);
    expect(examination.target.status).toBe(status);
    await runLldb([`gdb-remote 127.0.0.1:${port}`], place);
    await waitForOutput(server, 'rejecting incoming connection from 127.0.0.1 (expecting 203.0.113.77)');
    expect(server.isRunning()).toBe(true);
  });
});

describe.runIf(canTest)('a start', () => {
  it('listens for the first client, with the program stopped', async () => {
    const port = claimPort();
    const request = { host: '127.0.0.1', port, program: programOf(scene, port), waitForClient: true };
    const server = await scene.start(lldb.start(request)?.argv ?? []);
    await waitForListener(server, port);
    expect(pidsOfProgram(port).map((pid) => stateOf(pid))).toEqual(['t']);
    await gdbserver.attach(port, server, {});
  });

  it('that cannot listen leaves its program running', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const argv = ['lldb-server', 'gdbserver', `127.0.0.1:${port}`, '--', ...programOf(scene, port)];
    const output = await runToEnd(argv);
    const failure = lldb.startFailures.find(({ says }) => output.includes(says));
    expect(failure, output).toMatchObject({ symptom: 'address-in-use', runsOn: true });
    await waitUntil(
      'the program runs',
      () =>
        pidsOfProgram(port)
          .map((pid) => stateOf(pid))
          .join('') === 'S',
    );
  });

  it('of a platform on a port that is taken fails', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const output = await runToEnd([...platform.command('127.0.0.1', port)]);
    const failure = lldb.startFailures.find(({ says }) => output.includes(says));
    expect(failure, output).toMatchObject({ symptom: 'address-in-use', runsOn: false });
  });

  it.each([
    ['a program that is missing', ['127.0.0.1:0', '/nonexistent/program'], 'server-exited'],
    ['a program that it would have to look for', ['127.0.0.1:0', '--', 'sleep', '1'], 'server-exited'],
    ['a process that is gone', ['--attach=4194303', '127.0.0.1:0'], 'process-not-attachable'],
    ['a name that is not known', ['nosuch.invalid:15999', '/bin/true'], 'name-not-resolved'],
  ])('fails for %s', async (_, args, symptom) => {
    const output = await runToEnd(['lldb-server', 'gdbserver', ...args]);
    expect(lldb.startFailures.find(({ says }) => output.includes(says))?.symptom, output).toBe(symptom);
  });

  it('of a platform without a host makes a Unix socket', async () => {
    const folder = scene.folder();
    const file = join(folder, ':15999');
    await scene.start(['lldb-server', 'platform', '--server', '--listen', ':15999'], { cwd: folder });
    await waitUntil('the socket is there', () => existsSync(file));
    expect(statSync(file).isSocket()).toBe(true);
  });
});
