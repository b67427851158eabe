import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCause, expectHealthy, runDoctor } from '../lab/doctor.js';
import { claimPort } from '../lab/holders.js';
import { startPython } from '../lab/debuggers.js';
import { agent, attachJdb, compileOnce, HAS_STARTED, startJvm } from '../lab/java.js';
import { waitForOutput, waitUntil } from '../lab/processes.js';
import { canRun, useScene, type StartOptions } from '../lab/scene.js';
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
const mayRun = canRun('the Java debugger', 'java', 'javac', 'jdb');
const mayIsolate = mayRun && canRun('the Java debugger in other places', 'root', 'ip', 'setpriv');
const OWN_ADDRESS = '10.77.5.1';
const JMX = '-Dcom.sun.management.jmxremote.';

describe.runIf(mayRun)('a JVM', () => {
  const folder = compileOnce();
  const here = (place: StartOptions = {}): StartOptions => ({ cwd: folder(), ...place });

  const running: RealDebugger = {
    adapter: 'jdwp',
    mistakenFor: 'debugpy',
    command: (host, port) => ['java', agent(`${host}:${port}`), 'App'],
    start: (_, port, place) => startJvm(scene, port, [agent(`127.0.0.1:${port}`)], here(place)),
    attach: attachJdb,
    onLowPort: 'privileged-port',
    withoutTool: 'interpreter-not-found',
  };

  const suspended: RealDebugger = {
    ...running,
    start: (_, port, place) => startJvm(scene, port, [agent(`127.0.0.1:${port}`, 'y')], here(place)),
    attach: async (port, jvm) => {
      expect(jvm.output()).not.toContain(HAS_STARTED);
      await attachJdb(port);
      await waitForOutput(jvm, HAS_STARTED);
    },
  };

  describe('that runs', () => {
    provesAttach(scene, running);
    provesRecognition(scene, running);
    provesLaunch(scene, running);
    provesForeignAddress(running);
    provesMissingTool(scene, running);
    if (mayIsolate) provesLowPort(scene, running);

    it('listens again after a whole handshake', async () => {
      const port = claimPort();
      const jvm = await running.start(scene, port);
      const examination = await runDoctor(['check', String(port), '--adapter', 'jdwp', '--probe', 'full']);
      expectHealthy(examination);
      await waitUntil('it listens a second time', () => jvm.output().split('Listening for transport').length === 3);
      await attachJdb(port);
    });
  });

  describe('that waits for its debugger', () => {
    provesAttach(scene, suspended);

    it('runs on after a whole handshake', async () => {
      const port = claimPort();
      const jvm = await suspended.start(scene, port);
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'jdwp', '--probe', 'full']));
      await waitForOutput(jvm, HAS_STARTED);
    });
  });

  describe('whose command line does not show its debugger', () => {
    const users: readonly StartOptions[] = mayIsolate ? [{}, { user: 'nobody' }] : [{}];

    it.each(users)('is recognised by its environment (%j)', async (place) => {
      const port = claimPort();
      const env = { JAVA_TOOL_OPTIONS: agent(String(port)) };
      await startJvm(scene, port, [], here({ ...place, env }));
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'jdwp'], place));
    });

    it.each(users)('is recognised by its library (%j)', async (place) => {
      const port = claimPort();
      const file = join(folder(), `arguments-${port}`);
      writeFileSync(file, agent(String(port), 'y'));
      const jvm = await startJvm(scene, port, [`@${file}`], here(place));
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'jdwp'], place));
      expect(jvm.output()).not.toContain(HAS_STARTED);
    });
  });

  it('that calls an editor is no server', async () => {
    const port = claimPort();
    const shake = `listener = socket.create_server(('127.0.0.1', int(args[0])))
print('ready', flush=True)
client, _ = listener.accept(); client.sendall(b'JDWP-Handshake')`;
    await startPython(scene, shake, [port]);
    const calling = agent(`127.0.0.1:${port}`).replace('server=y', 'server=n');
    const { pid } = await scene.start(['java', calling, 'App'], here({ prints: HAS_STARTED }));
    const examination = await runDoctor(['check', `pid:${pid}`]);
    expect([examination.target.status, examination.causes]).toEqual(['inconclusive', []]);
  });

  describe('with JMX', () => {
    const OPEN = [`${JMX}authenticate=false`, `${JMX}ssl=false`];

    it('may not be launched while another program has that port', async () => {
      const [port, second] = [claimPort(), claimPort()];
      const { pid } = await startJvm(scene, second, [`${JMX}port=${second}`, ...OPEN], here());
      const argv = ['java', agent(`127.0.0.1:${port}`), `${JMX}port=${second}`, ...OPEN, 'App'];
      const examination = await runDoctor(['check', '--request', 'launch', '--', ...argv]);
      const found = expectCause(examination, 'secondary-port-in-use');
      expect(found).toMatchObject({ confidence: 'certain', args: { port: second, pid, processName: 'java' } });
      expect(examination.target.target).toMatchObject({ port });
      const real = await scene.start(argv, here());
      await waitUntil('the JVM has ended', () => !real.isRunning());
      expect(real.output()).toContain(`Port already in use: ${second}`);
      const error = ['--error', real.output()];
      const reported = await runDoctor(['check', String(port), '--adapter', 'jdwp', '--request', 'launch', ...error]);
      expect(expectCause(reported, 'secondary-port-in-use')).toMatchObject({ confidence: 'likely' });
    });

    it('may not be launched with both on one port', async () => {
      const port = claimPort();
      const argv = ['java', agent(`127.0.0.1:${port}`), `${JMX}port=${port}`, ...OPEN, 'App'];
      expectCause(await runDoctor(['check', '--request', 'launch', '--', ...argv]), 'secondary-port-in-use');
      const real = await scene.start(argv, here());
      await waitUntil('the JVM has ended', () => !real.isRunning());
      expect(real.output()).toContain(`Port already in use: ${port}`);
    });

    it('may be launched on free ports', async () => {
      const [port, second] = [claimPort(), claimPort()];
      const jmx = [`${JMX}port=${second}`, `${JMX}rmi.port=${second}`, ...OPEN];
      const argv = ['java', agent(`127.0.0.1:${port}`), ...jmx, 'App'];
      expectHealthy(await runDoctor(['check', '--request', 'launch', '--', ...argv]));
      await startJvm(scene, second, argv.slice(1, -1), here());
    });
  });

  describe.runIf(mayIsolate)('that was told a bare port', () => {
    it.each(['', '*:'])('with address=%sPORT', async (host) => {
      const port = claimPort();
      const { name, run } = scene.namespace();
      run('ip', 'address', 'add', `${OWN_ADDRESS}/24`, 'dev', 'lo');
      await startJvm(scene, port, [agent(`${host}${port}`)], here({ namespace: name }));
      const examination = await runDoctor(['check', `${OWN_ADDRESS}:${port}`, '--adapter', 'jdwp'], {
        namespace: name,
      });
      if (host !== '') {
        expect(examination.causes).not.toContain('server-bound-to-unreachable-address');
        return;
      }
      const { evidence } = expectCause(examination, 'server-bound-to-unreachable-address');
      expect(evidence.some(({ text }) => text.includes(`address=*:${port}`))).toBe(true);
    });
  });
});
