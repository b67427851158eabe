import { baseName } from '../adapters/command-line.js';
import { unquote } from '../adapters/option-words.js';

/** One program with its arguments, and the variables that are set for it alone. */
export interface SimpleCommand {
  variables: ReadonlyMap<string, string>;
  /** The program first. */
  argv: readonly string[];
}

const MAX_LENGTH = 16_384;
const MAX_NESTING = 3;

const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;
const SETS_VARIABLES = /^(env|cross-env|cross-env-shell)$/;
const EXPORTS_VARIABLES = /^(export|set)$/;
const SHELL = /^((ba|da|z|k)?sh)$/;

/** A word, the end of a simple command (null), or what may be skipped. */
const TOKEN = /\s+|#[^\n]*|&&|\|\||[;|&()]|(?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|>&|[^\s;|&()])+/gy;

/**
 * The programs that a shell command starts: `A=1 node x && sh -c "java y"` is two. Variables of `export`, `set`, `env`
 * and `cross-env` count; expansions stay as they are written. Empty for a text longer than 16 KB. Never throws.
 */
export function readCommands(text: string): SimpleCommand[] {
  return commandsOf(text, new Map(), 0);
}

/** The same for an argument list, which no shell splits, though it may name one. */
export function readArguments(argv: readonly string[]): SimpleCommand[] {
  return unwrap(argv, new Map(), 0);
}

function commandsOf(text: string, inherited: ReadonlyMap<string, string>, nesting: number): SimpleCommand[] {
  if (text.length > MAX_LENGTH || nesting > MAX_NESTING) return [];
  const exported = new Map(inherited);
  return splitCommands(text).flatMap((words) => {
    if (!EXPORTS_VARIABLES.test(words[0] ?? '')) return unwrap(words, exported, nesting);
    for (const [name, value] of assignmentsIn(words.slice(1))) exported.set(name, value);
    return [];
  });
}

function splitCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^(&&|\|\||[;|&()]|\s*\n\s*)$/.test(token)) commands.push([]);
    else if (token.trim() !== '' && !token.startsWith('#')) commands.at(-1)?.push(unquote(token));
  }
  return commands.filter((words) => words.length > 0);
}

/** Takes off assignments and what only starts another command by its text or arguments. */
function unwrap(words: readonly string[], inherited: ReadonlyMap<string, string>, nesting: number): SimpleCommand[] {
  const variables = new Map(inherited);
  const assigned = assignmentsIn(words);
  for (const [name, value] of assigned) variables.set(name, value);
  const argv = words.slice(assigned.length);
  const [program = '', ...rest] = argv;
  if (nesting > MAX_NESTING || program === '') return [];
  const name = baseName(program);
  if (SETS_VARIABLES.test(name)) return unwrap(rest.slice(rest.findIndex(isNoOption)), variables, nesting + 1);
  const texts = nestedTexts(name, rest);
  if (texts.length === 0) return [{ variables, argv }];
  return texts.flatMap((text) => commandsOf(text, variables, nesting + 1));
}

/** Commands that stand as one quoted argument: `sh -c "…"`, `concurrently "…" "…"`, `nodemon --exec "…"`. */
function nestedTexts(program: string, rest: readonly string[]): string[] {
  if (program === 'concurrently') return rest.filter((argument) => isNoOption(argument) && /\s/.test(argument));
  const isCommand = SHELL.test(program) ? /^-[a-z]*c$/ : program === 'nodemon' ? /^(-x|--exec)$/ : null;
  const at = isCommand === null ? -1 : rest.findIndex((argument) => isCommand.test(argument));
  const text = at < 0 ? undefined : rest[at + 1];
  return text === undefined ? [] : [text];
}

function assignmentsIn(words: readonly string[]): [string, string][] {
  const end = words.findIndex((word) => !ASSIGNMENT.test(word));
  return words.slice(0, end < 0 ? words.length : end).map((word) => {
    const [, name = '', value = ''] = ASSIGNMENT.exec(word) ?? [];
    return [name, value];
  });
}

function isNoOption(word: string): boolean {
  return !word.startsWith('-');
}
