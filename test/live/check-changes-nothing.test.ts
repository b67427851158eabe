import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../checks/index.js';
import { diagnose } from '../../src/diagnose.js';
import { RECORDED_CALLS } from '../../src/host/calls.js';
import type { Host } from '../../src/host/host.js';
import { createNodeHost } from '../../src/host/node.js';
import type { Conclusion } from '../../src/model/report.js';
import { resolveTargets, type TargetInput } from '../../src/targets/resolve.js';
import { debugpyAnswers } from './lab/clients.js';
import { PYTHON, startDebugpy } from './lab/debuggers.js';
import { expectCause, expectHealthy, runDoctor } from './lab/doctor.js';
import { claimPort, startFullQueue, SYSTEM_PATH, takePort } from './lab/holders.js';
import { isListening, stateOf } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('looking without a trace', PYTHON);
const mayIsolate = canRun('looking at a machine that cannot be written to', 'root', 'unshare', PYTHON);

/** Commands that only look; nothing else may be run. */
const LOOKING: readonly RegExp[] = [
  /^ip -o route get [\w.:]+$/,
  /^(\/usr\/sbin\/)?nft -a list ruleset$/,
  /^(\/usr\/sbin\/)?ip6?tables(-legacy)?-save$/,
  /^ss -H -l -t -n -e --cgroup sport = :\d+$/,
];

function isLooking(argv: readonly string[]): boolean {
  const [program = '', ...args] = argv;
  // The question finds a module without importing it, and -B leaves no compiled files behind.
  if (/\/python[\d.]*$/.test(program))
    return args[0] === '-B' && args[1] === '-c' && args[2]?.includes('find_spec') === true;
  return LOOKING.some((pattern) => pattern.test(argv.join(' ')));
}

const FACTS: readonly string[] = ['platform', 'release', 'arch', 'now'];
const CALLS: readonly string[] = RECORDED_CALLS;

interface Watched {
  host: Host;
  ran: string[][];
  /** Everything that was asked for and is more than a look; a probe may swallow what is thrown at it. */
  refused: string[];
}

/** This machine, with everything refused that is not known to leave it as it is. */
function watchedHost(overrides: Partial<Host> = {}): Watched {
  const ran: string[][] = [];
  const refused: string[] = [];
  const refuse = (what: string): never => {
    refused.push(what);
    throw new Error(`${what} is more than a look`);
  };
  const guard = (inner: Host): Host =>
    new Proxy(inner, {
      get: (host, name, receiver) => {
        if (name === 'withSignal') return (signal: AbortSignal) => guard({ ...host.withSignal(signal), ...overrides });
        if (name !== 'run') {
          return FACTS.includes(String(name)) || CALLS.includes(String(name))
            ? Reflect.get(host, name, receiver)
            : refuse(String(name));
        }
        return (...[argv, options]: Parameters<Host['run']>) => {
          if (!isLooking(argv)) return refuse(argv.join(' '));
          ran.push([...argv]);
          return host.run(argv, options);
        };
      },
    });
  return { host: guard({ ...createNodeHost(), ...overrides }), ran, refused };
}

async function examine(watched: Watched, input: Partial<TargetInput>): Promise<Conclusion> {
  const resolved = await resolveTargets({ targets: [], logFiles: [], command: [], cwd: '/', ...input }, watched.host);
  if (!resolved.ok) throw new Error(resolved.problem);
  const { targets } = await diagnose(watched.host, resolved.targets, CHECKS);
  const [first] = targets;
  if (first === undefined) throw new Error('nothing was examined');
  expect(first.conclusion.results.filter(({ outcome }) => outcome === 'crashed')).toEqual([]);
  return first.conclusion;
}

const programsOf = ({ ran }: Watched): string[] =>
  ran.map(([program = '']) => program.slice(program.lastIndexOf('/') + 1));

describe.runIf(hasPython)('check only looks', () => {
  it('when nothing listens', async () => {
    const watched = watchedHost();
    await examine(watched, { targets: [String(claimPort())], adapter: 'debugpy' });
    expect(watched.refused).toEqual([]);
    expect(programsOf(watched)).toEqual([]);
  });

  it('when a listener does not take connections', async () => {
    const port = claimPort();
    await startFullQueue(scene, port);
    const watched = watchedHost();
    const { rootCauses } = await examine(watched, { targets: [String(port)], adapter: 'node' });
    expect(rootCauses[0]?.cause).toBe('server-not-accepting');
    expect(watched.refused).toEqual([]);
    expect(programsOf(watched)).toEqual(expect.arrayContaining(['ip', 'nft']));
  });

  it('at a debug server, which goes on serving', async () => {
    const port = claimPort();
    await startDebugpy(scene, port);
    const watched = watchedHost();
    expect((await examine(watched, { targets: [String(port)], adapter: 'debugpy' })).status).toBe('healthy');
    expect(watched.refused).toEqual([]);
    expect(await debugpyAnswers(port)).toBe(true);
  });

  it('at whoever holds a port, seen or not', async () => {
    const port = claimPort();
    const { pid } = await takePort(scene, port);
    const words = {
      targets: [String(port)],
      adapter: 'debugpy',
      request: 'launch',
      command: [PYTHON, 'app.py'],
    } as const;
    const watched = watchedHost();
    const [root] = (await examine(watched, words)).rootCauses;
    expect(root).toMatchObject({ cause: 'port-held-by-other-program', args: { pid } });
    expect(watched.refused).toEqual([]);
    expect(programsOf(watched)).toContain('python3');

    const blind = watchedHost({ socketOwners: () => Promise.resolve({ pids: {}, hidden: true }) });
    expect((await examine(blind, words)).rootCauses[0]).toMatchObject({ args: { detail: 'hidden' } });
    expect(blind.refused).toEqual([]);
    expect(programsOf(blind)).toContain('ss');
    expect(stateOf(pid)).toBe('S');
  });

  it('at files: a configuration, a log and their folder stay as they are', async () => {
    const cwd = scene.folder();
    const configFile = join(cwd, 'debugpy_config.json');
    const log = join(cwd, 'server.log');
    const text = JSON.stringify({ server: { port: claimPort() }, logging: { file: 'new/debugpy.log' } });
    writeFileSync(configFile, text);
    writeFileSync(log, 'OSError: [Errno 98] Address already in use\n');
    for (const request of ['attach', 'launch'] as const) {
      const watched = watchedHost();
      await examine(watched, {
        configFile,
        logFiles: [log],
        cwd,
        request,
        command: request === 'launch' ? [PYTHON, 'app.py'] : [],
      });
      expect(watched.refused).toEqual([]);
    }
    expect(readdirSync(cwd).toSorted()).toEqual(['debugpy_config.json', 'server.log']);
    expect(readFileSync(configFile, 'utf8')).toBe(text);
  });

  it('and the guard would tell', async () => {
    const watched = watchedHost();
    expect(() => watched.host.run(['nft', 'flush', 'ruleset'])).toThrow('nft flush ruleset');
    expect(watched.refused).toEqual(['nft flush ruleset']);
  });
});

describe.runIf(mayIsolate)('a machine that cannot be written to', () => {
  it('is examined all the same', async () => {
    const port = claimPort();
    const script =
      'mount --make-rprivate / && mount -o remount,bind,ro / && ! touch /tmp/ddla 2>/dev/null && exec "$@"';
    const through = ['unshare', '--mount', 'sh', '-c', script, 'sh'];
    const place = { through, env: { PATH: SYSTEM_PATH } };
    expectHealthy(await runDoctor(['check', String(port), '--request', 'launch', '--adapter', 'debugpy'], place));
    expectCause(await runDoctor(['check', String(port), '--adapter', 'jdwp'], place), 'server-not-started');
    expect(isListening('self', port)).toBe(false);
  });
});
