import { kill, platform } from 'node:process';
import { execa } from 'execa';
import type { RunOptions, RunResult } from './host.js';

const DEFAULT_TIMEOUT_MS = 2000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

/** Between TERM and KILL. */
const FORCE_AFTER_MS = 200;

/** How long a program's output may stay open once it has ended. */
const OPEN_OUTPUT_MS = 500;

/** Ends a program together with what it started: a child of its own would hold our pipes open for as long as it lives. */
function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined || platform === 'win32') return;
  try {
    kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/**
 * Runs a program without a shell, with its messages in English and nothing on its standard input. A program that hangs
 * is ended after `timeoutMs`, with all that it started; output beyond `maxBytes` a stream ends it too and sets
 * `truncated`.
 */
export async function run(
  argv: readonly string[],
  options: RunOptions,
  signal: AbortSignal | null,
): Promise<RunResult> {
  const [file, ...args] = argv;
  if (file === undefined) throw new Error('run needs a program');
  const child = execa(file, args, {
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    forceKillAfterDelay: FORCE_AFTER_MS,
    maxBuffer: options.maxBytes ?? DEFAULT_MAX_BYTES,
    env: { LC_ALL: 'C', LANGUAGE: 'C' },
    // A process group of its own; on Windows this would open a window.
    detached: platform !== 'win32',
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(signal === null ? {} : { cancelSignal: signal }),
  });
  const onAbort = (): void => endGroup(child.pid, 'SIGTERM');
  const closeOutput = (): void => {
    endGroup(child.pid, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  };
  let closing: NodeJS.Timeout | undefined;
  child.once('exit', () => {
    closing = setTimeout(closeOutput, OPEN_OUTPUT_MS);
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  const result = await child;
  clearTimeout(closing);
  signal?.removeEventListener('abort', onAbort);
  return {
    started: result.exitCode !== undefined || result.signal !== undefined,
    code: result.isCanceled ? null : (result.code ?? null),
    exitCode: result.exitCode ?? null,
    stdout: result.stdout,
    stderr: result.stderr,
    timedOut: result.timedOut,
    truncated: result.isMaxBuffer,
  };
}
