import defaultChalk, { Chalk, type ColorSupportLevel } from 'chalk';

type Paint = (text: string) => string;

/** One sign per state of a hop, and the character that lines are drawn with. */
export interface Symbols {
  ok: string;
  broken: string;
  degraded: string;
  unknown: string;
  notReached: string;
  line: string;
}

/** How text for people is coloured and drawn. */
export interface Style {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  cyan: Paint;
  /** Our own punctuation in the characters that the terminal has. */
  plain: Paint;
  symbols: Symbols;
}

const UNICODE: Symbols = { ok: '✓', broken: '✗', degraded: '!', unknown: '?', notReached: '·', line: '─' };
const ASCII: Symbols = { ok: '+', broken: 'x', degraded: '!', unknown: '?', notReached: '.', line: '-' };

const ASCII_FOR: Readonly<Record<string, string>> = {
  '…': '...',
  '←': '<-',
  '→': '->',
  '–': '-',
  '—': '-',
  '’': "'",
  '·': '.',
};

/** A style for chalk's colour level (0: none, 3: true colour), with Unicode or ASCII signs. */
export function createStyle(level: ColorSupportLevel, unicode: boolean): Style {
  const chalk = new Chalk({ level });
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    red: (text) => chalk.red(text),
    green: (text) => chalk.green(text),
    yellow: (text) => chalk.yellow(text),
    cyan: (text) => chalk.cyan(text),
    plain: (text) => (unicode ? text : text.replace(/[…←→–—’·]/g, (character) => ASCII_FOR[character] ?? character)),
    symbols: unicode ? UNICODE : ASCII,
  };
}

/** The style of standard output by chalk's own rules (terminal, FORCE_COLOR); chalk itself does not know NO_COLOR. */
export function terminalStyle(unicode: boolean, colours: boolean): Style {
  return createStyle(colours ? defaultChalk.level : 0, unicode);
}
