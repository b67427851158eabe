import type { Recognised } from '../adapters/adapter.js';
import { baseName } from '../adapters/command-line.js';
import { recogniseCaller, recogniseCommand } from '../adapters/index.js';
import { jdwp } from '../adapters/jdwp.js';
import { node } from '../adapters/node.js';
import type { AdapterId } from '../model/target.js';
import { adapterOfCommand, isWrapper } from './adapter-choice.js';
import type { SimpleCommand } from './command-text.js';
import { inheritedDebugOptions } from '../adapters/inherited-options.js';
import { variablesIn } from './shell-variables.js';

/** What tells a program to be debugged: an option in its command line, or in a variable that is set for it. */
export interface DebugOption {
  adapter: AdapterId;
  /** Null where it is left to a default. */
  host: string | null;
  /** Null when no port can be told. */
  port: number | null;
  /** False: it calls an editor there. */
  listens: boolean;
  /** The variable that holds it; null in a command line. */
  variable: string | null;
  /** What stands in the place of host or port, as `${NAME}`. */
  unresolved: readonly string[];
}

const INSPECT = /^--inspect(-brk|-wait|-port)?(=|$)/;

/** Arguments that hold a debug address, or precede one. */
const ABOUT_ADDRESS = /inspect|listen|jdwp|port|host|open|server|xdebug/i;

const MAX_WRAPPED = 12;

/** Every debug option of a command, the one of its command line first. */
export function debugOptionsOf({ variables, argv }: SimpleCommand): DebugOption[] {
  const recognised = ownOption(argv);
  const inherited = inheritedDebugOptions((name) => variables.get(name) ?? null).map(
    ({ adapter, host, port, listens, variable, option }) => {
      return withUnresolved({ adapter, host, port, listens, variable }, `${option} ${host ?? ''}`);
    },
  );
  if (recognised === null) return inherited;
  const { adapter, role, host, port } = recognised;
  const addresses = argv.filter((argument, at) => ABOUT_ADDRESS.test(`${argv[at - 1] ?? ''} ${argument}`)).join(' ');
  return [withUnresolved({ adapter, host, port, listens: role !== 'caller', variable: null }, addresses), ...inherited];
}

type Found = Recognised & { adapter: AdapterId };

function ownOption(argv: readonly string[]): Found | null {
  const [program = ''] = argv;
  // An entry point that ends in .sh usually runs what follows it.
  const starts = isWrapper(program) || program.endsWith('.sh') ? argv.slice(0, MAX_WRAPPED).keys() : [0];
  for (const start of starts) {
    const part = argv.slice(start);
    const found = recogniseCommand(part) ?? recogniseCaller(part);
    if (found !== null) return found;
  }
  return inspectOfLauncher(argv) ?? agentInArguments(argv);
}

/** nodemon, tsx, mocha and their like hand `--inspect` on wherever it stands; `nest start` calls it `--debug`. */
function inspectOfLauncher(argv: readonly string[]): Found | null {
  if (argv.some((argument) => /^node(js)?$/.test(baseName(argument)))) return null;
  if (!['node', null].includes(adapterOfCommand(argv))) return null;
  const options = argv.filter((argument) => INSPECT.test(argument));
  const nest = argv.findIndex((argument) => baseName(argument) === 'nest');
  const debug = nest < 0 ? -1 : argv.findIndex((argument, at) => at > nest && /^(-d|--debug)$/.test(argument));
  const address = argv[debug + 1] ?? '';
  if (debug > 0) options.push(/^[\w.[\]:]*\d$/.test(address) ? `--inspect=${address}` : '--inspect');
  const recognised = node.recognise(['node', ...options]);
  return recognised === null ? null : { ...recognised, adapter: 'node' };
}

/** Build tools take the virtual machine's options inside one of their own. */
function agentInArguments(argv: readonly string[]): Found | null {
  const agent = argv.map((argument) => /-(?:agentlib:jdwp=|Xrunjdwp:)[^\s"']+/.exec(argument)?.[0]).find(Boolean);
  const recognised = agent === undefined ? null : jdwp.recognise(['java', agent]);
  return recognised === null ? null : { ...recognised, adapter: 'jdwp' };
}

function withUnresolved(option: Omit<DebugOption, 'unresolved'>, text: string): DebugOption {
  const hidden = option.host?.includes('$') === true;
  const unresolved = hidden || option.port === null ? variablesIn(text) : [];
  return { ...option, host: hidden ? null : option.host, unresolved };
}
