import { execa } from 'execa';
import type { RunOptions, RunResult } from './host.js';

const DEFAULT_TIMEOUT_MS = 2000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * Runs a program without a shell, with its messages in English and nothing on its standard input. A program that hangs
 * is ended after `timeoutMs`; output beyond `maxBytes` a stream ends it too and sets `truncated`.
 */
export async function run(argv: readonly string[], options: RunOptions, signal: AbortSignal | null): Promise<RunResult> {
  const [file, ...args] = argv;
  if (file === undefined) throw new Error('run needs a program');
  const result = await execa(file, args, {
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    forceKillAfterDelay: 200,
    maxBuffer: options.maxBytes ?? DEFAULT_MAX_BYTES,
    env: { LC_ALL: 'C', LANGUAGE: 'C' },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(signal === null ? {} : { cancelSignal: signal }),
  });
  return {
    started: result.exitCode !== undefined || result.signal !== undefined,
    code: result.code ?? null,
    exitCode: result.exitCode ?? null,
    stdout: result.stdout,
    stderr: result.stderr,
    timedOut: result.timedOut,
    truncated: result.isMaxBuffer,
  };
}
