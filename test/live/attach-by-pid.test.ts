import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PYTHON, startDebugpy, startPython } from './lab/debuggers.js';
import { findingOf, runDoctor, type Examination } from './lab/doctor.js';
import type { Place } from './lab/place.js';
import { nextPort } from './lab/ports.js';
import type { Started } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';
import { TRACER, tryAttach, underFilter } from './lab/tracing.js';

const scene = useScene();
const canTest = canRun('rights to trace a process', 'root', PYTHON, 'setpriv', 'unshare');

const CHECK = 'process-may-be-traced';
const REFUSED = 'Operation not permitted';
const NOBODY: Place = { user: 'nobody' };
/** Root as in a container that was made without the right to trace. */
const BARE_CONTAINER: Place = {
  through: ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace'],
  env: { container: 'docker' },
};
const YAMA = '/proc/sys/kernel/yama/ptrace_scope';

/** Above 0, Yama refuses strangers' processes what the tests expect to be allowed. */
const isUnrestricted = !existsSync(YAMA) || readFileSync(YAMA, 'utf8').trim() === '0';

/** What the check found; only what is sure, since a filter of the machine's own shows as a possibility everywhere. */
function forbiddenBy({ target }: Examination, ...confidences: string[]): string[] {
  const result = target.results.find(({ check }) => check === CHECK);
  expect(result?.outcome).toMatch(/^(pass|fail)$/);
  const wanted = confidences.length === 0 ? ['certain', 'likely'] : confidences;
  return result?.findings.filter(({ confidence }) => wanted.includes(confidence)).map(({ cause }) => cause) ?? [];
}

function startProgram(code: string, place: Place = {}): Promise<Started> {
  return startPython(scene, code, [], place);
}

/** A program that has forbidden to be traced: prctl(PR_SET_DUMPABLE, 0). */
const UNDUMPABLE = 'import ctypes\nctypes.CDLL(None).prctl(4, 0, 0, 0, 0)';

describe.runIf(canTest)('a process without a debug server, by its pid', () => {
  it('may be traced by its own user', async () => {
    const program = await startProgram('', NOBODY);
    const attached = tryAttach(program.pid, NOBODY);
    const examination = await runDoctor(['check', `pid:${program.pid}`], NOBODY);
    expect(attached).toBe(isUnrestricted ? 'attached' : REFUSED);
    expect(forbiddenBy(examination)).toEqual(isUnrestricted ? [] : ['ptrace-scope-restricted']);
    expect(findingOf(examination, 'debug-flag-not-applied').args).toMatchObject({
      pid: program.pid,
      adapter: 'debugpy',
    });
  });

  it("may be traced by root, also another user's and one that forbids it to others", async () => {
    const program = await startProgram(UNDUMPABLE, NOBODY);
    expect(tryAttach(program.pid)).toBe('attached');
    const examination = await runDoctor(['check', `pid:${program.pid}`]);
    expect(forbiddenBy(examination)).toEqual([]);
  });

  it('is traced already', async () => {
    const program = await startProgram('');
    const tracer = await startPython(scene, TRACER, [program.pid]);
    expect(tryAttach(program.pid)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`]);
    expect(forbiddenBy(examination)).toEqual(['already-traced']);
    expect(examination.causes[0]).toBe('already-traced');
    const { confidence, evidence } = findingOf(examination, 'already-traced');
    expect(confidence).toBe('certain');
    expect(evidence[0]?.text).toContain(`${tracer.pid}`);
  });

  it('belongs to another user', async () => {
    const program = await startProgram('');
    expect(tryAttach(program.pid, NOBODY)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], NOBODY);
    expect(forbiddenBy(examination)).toEqual(['attach-ipc-not-shared']);
    expect(findingOf(examination, 'attach-ipc-not-shared')).toMatchObject({
      confidence: 'certain',
      args: { pid: program.pid, user: 'root' },
    });
  });

  it('has the same user and another group', async () => {
    const group = ['setpriv', '--regid=daemon', '--clear-groups', '--reuid=nobody', '--inh-caps=-all'];
    const program = await startProgram('', { through: group });
    expect(tryAttach(program.pid, NOBODY)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], NOBODY);
    expect(forbiddenBy(examination)).toEqual(['attach-ipc-not-shared']);
  });

  it('belongs to another user than root of a container without the right to trace', async () => {
    const program = await startProgram('', NOBODY);
    expect(tryAttach(program.pid, BARE_CONTAINER)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], BARE_CONTAINER);
    expect(forbiddenBy(examination)).toEqual(['container-lacks-ptrace-right']);
    expect(findingOf(examination, 'container-lacks-ptrace-right').confidence).toBe('certain');
  });

  it('has forbidden it, and has the same user', async () => {
    const program = await startProgram(UNDUMPABLE, NOBODY);
    expect(tryAttach(program.pid, NOBODY)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], NOBODY);
    expect(forbiddenBy(examination)).toEqual(['target-refuses-debugger']);
    expect(findingOf(examination, 'target-refuses-debugger').confidence).toBe('certain');
  });

  it('has more capabilities than root of that container', async () => {
    const program = await startProgram('');
    expect(tryAttach(program.pid, BARE_CONTAINER)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], BARE_CONTAINER);
    expect(forbiddenBy(examination)).toEqual(['target-refuses-debugger']);
  });

  it('lives in a user namespace of root', async () => {
    const through = ['unshare', '--user', '--map-root-user'];
    const program = await startProgram('', { through });
    expect(tryAttach(program.pid)).toBe('attached');
    expect(forbiddenBy(await runDoctor(['check', `pid:${program.pid}`]))).toEqual([]);
    expect(tryAttach(program.pid, NOBODY)).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], NOBODY);
    expect(forbiddenBy(examination)).toEqual(['attach-ipc-not-shared']);
  });

  it('would be traced by a debugger whose system calls are filtered, which shows, but not how', async () => {
    const program = await startProgram('');
    expect(tryAttach(program.pid, { through: underFilter })).toBe(REFUSED);
    const examination = await runDoctor(['check', `pid:${program.pid}`], { through: underFilter });
    expect(forbiddenBy(examination)).toEqual([]);
    expect(forbiddenBy(examination, 'possible')).toHaveLength(1);
    expect(examination.causes).toContainEqual(
      expect.stringMatching(/^(sandbox-confines-program|container-lacks-ptrace-right)$/),
    );
  });
});

describe.runIf(canTest)('a process with a debug server, by its pid', () => {
  it('needs nobody to trace it', async () => {
    const port = nextPort();
    const program = await startDebugpy(scene, port);
    const examination = await runDoctor(['check', `pid:${program.pid}`]);
    expect(examination.target.status).toBe('healthy');
    expect(forbiddenBy(examination)).toEqual([]);
  });
});
