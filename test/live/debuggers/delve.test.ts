import { describe, expect, it } from 'vitest';
import { connectWithTerminal, launchOverDap } from '../lab/delve-clients.js';
import { expectHealthy, runDoctor } from '../lab/doctor.js';
import { useGoProgram } from '../lab/go-programs.js';
import { claimPort } from '../lab/holders.js';
import { endForeign, findProcesses, isListening, waitUntil, type Started } from '../lab/processes.js';
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

const scene = useScene();
const mayRun = canRun('delve', 'dlv', 'go');
const mayIsolate = canRun('delve as other users', 'root', 'ip', 'setpriv');

describe.runIf(mayRun)('delve', () => {
  const program = useGoProgram();

  /** A way to start dlv, with the client that belongs to it. */
  function delve(words: () => readonly string[], attach: RealDebugger['attach']): RealDebugger {
    const command = (host: string, port: number): string[] => {
      const [verb = '', ...rest] = words();
      return ['dlv', verb, `--listen=${host}:${port}`, ...rest];
    };
    return {
      adapter: 'delve',
      mistakenFor: 'debugpy',
      command,
      start: (place, port, options) => {
        // A program outlives a dlv that is killed.
        place.defer(async () => {
          for (const pid of findProcesses(program.binary)) await endForeign(pid);
        });
        return place.start(command('127.0.0.1', port), { port, ...options, env: program.env });
      },
      attach,
      onLowPort: 'privileged-port',
      withoutTool: 'interpreter-not-found',
    };
  }

  const exec = (...more: readonly string[]): readonly string[] => {
    return ['exec', '--headless', '--api-version=2', ...more, program.binary];
  };
  const byTerminal = (port: number): Promise<void> => connectWithTerminal(port, program);

  const single = delve(() => exec(), byTerminal);
  const several = delve(() => exec('--accept-multiclient', '--continue'), byTerminal);
  const overDap = delve(
    () => ['dap'],
    (port) => launchOverDap(port, program),
  );

  const startFull = async (server: RealDebugger): Promise<{ port: number; server: Started }> => {
    const port = claimPort();
    return { port, server: await server.start(scene, port) };
  };

  describe.each([
    ['that takes one client', single],
    ['that takes several', several],
    ['that waits for an editor (dlv dap)', overDap],
  ])('%s', (_, server) => {
    provesAttach(scene, server);
    provesRecognition(scene, server);
    provesLaunch(scene, server);
    provesForeignAddress(server);
    describe.runIf(mayIsolate)('for an ordinary user', () => {
      provesLowPort(scene, server);
    });
  });

  provesMissingTool(scene, single);

  it('that takes several, stopped at its first line, is left stopped', async () => {
    const halted = delve(() => exec('--accept-multiclient'), byTerminal);
    const { port, server } = await startFull(halted);
    for (let round = 0; round < 5; round += 1)
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'delve']));
    expect(server.output()).not.toContain('running');
    await halted.attach(port, server, {});
  });

  it('that takes one client tells its version to a whole handshake, and what that ends is said beforehand', async () => {
    const { port, server } = await startFull(single);
    const examination = await runDoctor(['check', String(port), '--adapter', 'delve', '--probe', 'full']);
    expectHealthy(examination);
    expect(examination.stderr).toContain('ends it, and the program');
    const answered = examination.target.results.find(({ check }) => check === 'wanted-debugger-answers');
    expect(answered?.evidence[0]?.text).toMatch(/ delve \d+\.\d+\.\d+, in a whole handshake$/);
    await waitUntil('dlv has ended', () => !server.isRunning());
  });

  it('dlv dap answers a whole handshake in its own language, and ends as was said', async () => {
    const { port, server } = await startFull(overDap);
    const examination = await runDoctor(['check', String(port), '--adapter', 'delve', '--probe', 'full']);
    expectHealthy(examination);
    expect(examination.stderr).toContain('ends it');
    await waitUntil('dlv has ended', () => !server.isRunning());
  });

  it('that takes several answers whole handshakes and lives on', async () => {
    const { port, server } = await startFull(several);
    for (let round = 0; round < 3; round += 1) {
      expectHealthy(await runDoctor(['check', String(port), '--adapter', 'delve', '--probe', 'full']));
    }
    expect(isListening(server.pid, port)).toBe(true);
    await several.attach(port, server, {});
  });
});
