import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.js';

const host = createNodeHost();
const folder = mkdtempSync(join(tmpdir(), 'host-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The kernel's letter of a process; null when it is gone. */
function stateOf(pid: number): string | null {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) ? (readFileSync(file, 'utf8').split(') ')[1]?.[0] ?? null) : null;
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 40; tries += 1) {
    const state = stateOf(pid);
    if (state === null || state === 'Z') return true;
    await sleep(50);
  }
  return false;
}

describe('run', () => {
  it('gives streams and exit code, and a closed standard input', async () => {
    const result = await host.run(['sh', '-c', 'cat; echo out; echo err >&2; exit 7']);
    expect(result).toEqual({
      started: true,
      code: null,
      exitCode: 7,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
      truncated: false,
    });
  });

  it('uses no shell', async () => {
    expect((await host.run(['echo', '$HOME', ';', 'false'])).stdout).toBe('$HOME ; false\n');
  });

  it('asks for messages in English', async () => {
    expect((await host.run(['sh', '-c', 'echo $LC_ALL $LANGUAGE'])).stdout).toBe('C C\n');
    expect((await host.run(['ls', '/absent'])).stderr).toContain('No such file or directory');
  });

  it.each([
    [['debug-doctor-absent-program'], 'ENOENT'],
    [['/etc/passwd'], 'EACCES'],
  ])('says why %j could not be started', async (argv, code) => {
    expect(await host.run(argv)).toMatchObject({ started: false, code, exitCode: null });
  });

  it('runs in another folder', async () => {
    expect((await host.run(['pwd'], { cwd: folder })).stdout).toBe(`${folder}\n`);
  });

  it('ends a program that hangs', async () => {
    const result = await host.run(['sleep', '30'], { timeoutMs: 150 });
    expect(result).toMatchObject({ started: true, timedOut: true, exitCode: null });
  });

  it('ends a program that ignores the polite signal, with what it started', async () => {
    const file = join(folder, 'pids');
    const code = `trap '' TERM; sleep 31 & echo $! $$ > ${file}; sleep 31; sleep 31`;
    const result = await host.run(['sh', '-c', code], { timeoutMs: 300 });
    expect(result.timedOut).toBe(true);
    const pids = readFileSync(file, 'utf8').trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    for (const pid of pids) expect(await isGone(pid)).toBe(true);
  });

  it('does not wait for a daemon that keeps the output open', async () => {
    const result = await host.run(['sh', '-c', 'sleep 31 & echo done'], { timeoutMs: 10_000 });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'done\n', timedOut: false });
  });

  it('cuts off output without an end', async () => {
    const result = await host.run(['yes'], { maxBytes: 10_000 });
    expect(result.truncated).toBe(true);
    expect(result.stdout.length).toBeLessThanOrEqual(10_000);
  });

  it('takes binary output', async () => {
    const result = await host.run(['head', '-c', '4096', '/dev/urandom']);
    expect(result).toMatchObject({ exitCode: 0, truncated: false });
  });

  it('ends when the signal aborts', async () => {
    const startedAt = performance.now();
    const result = await host.withSignal(AbortSignal.timeout(100)).run(['sleep', '30'], { timeoutMs: 20_000 });
    expect(result.exitCode).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
