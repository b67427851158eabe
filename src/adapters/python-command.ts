import { baseName } from './command-line.js';

/** A command line of a Python interpreter. */
export interface PythonCommand {
  interpreter: string;
  /** The interpreter's own options, as they are written. */
  options: readonly string[];
  kind: 'script' | 'module' | 'code';
  /** The path, the module's name or the code. */
  runs: string;
  /** What follows belongs to the program. */
  arguments: readonly string[];
}

const INTERPRETER = /^(python|pypy)[\d.]*w?$/;

/**
 * Reads a command line; null when it is no Python interpreter, or runs nothing (a prompt, a program on standard input).
 * Single letters may be joined (`-Im module`), and a value may follow its letter at once (`-mflask`, `-Xdev`).
 */
export function readPythonCommand(command: readonly string[]): PythonCommand | null {
  const [interpreter] = command;
  if (interpreter === undefined || !INTERPRETER.test(baseName(interpreter))) return null;
  for (let index = 1; index < command.length; index += 1) {
    const argument = command[index] ?? '';
    if (argument === '-') return null;
    if (argument === '--' || !argument.startsWith('-')) {
      const at = argument === '--' ? index + 1 : index;
      return programAt(command, index, { kind: 'script', runs: command[at], rest: at + 1 });
    }
    if (argument === '--check-hash-based-pycs') index += 1;
    if (argument.startsWith('--')) continue;
    const [, flags = '', letter, value = ''] = /^-([^cmWX]*)([cmWX])?([\s\S]*)$/.exec(argument) ?? [];
    if (letter === 'c' || letter === 'm') {
      const isNext = value === '';
      const found = {
        kind: letter === 'c' ? ('code' as const) : ('module' as const),
        runs: isNext ? command[index + 1] : value,
        rest: isNext ? index + 2 : index + 1,
      };
      return programAt(command, index, found, flags);
    }
    if (letter !== undefined && value === '') index += 1;
  }
  return null;
}

function programAt(
  command: readonly string[],
  end: number,
  { kind, runs, rest }: { kind: PythonCommand['kind']; runs: string | undefined; rest: number },
  flags = '',
): PythonCommand | null {
  if (runs === undefined) return null;
  const options = [...command.slice(1, end), ...(flags === '' ? [] : [`-${flags}`])];
  return { interpreter: command[0] ?? '', options, kind, runs, arguments: command.slice(rest) };
}

/** The minor version of Python 3 that an interpreter's name states (`python3.12`: 12); null when it states none. */
export function minorVersionOf(interpreter: string): number | null {
  const minor = /^python3\.(\d{1,3})w?$/.exec(baseName(interpreter))?.[1];
  return minor === undefined ? null : Number(minor);
}
