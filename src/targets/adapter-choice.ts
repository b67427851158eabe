import { baseName } from '../adapters/command-line.js';
import { ADAPTERS } from '../adapters/index.js';
import { ADAPTER_IDS } from '../model/target.js';
import type { AdapterId } from '../model/target.js';

/** What starts a program that a debugger can be attached to, by the name of the executable. */
const LAUNCHERS: readonly (readonly [RegExp, AdapterId])[] = [
  [/^(python|pypy|ipython)[\d.]*w?$/, 'debugpy'],
  [/^(py|debugpy|pytest|flask|django-admin|uvicorn|gunicorn|celery)$/, 'debugpy'],
  [/^(node|nodejs|npm|npx|pnpm|yarn|tsx|ts-node|nodemon)$/, 'node'],
  [/^dlv$/, 'delve'],
  [/^java$/, 'jdwp'],
  [/^gdbserver$/, 'gdbserver'],
  [/^lldb-(server|dap|vscode)$/, 'lldb'],
  [/^(ruby|rdbg)[\d.]*$/, 'rdbg'],
  [/^(rails|rake|rspec|puma)$/, 'rdbg'],
  [/^(chrom(e|ium)|google-chrome(-stable)?|msedge|microsoft-edge)$/, 'chrome'],
  [/^netcoredbg$/, 'vsdbg'],
];

/** Programs that only start another one, whose name follows. */
const WRAPPERS =
  /^(env|sudo|gosu|su-exec|nice|nohup|time|timeout|exec|setsid|uv|poetry|pipenv|pdm|hatch|bundle|run|tini|dumb-init)$/;

/** Ports that a debugger once had and that other programs have now: Xdebug 2, and PHP's own server. */
const AMBIGUOUS: readonly number[] = [9000];

/** Their default ports stand in examples only, where anybody may have taken them from. */
const WITHOUT_OWN_PORT: readonly AdapterId[] = ['tcp', 'rdbg', 'vsdbg'];

/** Servers whose further instances and workers take the next ports. */
const COUNTING_UP: readonly AdapterId[] = ['debugpy', 'node'];

/** How far a default port reaches: the port itself and the nine that follow. */
export const RANGE_LENGTH = 10;

/** Whether a program only starts another one, whose name is among its arguments. */
export function isWrapper(program: string): boolean {
  return WRAPPERS.test(baseName(program).toLowerCase());
}

/** The debugger of the program that a command starts, by its name; null when the name says nothing. */
export function adapterOfCommand(command: readonly string[]): AdapterId | null {
  for (const argument of command.slice(0, 8)) {
    const bare = baseName(argument).toLowerCase();
    const launcher = LAUNCHERS.find(([pattern]) => pattern.test(bare));
    if (launcher !== undefined) return launcher[1];
    // Options of a wrapper and assignments before the program.
    if (!isWrapper(argument) && !argument.startsWith('-') && !argument.includes('=')) return null;
  }
  return null;
}

/**
 * The debugger that a port speaks for: the adapter whose default port it is (the first in `ADAPTER_IDS` when two share
 * one), debugpy for 5678 to 5687, Node.js for 9229 to 9238; `tcp` for 9000; debugpy for every other port, since its
 * port is the one that people choose freely.
 */
export function adapterOfPort(port: number): AdapterId {
  const known = ADAPTER_IDS.filter((adapter) => !WITHOUT_OWN_PORT.includes(adapter));
  const exact = known.find((adapter) => ADAPTERS[adapter].defaultPort === port);
  if (exact !== undefined) return exact;
  const counted = COUNTING_UP.find((adapter) => {
    const distance = port - ADAPTERS[adapter].defaultPort;
    return distance > 0 && distance < RANGE_LENGTH;
  });
  if (counted !== undefined) return counted;
  return AMBIGUOUS.includes(port) ? 'tcp' : 'debugpy';
}
