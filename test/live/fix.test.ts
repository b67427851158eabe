import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { reportSchema } from '../../src/report-schema.js';
import { attachToDebugpy, debugpyAnswers, inspectorAnswers } from './lab/clients.js';
import { adaptersOf, PYTHON, startDebugpy, startNode } from './lab/debuggers.js';
import { runCli, type Outcome } from './lab/doctor.js';
import { adapterOf, claimPort, SYSTEM_PATH, takePort, takePortAsStranger } from './lab/holders.js';
import type { Place } from './lab/place.js';
import { isListening, stateOf, waitUntil } from './lab/processes.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('fixes', PYTHON, 'unshare');
const mayIsolate = canRun('fixes of other users', 'root', 'setpriv', PYTHON);

const remedySchema = z.object({ cause: z.string(), remedy: z.object({ id: z.string(), risk: z.string() }) });
const fixSchema = z.object({
  schemaVersion: z.literal('1.0'),
  outcome: z.string(),
  exitCode: z.number(),
  plan: z.array(remedySchema),
  leftOut: z.array(remedySchema.extend({ reason: z.string() })),
  applied: z.array(z.object({ id: z.string(), remedy: z.string(), status: z.string() })),
  failure: z.object({ reason: z.string() }).nullable(),
  before: reportSchema,
  after: reportSchema.nullable(),
});

let state = '';
beforeEach(() => {
  state = scene.folder();
});

function placeOf(place: Place = {}): Place {
  return { ...place, env: { PATH: SYSTEM_PATH, XDG_STATE_HOME: state, ...place.env } };
}

async function runFix(args: readonly string[], place: Place = {}): Promise<z.output<typeof fixSchema>> {
  const outcome = await runCli(['fix', '--json', ...args], placeOf(place));
  const result = fixSchema.parse(JSON.parse(outcome.stdout));
  expect(result.exitCode).toBe(outcome.exitCode);
  return result;
}

const runUndo = (...args: string[]): Promise<Outcome> => runCli(['undo', ...args], placeOf());

/** Everything that the doctor remembers. */
function journal(): string[] {
  return readdirSync(state, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.json'));
}

function remediesOf({ applied }: z.output<typeof fixSchema>): (readonly [string, string])[] {
  return applied.map(({ remedy, status }) => [remedy, status]);
}

/** A configuration as people write them, with three ports to choose from. */
function configText(port: number): string {
  return `// where the team debugs
{
   "server": {
\t  /* not 127.0.0.2 */ "host": "127.0.0.1",
      "port":${port}   , // agreed on
      "wait_for_client": false,
   },
  "remote": { "port_range": [${port}, ${port + 2}] },  "client": {},
}
`;
}

function writeConfig(port: number): { file: string; text: string } {
  const file = join(scene.folder(), 'debugpy_config.json');
  const text = configText(port);
  writeFileSync(file, text);
  return { file, text };
}

function portIn(file: string): number {
  const value: unknown = parse(readFileSync(file, 'utf8'), [], { allowTrailingComma: true });
  return z.object({ server: z.object({ port: z.number() }) }).parse(value).server.port;
}

describe.runIf(hasPython)('a configuration whose port is taken', () => {
  it('moves to the next free port, on which debugpy then answers; undo puts it back', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const { file, text } = writeConfig(port);
    const result = await runFix(['--config', file, '--request', 'launch', '--yes']);
    expect(result).toMatchObject({
      outcome: 'fixed',
      exitCode: 0,
      before: { status: 'unhealthy' },
      after: { status: 'healthy' },
    });
    expect(remediesOf(result)).toEqual([['move-to-free-port', 'verified']]);
    const moved = portIn(file);
    expect(moved).toBe(port + 1);
    expect(readFileSync(file, 'utf8')).toBe(text.replace(`"port":${port} `, `"port":${moved} `));
    await startDebugpy(scene, moved);
    expect(await debugpyAnswers(moved)).toBe(true);

    expect((await runUndo()).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect((await runUndo()).exitCode).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('skips ports of the range that are taken as well', async () => {
    const port = claimPort();
    await takePort(scene, port);
    await takePort(scene, port + 1);
    const { file } = writeConfig(port);
    expect((await runFix(['--config', file, '--request', 'launch', '--yes'])).outcome).toBe('fixed');
    expect(portIn(file)).toBe(port + 2);
  });

  it('stays as it is when no port of the range is free', async () => {
    const port = claimPort();
    for (const taken of [port, port + 1, port + 2]) await takePort(scene, taken);
    const { file, text } = writeConfig(port);
    const result = await runFix(['--config', file, '--request', 'launch', '--yes']);
    expect(result).toMatchObject({ outcome: 'nothing-applicable', exitCode: 1, applied: [] });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is not touched when nobody said yes', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const { file, text } = writeConfig(port);
    const asked = await runCli(['fix', '--config', file, '--request', 'launch'], placeOf());
    expect(asked.exitCode).toBe(1);
    const result = await runFix(['--config', file, '--request', 'launch']);
    expect(result).toMatchObject({
      outcome: 'declined',
      exitCode: 1,
      applied: [],
      plan: [{ remedy: { id: 'move-to-free-port' } }],
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(journal()).toEqual([]);
  });

  it('is not touched by a dry run', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const { file, text } = writeConfig(port);
    const result = await runFix(['--config', file, '--request', 'launch', '--yes', '--dry-run']);
    expect(result).toMatchObject({
      outcome: 'dry-run',
      exitCode: 1,
      applied: [],
      after: null,
      plan: [{ remedy: { id: 'move-to-free-port' } }],
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(journal()).toEqual([]);
  });

  it.runIf(mayIsolate)('cannot be fixed by a user who may not write it', async () => {
    const port = claimPort();
    await takePort(scene, port);
    const { file, text } = writeConfig(port);
    chmodSync(state, 0o777);
    const result = await runFix(['--config', file, '--request', 'launch', '--yes'], { user: 'nobody' });
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 2, failure: { reason: 'file-not-writable' } });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe.runIf(hasPython)('a port held by a process', () => {
  it('is freed of an orphaned adapter, and debugpy starts on it', async () => {
    const port = claimPort();
    const program = await startDebugpy(scene, port);
    const adapter = await adapterOf(port);
    const client = await attachToDebugpy(port);
    scene.defer(() => client.close());
    await program.end();
    const result = await runFix([String(port), '--request', 'launch', '--adapter', 'debugpy', '--yes']);
    expect(result).toMatchObject({ outcome: 'fixed', exitCode: 0 });
    expect(remediesOf(result)).toEqual([['end-orphaned-adapter', 'verified']]);
    expect(adaptersOf(port)).not.toContain(adapter);
    await startDebugpy(scene, port);
    expect(await debugpyAnswers(port)).toBe(true);
  });

  it('is not freed of a living program unless that is allowed', async () => {
    const port = claimPort();
    const { pid } = await takePortAsStranger(scene, port);
    const careful = await runFix([String(port), '--request', 'launch', '--adapter', 'tcp', '--yes']);
    expect(careful).toMatchObject({ outcome: 'nothing-applicable', exitCode: 1 });
    expect(careful.leftOut).toContainEqual(expect.objectContaining({ reason: 'risk-above-max' }));
    expect(stateOf(pid)).toBe('S');
    const bold = await runFix([
      String(port),
      '--request',
      'launch',
      '--adapter',
      'tcp',
      '--yes',
      '--max-risk',
      'disruptive',
    ]);
    expect(bold).toMatchObject({ outcome: 'fixed', exitCode: 0 });
    expect(remediesOf(bold)).toEqual([['end-port-owner', 'verified']]);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(isListening('self', port)).toBe(false);
  });

  it('is still held by the second of two owners, so that the fix failed; the next one frees it', async () => {
    const port = claimPort();
    await takePort(scene, port, 'forked listener');
    const words = [String(port), '--request', 'launch', '--adapter', 'tcp', '--yes', '--max-risk', 'disruptive'];
    const first = await runFix(words);
    expect(first).toMatchObject({ outcome: 'still-failing', exitCode: 1, after: { status: 'unhealthy' } });
    expect(remediesOf(first)).toEqual([['end-port-owner', 'failed']]);
    expect(isListening('self', port)).toBe(true);
    expect(await runFix(words)).toMatchObject({ outcome: 'fixed', exitCode: 0 });
    expect(isListening('self', port)).toBe(false);
  });

  it.runIf(mayIsolate)('of another user is left alone', async () => {
    const port = claimPort();
    const { pid } = await takePort(scene, port, 'listening', '127.0.0.1', { user: 'nobody' });
    const result = await runFix([
      String(port),
      '--request',
      'launch',
      '--adapter',
      'tcp',
      '--yes',
      '--max-risk',
      'disruptive',
    ]);
    expect(result).toMatchObject({ outcome: 'nothing-applicable', exitCode: 1, applied: [] });
    expect(stateOf(pid)).toBe('S');
  });
});

describe('a suspended Node program', () => {
  it('goes on and answers', async () => {
    const port = claimPort();
    const program = await startNode(scene, port);
    program.signal('SIGSTOP');
    await waitUntil('it is stopped', () => stateOf(program.pid) === 'T');
    const result = await runFix([String(port), '--adapter', 'node', '--yes']);
    expect(result).toMatchObject({ outcome: 'fixed', exitCode: 0 });
    expect(remediesOf(result)).toEqual([['resume-process', 'verified']]);
    expect(await inspectorAnswers(port)).toBe(true);
  });
});

describe('nothing to do', () => {
  it('for a healthy target', async () => {
    const result = await runFix([String(claimPort()), '--request', 'launch', '--adapter', 'tcp', '--yes']);
    expect(result).toMatchObject({ outcome: 'nothing-to-fix', exitCode: 0, applied: [] });
    expect(journal()).toEqual([]);
  });

  it('by itself for a target with nothing but a warning', async () => {
    const result = await runFix([`0.0.0.0:${claimPort()}`, '--request', 'launch', '--adapter', 'node', '--yes']);
    expect(result).toMatchObject({ outcome: 'nothing-applicable', exitCode: 0, applied: [] });
    expect(result.leftOut).toContainEqual(expect.objectContaining({ cause: 'debug-port-exposed', reason: 'manual' }));
  });

  it.each([
    ['fix', '--bogus'],
    ['fix', '--max-risk', 'manual'],
    ['undo', 'nosuch-id'],
  ])('for wrong words: %s %s', async (...args) => {
    const { exitCode, stdout, stderr } = await runCli(args, placeOf());
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(journal()).toEqual([]);
  });
});
