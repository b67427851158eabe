import type { MutableHost } from '../host/host.js';
import { failure, type Failure } from './failure.js';

/** Installing a package over a slow line is the longest that a remedy takes. */
const TIMEOUT_MS = 10 * 60 * 1000;
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

const KEPT_LINES = 20;
const KEPT_CHARACTERS = 2000;

/** Runs a program of a remedy or of its undoing; anything but exit code 0 is a failure. Keeps its last lines. */
export async function runProgram(
  host: MutableHost,
  argv: readonly string[],
): Promise<{ ok: true; detail: string } | Failure> {
  const result = await host.execute(argv, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_OUTPUT_BYTES });
  if (!result.started) return failure('not-started', `${argv[0] ?? ''}: ${result.code ?? ''}`);
  const said = lastLines(result.stderr.trim() === '' ? result.stdout : result.stderr);
  if (result.timedOut) return failure('timed-out', said);
  if (result.exitCode !== 0) return failure('exit-code', `${result.exitCode ?? 'ended by a signal'}\n${said}`.trim());
  return { ok: true, detail: said };
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-KEPT_LINES).join('\n').slice(-KEPT_CHARACTERS);
}
