import { describe, expect, it } from 'vitest';
import { attachToDebugpy, dapRequest, debugpyAnswers, openClient } from '../lab/clients.js';
import { adaptersOf, PYTHON, startDebugpy, startPython } from '../lab/debuggers.js';
import { expectHealthy, runDoctor } from '../lab/doctor.js';
import { claimPort } from '../lab/holders.js';
import { endForeign, isListening, startProcess, waitForListener, waitUntil } from '../lab/processes.js';
import { canRun, useScene, type Scene } from '../lab/scene.js';
import {
  provesAttach,
  provesForeignAddress,
  provesLaunch,
  provesLowPort,
  provesMissingTool,
  provesRecognition,
  type RealDebugger,
} from './contract.js';

const scene = useScene();
const mayRun = canRun('debugpy', PYTHON);
const mayIsolate = canRun('debugpy as other users', 'root', 'ip', 'setpriv');
const mayInject = canRun('debugpy --pid', 'root', 'gdb');

/** Part of debugpy; alone it listens with `--server`. */
const PYDEVD = '/usr/lib/python3/dist-packages/debugpy/_vendored/pydevd/pydevd.py';

const ROUNDS = 5;

const listening: RealDebugger = {
  adapter: 'debugpy',
  mistakenFor: 'node',
  command: (host, port) => [PYTHON, '-m', 'debugpy', '--listen', `${host}:${port}`, 'app.py'],
  start: (place, port, options) => startDebugpy(place, port, options),
  attach: async (port) => {
    const client = await attachToDebugpy(port);
    client.close();
  },
  onLowPort: 'privileged-port',
  withoutTool: 'interpreter-not-found',
};

const waiting: RealDebugger = {
  ...listening,
  start: (place, port, options) => startDebugpy(place, port, { ...options, extra: ['--wait-for-client'] }),
};

/** The adapter outlives its program for as long as a client is connected. */
function endAdapterLater(place: Scene, port: number): void {
  place.defer(async () => {
    for (const pid of adaptersOf(port)) await endForeign(pid);
  });
}

/** A program that turns its debugger on by itself. */
const calling: RealDebugger = {
  ...listening,
  start: async (place, port, options) => {
    endAdapterLater(place, port);
    return startPython(place, `import debugpy; debugpy.listen(('127.0.0.1', int(args[0])))`, [port], options);
  },
};

/** A program that a debugger is put into while it runs. */
const injected: RealDebugger = {
  ...listening,
  start: async (place, port, options) => {
    endAdapterLater(place, port);
    const program = await startPython(place, '', [], options);
    const address = `127.0.0.1:${port}`;
    const injector = startProcess([PYTHON, '-m', 'debugpy', '--listen', address, '--pid', String(program.pid)]);
    place.defer(() => injector.end());
    await waitUntil(`port ${port} listens: ${injector.output()}`, () => isListening('self', port));
    await waitUntil('the injector has ended', () => !injector.isRunning());
    return program;
  },
};

describe.runIf(mayRun)('debugpy', () => {
  provesAttach(scene, listening);
  provesRecognition(scene, listening);
  provesLaunch(scene, listening);
  provesForeignAddress(listening);
  provesMissingTool(scene, listening);

  describe('that waits for its client', () => {
    provesAttach(scene, waiting);
  });

  describe('that its program turns on itself', () => {
    provesAttach(scene, calling);
    provesRecognition(scene, calling);
  });
});

describe.runIf(mayRun && mayIsolate)('debugpy for an ordinary user', () => {
  provesLowPort(scene, listening);
});

describe.runIf(mayRun && mayInject)('debugpy in a running program', () => {
  provesAttach(scene, injected);
  provesRecognition(scene, injected);
});

describe.runIf(mayRun)('a whole handshake with debugpy', () => {
  const full = (port: number) => runDoctor(['check', String(port), '--adapter', 'debugpy', '--probe', 'full']);

  it.each([
    ['a program that runs', listening],
    ['a program that waits', waiting],
  ])('leaves %s as it was, and reads the version', async (_, server) => {
    const port = claimPort();
    await server.start(scene, port);
    for (let round = 0; round < ROUNDS; round += 1) {
      const examination = await full(port);
      expectHealthy(examination);
      expect(examination.stderr).toBe('');
      const answered = examination.target.results.find(({ check }) => check === 'wanted-debugger-answers');
      expect(answered?.evidence[0]?.text).toMatch(/ debugpy 1\.\d+/);
    }
    const client = await attachToDebugpy(port);
    client.close();
  });

  it('leaves a client that is attached alone', async () => {
    const port = claimPort();
    await listening.start(scene, port);
    const client = await attachToDebugpy(port);
    const { causes } = await full(port);
    expect(causes).toEqual(['single-client-server-used-up']);
    client.send(dapRequest(9, 'threads'));
    expect(await client.waitFor('"command": "threads"')).toContain('MainThread');
    client.close();
  });
});

describe.runIf(mayRun)('what must not be dialled', () => {
  const check = (port: number) => runDoctor(['check', String(port), '--adapter', 'debugpy']);

  it('an adapter that serves no program is left alone', async () => {
    const port = claimPort();
    const argv = [PYTHON, '-m', 'debugpy.adapter', '--host', '127.0.0.1', '--port', String(port)];
    const adapter = await scene.start(argv, { port });
    for (let round = 0; round < ROUNDS; round += 1) expectHealthy(await check(port));
    expect(await debugpyAnswers(port)).toBe(true);
    // What the doctor keeps away from.
    await waitUntil('the adapter has ended after its first client', () => !adapter.isRunning());
  });

  it('pydevd, which takes one connection, is left alone', async () => {
    const port = claimPort();
    const code = `${scene.folder()}/app.py`;
    const argv = [PYTHON, '-Xfrozen_modules=off', PYDEVD, '--port', String(port), '--server', '--file', code];
    const pydevd = await scene.start(argv, {});
    await waitForListener(pydevd, port);
    for (let round = 0; round < ROUNDS; round += 1) {
      const examination = await check(port);
      expect(examination.causes).toEqual(['debug-port-exposed']);
      expect(examination.target.status).toBe('healthy');
    }
    const client = await openClient(port);
    client.send('501\t1\t1.0\tUNIX\n');
    await client.waitFor('501\t1\t');
    expect(isListening('self', port)).toBe(false);
    client.close();
  });
});
