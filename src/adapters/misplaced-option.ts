import type { AdapterId } from '../model/target.js';
import { baseName } from './command-line.js';
import { debugpy } from './debugpy.js';
import { jdwp, LAUNCHER_WITH_VALUE } from './jdwp.js';
import { node } from './node.js';
import { xdebug } from './xdebug.js';
import type { Adapter } from './adapter.js';

/** A debug option that stands behind the program's name, so that the program gets it and the runtime does not. */
export interface MisplacedOption {
  adapter: AdapterId;
  /** As it is written there. */
  option: string;
  /** The port that it would have opened, or called; null when it says none that can be told. */
  port: number | null;
}

/** How a runtime's command line ends where its program begins. */
interface Runtime {
  adapter: Adapter;
  program: RegExp;
  /** Options that take the next argument as their value. */
  takesValue: RegExp;
  /** Options whose value is the program itself. */
  runs: RegExp;
  /** What looks like a debug option, or begins one. */
  option: RegExp;
}

const RUNTIMES: readonly Runtime[] = [
  {
    adapter: node,
    program: /^node(js)?$/,
    takesValue: /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file)$/,
    // What follows code on the command line is still read by Node.
    runs: /^$/,
    option: /^--inspect(-brk|-wait)?(=|$)/,
  },
  {
    adapter: jdwp,
    program: /^javaw?$/,
    takesValue: LAUNCHER_WITH_VALUE,
    runs: /^(-jar|-m|--module)$/,
    option: /^-(agentlib:jdwp=|Xrunjdwp:)/,
  },
  {
    adapter: debugpy,
    program: /^(python|pypy)[\d.]*w?$/,
    takesValue: /^(-W|-X|--check-hash-based-pycs)$/,
    runs: /^-[A-Za-z]*m$/,
    option: /^-m$/,
  },
  {
    adapter: xdebug,
    program: /^php(-cgi)?[\d.]*$/,
    takesValue: /^-[cdzfrBRFESt]$/,
    runs: /^$/,
    option: /^-d(xdebug\.|$)/,
  },
];

/** Code on the command line: what follows is no file's argument. */
const CODE = /^(-c|-e|-p|-pe|-r|--eval|--print)$/;

/** A tool such as nodemon reads the option itself and hands it on. */
function isTool(script: string): boolean {
  return /(^|[\\/])node_modules[\\/]/.test(script) || (/[\\/]/.test(script) && !/\.\w{1,4}$/.test(script));
}

/** Where the program's own arguments begin; null when there is no program, or one that reads such options itself. */
function argumentsOfProgram(
  command: readonly string[],
  { takesValue, runs, adapter }: Runtime,
): readonly string[] | null {
  for (let index = 1; index < command.length; index += 1) {
    const argument = command[index] ?? '';
    if (runs.test(argument)) return command.slice(index + 2);
    if (CODE.test(argument) && !takesValue.test(argument)) return null;
    if (takesValue.test(argument)) index += 1;
    else if (!/^[-@]/.test(argument)) return adapter === node && isTool(argument) ? null : command.slice(index + 1);
  }
  return null;
}

/** A program that starts another one has that one's options behind its name. */
function isOfAnother(argument: string): boolean {
  return argument === '--' || RUNTIMES.some(({ program }) => program.test(baseName(argument)));
}

/** The debug option that a command gives to its program instead of the runtime; null when there is none. */
export function misplacedOption(command: readonly string[]): MisplacedOption | null {
  const [program = ''] = command;
  const runtime = RUNTIMES.find((candidate) => candidate.program.test(baseName(program)));
  const rest = runtime === undefined ? null : argumentsOfProgram(command, runtime);
  const at = rest?.findIndex((argument) => runtime?.option.test(argument)) ?? -1;
  if (runtime === undefined || rest === null || at < 0 || rest.slice(0, at).some(isOfAnother)) return null;
  const { recognise, id } = runtime.adapter;
  const meant = recognise([program, ...rest.slice(at)]);
  // With such an option in its place as well, this one is the program's business.
  const asked = recognise(command.slice(0, command.length - rest.length + at));
  if (meant === null || asked !== null) return null;
  // A debug server that was not opened can be missed; a call that was not made, only where the editor always waits.
  if (meant.role === 'caller' && runtime.adapter.editorListens !== true) return null;
  const length = /^-[md]$/.test(rest[at] ?? '') ? 2 : 1;
  return { adapter: id, option: rest.slice(at, at + length).join(' '), port: meant.port };
}
