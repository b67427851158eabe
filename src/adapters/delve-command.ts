import { baseName } from './command-line.js';

/** A command line of `dlv`. */
export interface DelveCommand {
  /** The subcommand; null when there is none. */
  verb: string | null;
  /** By long name; of an option that is given twice the last value counts. */
  options: ReadonlyMap<string, string>;
}

/** Options that take the next argument as their value, unless it is written behind `=`. */
const WITH_VALUE =
  /^(api-version|backend|build-flags|client-addr|init|listen|log-dest|log-output|output|redirect|tty|waitfor.*|wd)$/;

const LONG_NAMES: Readonly<Record<string, string>> = { l: 'listen', r: 'redirect' };

/**
 * Reads a command line; null when it is no `dlv`. Options stand anywhere, before the subcommand as well; what follows
 * `--` belongs to the program. `-l :2345`, `-l=:2345` and `-l:2345` are the same.
 */
export function readDelveCommand(command: readonly string[]): DelveCommand | null {
  const [program, ...rest] = command;
  if (program === undefined || baseName(program) !== 'dlv') return null;
  const options = new Map<string, string>();
  let verb: string | null = null;
  for (let index = 0; index < rest.length; index += 1) {
    const argument = rest[index] ?? '';
    if (argument === '--') break;
    const option = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(argument) ?? /^-([lr])(?:=?([\s\S]+))?$/.exec(argument);
    if (option === null) {
      if (!argument.startsWith('-')) verb ??= argument;
      continue;
    }
    const [, short = '', value] = option;
    const name = LONG_NAMES[short] ?? short;
    const takesNext = value === undefined && WITH_VALUE.test(name);
    options.set(name, value ?? (takesNext ? (rest[index + 1] ?? '') : 'true'));
    if (takesNext) index += 1;
  }
  return { verb, options };
}

/** Whether a switch is on, in any spelling that Go reads as true. */
export function isSwitchedOn({ options }: DelveCommand, name: string): boolean {
  return /^(1|t|true)$/i.test(options.get(name) ?? '');
}
