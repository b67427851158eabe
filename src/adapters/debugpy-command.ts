import type { Recognised } from './adapter.js';
import { flagValue, splitHostPort } from './command-line.js';
import { readPythonCommand, type PythonCommand } from './python-command.js';

/**
 * What decides whether a contact disturbs: debugpy with a program, an adapter that an editor started and that serves
 * none, and the two debuggers that debugpy grew out of.
 */
type DebugpyMode = 'debugpy' | 'standalone-adapter' | 'ptvsd' | 'pydevd';

const BASE = { servesProgram: false, takesOneClient: true } as const;

/** Options of debugpy that take the next argument as their value. */
const DEBUGPY_VALUE = /^--(connect|adapter-access-token|log-to|configure-.+)$/;

/** Whether Python runs this module, by `-m` or by the path of its folder or main file. */
function isModule({ kind, runs }: PythonCommand, name: RegExp): boolean {
  return kind === 'module' ? name.test(runs) : kind === 'script' && name.test(dotted(runs));
}

/** A path as a module's name: `/lib/debugpy/adapter/__main__.py` is `lib.debugpy.adapter`. */
function dotted(path: string): string {
  return path.replace(/([\\/]__main__)?\.py$/, '').replaceAll(/[\\/]+/g, '.');
}

function portOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/**
 * `… python /path/debugpy/adapter --for-server N --host H --port P …`: the process that listens on behalf of a
 * program. It has its own session and pid 1 as parent from the start, so that neither says that it is an orphan.
 */
function recogniseAdapter(own: readonly string[]): Recognised {
  const servesProgram = own.includes('--for-server');
  const mode: DebugpyMode = servesProgram ? 'debugpy' : 'standalone-adapter';
  const address = { host: flagValue(own, '--host'), port: portOf(flagValue(own, '--port')) };
  return { ...BASE, role: 'adapter', ...address, mode, servesProgram };
}

/** What follows the program that debugpy runs is that program's. `--connect` calls an adapter that an editor started. */
function recogniseDebugpy(own: readonly string[]): Recognised | null {
  const mode: DebugpyMode = 'debugpy';
  for (let index = 0; index < own.length; index += 1) {
    const argument = own[index] ?? '';
    const [, way] = /^--(listen|connect)(?:=|$)/.exec(argument) ?? [];
    if (way !== undefined) {
      const address = splitHostPort(flagValue(own.slice(index), `--${way}`) ?? '');
      return { ...BASE, role: way === 'listen' ? 'program' : 'caller', ...address, mode };
    }
    if (DEBUGPY_VALUE.test(argument)) index += 1;
    else if (!argument.startsWith('--')) return null;
  }
  return null;
}

/** ptvsd 4: `--host H --port P`, with `--client` to call there; its first versions wrote `--server-host`. */
function recognisePtvsd(words: readonly string[]): Recognised | null {
  const program = words.findIndex((word, index) => isPtvsdProgram(word, words[index - 1]));
  const own = program < 0 ? words : words.slice(0, program);
  const port = portOf(flagValue(own, '--port'));
  const host = flagValue(own, '--host') ?? flagValue(own, '--server-host');
  if (port === null && host === null) return null;
  const mode: DebugpyMode = 'ptvsd';
  return { ...BASE, role: own.includes('--client') ? 'caller' : 'program', host, port: port ?? 5678, mode };
}

function isPtvsdProgram(word: string, before: string | undefined): boolean {
  const isValue = before !== undefined && /^--(host|server-host|port|pid|log-dir)$/.test(before);
  return !isValue && (!word.startsWith('--') || word === '--pid');
}

/** pydevd: `--client HOST --port N` calls an IDE such as PyCharm; `--server` listens on every address instead. */
function recognisePydevd(words: readonly string[]): Recognised | null {
  const file = words.indexOf('--file');
  const own = file < 0 ? words : words.slice(0, file);
  const port = portOf(flagValue(own, '--port'));
  const client = flagValue(own, '--client');
  const mode: DebugpyMode = 'pydevd';
  if (own.includes('--server')) return { ...BASE, role: 'program', host: '0.0.0.0', port, mode };
  return client === null ? null : { ...BASE, role: 'caller', host: client, port, mode };
}

/** Judges a command line of Python, of whichever of its debuggers. */
export function recognisePythonDebugger(command: readonly string[]): Recognised | null {
  const python = readPythonCommand(command);
  if (python === null) return null;
  const own = python.arguments;
  if (isModule(python, /(^|\.)debugpy\.adapter$/)) return recogniseAdapter(own);
  if (isModule(python, /(^|\.)debugpy$/)) return recogniseDebugpy(own);
  if (isModule(python, /(^|\.)ptvsd$/)) return recognisePtvsd(own);
  return isModule(python, /(^|\.)pydevd$/) ? recognisePydevd(own) : null;
}
