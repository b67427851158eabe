import { readCheckArguments } from './read-check-arguments.js';
import { createTerminal, type Terminal } from './terminal.js';
import { EXIT } from '../engine/exit-code.js';

/** Ctrl-C, and whatever else asks us to end, ends children and connections, and then us. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
    process.exit(EXIT.interrupted);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, interrupt);
  return controller.signal;
}

async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = argv;
  if (argv.length === 1 && name === '--version') {
    terminal.write(`${__VERSION__}\n`);
    return EXIT.healthy;
  }
  const signal = interruptSignal();
  const parsed = name === 'check' ? readCheckArguments(rest) : null;
  if (parsed !== null) return (await import('./check.js')).runCheck(parsed, terminal, signal);
  return (await import('./program.js')).runProgram(argv, terminal, signal);
}

/** With `--inspect` in NODE_OPTIONS this very process took the port which it is to look at. */
async function closeOwnInspector(): Promise<void> {
  if (process.env['NODE_OPTIONS']?.includes('--inspect') === true) (await import('node:inspector')).close();
}

async function main(): Promise<void> {
  await closeOwnInspector();
  const terminal = createTerminal();
  try {
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    // A wrong word is the user's, with one sentence; everything else is ours, with a trace for the bug report.
    const isUsage = error instanceof Error && error.name === 'UsageError';
    const text = error instanceof Error ? (isUsage ? error.message : (error.stack ?? error.message)) : String(error);
    terminal.writeError(`debug-doctor: ${text}\n`);
    process.exitCode = EXIT.failure;
  }
}

void main();
