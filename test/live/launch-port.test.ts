import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../checks/index.js';
import { diagnose } from '../../src/diagnose.js';
import { createNodeHost } from '../../src/host/node.js';
import type { CauseId } from '../../src/model/cause-ids.js';
import { resolveTargets } from '../../src/targets/resolve.js';
import { attachToDebugpy } from './lab/clients.js';
import { PYTHON, startDebugpy, startNode, startPython } from './lab/debuggers.js';
import { expectCause, expectHealthy, findingOf, runDoctor, type Examination } from './lab/doctor.js';
import {
  adapterOf,
  CGROUP_ROOT,
  claimPort,
  createService,
  pythonNamed,
  SYSTEM_PATH,
  takePort,
  takePortAsStranger,
} from './lab/holders.js';
import type { Place } from './lab/place.js';
import { stateOf, waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('ports that are taken', PYTHON, 'unshare');
const mayIsolate = canRun('ports of other users and families', 'root', 'ip', 'setpriv', 'unshare', PYTHON);

/** Would a server start here? */
function launchAt(where: string | number, place: Place = {}, ...rest: string[]): Promise<Examination> {
  const system = { ...place, env: { PATH: SYSTEM_PATH, ...place.env } };
  return runDoctor(['check', String(where), '--request', 'launch', ...rest], system);
}

function outcomeOf({ target }: Examination, check: string): string | undefined {
  return target.results.find((result) => result.check === check)?.outcome;
}

/** Pids of the processes that the evidence names. */
function pidsIn(examination: Examination, cause: CauseId): number[] {
  const files = findingOf(examination, cause).evidence.map(({ from }) =>
    from !== null && 'file' in from ? from.file : '',
  );
  return files.flatMap((file) => /^\/proc\/(\d+)$/.exec(file)?.[1] ?? []).map(Number);
}

describe.runIf(hasPython)('a port held by somebody else', () => {
  it('is a stranger, of whom everything is told', async () => {
    const port = claimPort();
    const cwd = scene.folder();
    const { pid, parent } = await takePortAsStranger(scene, port, { cwd });
    const before = Date.now();
    const { args, confidence, evidence } = expectCause(await launchAt(port), 'port-held-by-other-program');
    expect(confidence).toBe('certain');
    expect(args).toMatchObject({
      pid,
      processName: 'python3',
      user: userInfo().username,
      protectedProcess: false,
      detail: 'stranger',
      port,
    });
    expect(args.command).toEqual(expect.arrayContaining([PYTHON, String(port)]));
    expect(args.freePort).toBe(port + 1);
    const owner = evidence.find(({ from }) => from !== null && 'file' in from && from.file === `/proc/${pid}`);
    expect(owner?.detail).toContain(cwd);
    expect(owner?.detail).toContain(`(${parent})`);
    const startedAt = Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(owner?.text ?? '')?.[0] ?? '');
    expect(Math.abs(startedAt - before)).toBeLessThan(10_000);
  });

  it.each(['forked listener', 'two listeners'] as const)('names both owners: %s', async (how) => {
    const port = claimPort();
    const { pid } = await takePort(scene, port, how);
    const examination = await launchAt(port, {}, '--adapter', 'tcp');
    expectCause(examination, 'port-held-by-other-program');
    const pids = new Set(pidsIn(examination, 'port-held-by-other-program'));
    expect(pids.has(pid)).toBe(true);
    expect(pids.size).toBe(2);
  });

  it('is not dialled: a launch only looks', async () => {
    const port = claimPort();
    const code = `
import threading
server = socket.create_server(('127.0.0.1', int(args[0])))
def count():
    while True:
        server.accept()
        print('somebody came', flush=True)
threading.Thread(target=count, daemon=True).start()`;
    const holder = await startPython(scene, code, [port]);
    expectCause(await launchAt(port, {}, '--adapter', 'node'), 'port-held-by-other-program');
    expect(holder.output()).not.toContain('somebody came');
  });

  it('was started from where the doctor was', async () => {
    const port = claimPort();
    await takePort(scene, port);
    expect(expectCause(await launchAt(port), 'port-held-by-other-program').args).toMatchObject({ detail: 'sibling' });
  });

  it('is our own child', async () => {
    const port = claimPort();
    const { pid } = await takePort(scene, port);
    const host = createNodeHost();
    const input = {
      targets: [String(port)],
      adapter: 'tcp',
      request: 'launch',
      logFiles: [],
      command: [],
      cwd: '/',
    } as const;
    const resolved = await resolveTargets(input, host);
    const run = await diagnose(host, resolved.ok ? resolved.targets : [], CHECKS);
    const [root] = run.targets[0]?.conclusion.rootCauses ?? [];
    expect(root).toMatchObject({ cause: 'port-held-by-other-program', args: { pid, detail: 'own-child' } });
  });

  it('is a forwarder by its name', async () => {
    const port = claimPort();
    const code = `import socket, time; held = socket.create_server(('127.0.0.1', ${port})); time.sleep(120)`;
    await scene.start([pythonNamed(scene, 'socat'), '-c', code], { port });
    const { args } = expectCause(await launchAt(port), 'port-held-by-other-program');
    expect(args).toMatchObject({ processName: 'socat', detail: 'forwarder' });
  });

  it('is a job that was suspended', async () => {
    const port = claimPort();
    const holder = await takePort(scene, port);
    holder.signal('SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(holder.pid) === 'T');
    expect(expectCause(await launchAt(port), 'suspended-job-holds-port').args).toMatchObject({
      pid: holder.pid,
      detail: 'suspended-job',
    });
  });
});

describe.runIf(hasPython)('a port held by a debug server', () => {
  it('is the previous run of the same program: certain in its folder, likely elsewhere', async () => {
    const port = claimPort();
    const cwd = scene.folder();
    await startDebugpy(scene, port, { cwd });
    const adapter = await adapterOf(port);
    const command = [
      '--',
      PYTHON,
      '-m',
      'debugpy',
      '--listen',
      `127.0.0.1:${port}`,
      '-c',
      'import time; time.sleep(120)',
    ];
    const here = expectCause(await launchAt(port, { cwd }, ...command), 'previous-run-still-listening');
    expect(here).toMatchObject({ confidence: 'certain', args: { pid: adapter, detail: 'previous-run' } });
    const elsewhere = expectCause(await launchAt(port, {}, ...command), 'previous-run-still-listening');
    expect(elsewhere.confidence).toBe('likely');
  });

  it('is the previous run of the same Node program', async () => {
    const port = claimPort();
    const cwd = scene.folder();
    const { pid } = await startNode(scene, port, { cwd });
    const command = ['--', 'node', `--inspect=127.0.0.1:${port}`, '-e', 'setTimeout(() => {}, 120_000)'];
    const found = expectCause(await launchAt(port, { cwd }, ...command), 'previous-run-still-listening');
    expect(found).toMatchObject({ confidence: 'certain', args: { pid, detail: 'previous-run' } });
  });

  it('is another kind of debug server', async () => {
    const port = claimPort();
    const { pid } = await startNode(scene, port);
    expect(
      expectCause(await launchAt(port, {}, '--adapter', 'debugpy'), 'port-held-by-other-program').args,
    ).toMatchObject({ pid });
  });

  it('is an adapter whose program has gone', async () => {
    const port = claimPort();
    const program = await startDebugpy(scene, port);
    const adapter = await adapterOf(port);
    const client = await attachToDebugpy(port);
    scene.defer(() => client.close());
    await program.end();
    expect(expectCause(await launchAt(port), 'orphaned-debug-adapter-holds-port')).toMatchObject({
      confidence: 'certain',
      args: { pid: adapter, detail: 'orphan', programGone: true },
    });
  });
});

describe.runIf(hasPython)('a port taken without a listener', () => {
  it('by an outgoing connection', async () => {
    const port = claimPort();
    const { pid } = await takePort(scene, port, 'outgoing connection');
    expect(expectCause(await launchAt(port), 'fixed-port-in-ephemeral-range').args).toMatchObject({
      pid,
      otherAddress: '127.0.0.1',
    });
  });

  it('by a socket that is bound and does not listen', async () => {
    const port = claimPort();
    await takePort(scene, port, 'bound only');
    const examination = await launchAt(port);
    expectCause(examination, 'bound-but-not-listening');
    expect(outcomeOf(examination, 'user-may-bind-the-port')).toBe('pass');
  });

  it('by nobody any more: connections in TIME_WAIT stop no debug server', async () => {
    const port = claimPort();
    await takePort(scene, port, 'closed connection');
    const examination = await launchAt(port);
    expectHealthy(examination);
    const [seen] = examination.target.results.find(({ check }) => check === 'port-is-free')?.evidence ?? [];
    expect(seen?.text).toContain('TIME_WAIT');
    const error = ['--error', 'OSError: [Errno 98] Address already in use'];
    expect(expectCause(await launchAt(port, {}, ...error), 'port-in-time-wait').confidence).toBe('likely');
  });
});

describe.runIf(mayIsolate)('an owner that may not be seen', () => {
  it('is never taken for a free port', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const examination = await launchAt(port, { user: 'nobody' });
    expect(outcomeOf(examination, 'port-owner-is-seen')).toBe('unknown');
    expect(expectCause(examination, 'port-held-by-other-program').args).toMatchObject({
      user: 'root',
      detail: 'hidden',
      protectedProcess: true,
    });
    expect(
      examination.target.diagnosis.unknowns.find(({ check }) => check === 'port-owner-is-seen')?.because,
    ).toContain('uid 0');
  });

  it.runIf(CGROUP_ROOT !== null)('is named by its unit, also where its process is hidden', async () => {
    const port = claimPort();
    const { unit, through } = createService(scene, CGROUP_ROOT ?? '');
    const { pid } = await takePort(scene, port, 'listening', '127.0.0.1', { through });
    const seen = expectCause(await launchAt(port), 'port-held-by-managed-service');
    expect(seen.args).toMatchObject({ pid, unit, protectedProcess: true, detail: 'managed-service' });
    const hidden = await launchAt(port, { user: 'nobody' });
    expectCause(hidden, 'port-held-by-other-program');
    expect(hidden.target.diagnosis.unknowns.find(({ check }) => check === 'port-owner-is-seen')?.because).toContain(
      unit,
    );
  });

  it('is found out by the uid where /proc hides whole processes', async () => {
    const port = claimPort();
    const script = `mount -o remount,hidepid=2 /proc && ("$0" -m http.server --bind 127.0.0.1 ${port} >/dev/null 2>&1 &) && sleep 1 && "$@"`;
    const through = [
      'unshare',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      'sh',
      '-c',
      script,
      PYTHON,
    ];
    const examination = await launchAt(port, { through, user: 'nobody' });
    expect(outcomeOf(examination, 'port-owner-is-seen')).toBe('unknown');
    expect(expectCause(examination, 'port-held-by-other-program').args).toMatchObject({
      user: 'root',
      detail: 'hidden',
    });
  });
});
