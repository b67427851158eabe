import { expect, it } from 'vitest';
import type { CauseId } from '../../../src/model/cause-ids.js';
import type { AdapterId } from '../../../src/model/target.js';
import { expectCause, expectHealthy, findingOf, runDoctor, type Examination } from '../lab/doctor.js';
import { claimPort, takePortAsStranger } from '../lab/holders.js';
import type { Place } from '../lab/place.js';
import type { Started } from '../lab/processes.js';
import type { Scene, StartOptions } from '../lab/scene.js';

/** TEST-NET-3: nobody's address, and never dialled, since nothing is launched there. */
const FOREIGN_ADDRESS = '203.0.113.77';
const LOW_PORT = 80;
const ROUNDS = 20;

/** A debugger as its users know it. */
export interface RealDebugger {
  adapter: AdapterId;
  /** Another debugger that one could take it for. */
  mistakenFor: AdapterId;
  /** The command line that starts it at an address. */
  command(host: string, port: number): readonly string[];
  /** Starts it and waits until it listens. */
  start(scene: Scene, port: number, options?: StartOptions): Promise<Started>;
  /** Attaches with a real client of this debugger and throws unless it is attached. The client has left afterwards. */
  attach(port: number, server: Started, place: Place): Promise<void>;
  /** It listens on every address, so that all of it happens in a network namespace, and this is said of it. */
  warning?: CauseId;
  /** What a port comes to that another program has on 127.0.0.1, where that overlaps rather than meets. */
  onTakenPort?: CauseId;
  /** What port 80 comes to for an ordinary user. */
  onLowPort: CauseId;
  /** What a PATH without the tool comes to. */
  withoutTool: CauseId;
}

/** Where a debugger is tried: one that listens on every address is kept from the network. */
function groundOf(scene: Scene, { warning }: RealDebugger): Place {
  return warning === undefined ? {} : { namespace: scene.namespace().name };
}

/** Requires that nothing is wrong, and that nothing is said beyond the debugger's own warning. */
function expectSound(examination: Examination, { warning }: RealDebugger): void {
  if (warning === undefined) expectHealthy(examination);
  else expect(examination).toMatchObject({ causes: [warning], exitCode: 0, target: { status: 'healthy' } });
}

/** A healthy server is recognised, and a real client attaches after twenty looks at it. */
export function provesAttach(scene: Scene, real: RealDebugger): void {
  const { adapter, start, attach } = real;
  it(`is healthy, and a real client attaches after ${ROUNDS} checks`, async () => {
    const port = claimPort();
    const place = groundOf(scene, real);
    const server = await start(scene, port, place);
    for (let round = 0; round < ROUNDS; round += 1) {
      const examination = await runDoctor(['check', String(port), '--adapter', adapter], place);
      expectSound(examination, real);
    }
    expect(server.isRunning()).toBe(true);
    await attach(port, server, place);
  });
}

/** The doctor knows what listens there without being told. */
export function provesRecognition(scene: Scene, real: RealDebugger): void {
  const { adapter, mistakenFor, start } = real;
  it(`is named where ${mistakenFor} was expected`, async () => {
    const port = claimPort();
    const place = groundOf(scene, real);
    const { pid } = await start(scene, port, place);
    const examination = await runDoctor(['check', String(port), '--adapter', mistakenFor], place);
    expectCause(examination, 'port-answered-by-other-program');
    expect(findingOf(examination, 'port-answered-by-other-program')).toMatchObject({
      confidence: 'certain',
      args: { detail: adapter },
    });
    expect((await runDoctor(['check', `pid:${pid}`], place)).target.target).toMatchObject({ adapter, port });
  });

  it('is found on another port', async () => {
    const port = claimPort();
    const place = groundOf(scene, real);
    await start(scene, port, place);
    const examination = await runDoctor(['check', String(port + 1), '--adapter', adapter], place);
    expect(examination.causes).toContain('wrong-port');
    expect(examination.exitCode).toBe(1);
  });
}

/** A launch that would work is healthy, and its adapter is known by the command alone. */
export function provesLaunch(scene: Scene, real: RealDebugger): void {
  const { adapter, command, onTakenPort = 'port-held-by-other-program' } = real;
  it('may be launched', async () => {
    const port = claimPort();
    const examination = await runDoctor(['check', '--request', 'launch', '--', ...command('127.0.0.1', port)]);
    expectSound(examination, real);
    expect(examination.target.target).toMatchObject({ adapter, port, request: 'launch' });
  });

  it('may not be launched on a port that is taken', async () => {
    const port = claimPort();
    const { pid } = await takePortAsStranger(scene, port);
    const examination = await runDoctor(['check', '--request', 'launch', '--', ...command('127.0.0.1', port)]);
    expect(expectCause(examination, onTakenPort).args).toMatchObject({ pid, port });
  });
}

/** For debuggers that listen where they are told. */
export function provesForeignAddress({ command }: RealDebugger): void {
  it('may not be launched on an address of another machine', async () => {
    const examination = await runDoctor(['check', '--request', 'launch', '--', ...command(FOREIGN_ADDRESS, 15_999)]);
    expectCause(examination, 'address-not-on-this-machine');
  });
}

/** Needs root, to become somebody without rights. */
export function provesLowPort(scene: Scene, { command, onLowPort }: RealDebugger): void {
  it('may not be launched on a low port by an ordinary user', async () => {
    const { name } = scene.namespace();
    const argv = ['check', '--request', 'launch', '--', ...command('127.0.0.1', LOW_PORT)];
    expectCause(await runDoctor(argv, { namespace: name, user: 'nobody' }), onLowPort);
  });
}

/** The tool is asked for by its name, in a PATH that has nothing. */
export function provesMissingTool(scene: Scene, { adapter, withoutTool }: RealDebugger): void {
  it('may not be launched where its tool is missing', async () => {
    const env = { PATH: scene.folder() };
    const argv = ['check', String(claimPort()), '--request', 'launch', '--adapter', adapter];
    expectCause(await runDoctor(argv, { env }), withoutTool);
  });
}
