import { jdwp } from './jdwp.js';
import { node } from './node.js';
import { rdbg, rubyDebugServer } from './rdbg.js';
import { xdebug } from './xdebug.js';
import type { Recognised } from './adapter.js';
import { splitHostPort } from './command-line.js';
import type { AdapterId } from '../model/target.js';
import { splitWords, type ReadVariable } from './option-words.js';

/** What calls an editor takes part in one session at a time, and listens for nobody. */
const CALLS = { listens: false, mode: null, takesOneClient: false } as const;

/** A debug option that every process takes over from its environment. */
export interface InheritedOption {
  variable: string;
  /** As it is written there. */
  option: string;
  adapter: AdapterId;
  /** Null where it is left to a default. */
  host: string | null;
  /** Null when no port can be told: one that the system chooses, a Unix socket, a variable inside the option. */
  port: number | null;
  /** True: every such process wants this port for itself. False: it calls an editor there. */
  listens: boolean;
  mode: string | null;
  takesOneClient: boolean;
}

/** Read by the virtual machine itself. */
const JVM_VARIABLES: readonly string[] = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS'];

/** Read by the scripts that start a virtual machine, and by nothing else. */
const SCRIPT_VARIABLES: readonly string[] = ['JAVA_OPTS', 'MAVEN_OPTS', 'GRADLE_OPTS', 'CATALINA_OPTS'];

const JAVA_VARIABLES = [...JVM_VARIABLES, ...SCRIPT_VARIABLES];

/** The variables that a runtime reads itself, so that a process which has one carries its debugger. */
export const RUNTIME_VARIABLES: readonly string[] = [
  'NODE_OPTIONS',
  ...JVM_VARIABLES,
  'RUBYOPT',
  'RUBY_DEBUG_OPEN',
  'RUBY_DEBUG_HOST',
  'RUBY_DEBUG_PORT',
  'RUBY_DEBUG_COOKIE',
];

/** The debug options in an environment, in a fixed order. Pure; values are untrusted texts. */
export function inheritedDebugOptions(read: ReadVariable): InheritedOption[] {
  const options = [
    fromWords(read, 'NODE_OPTIONS', /^--inspect(-brk|-wait)?(=|$)/, 'node', (words) =>
      node.recognise(['node', ...words]),
    ),
    ...JAVA_VARIABLES.map((variable) => {
      return fromWords(read, variable, /^-(agentlib:jdwp=|Xrunjdwp:|agentpath:.*jdwp)/, 'jdwp', (words) =>
        jdwp.recognise(['java', ...words]),
      );
    }),
    ruby(read),
    python(read),
    php(read),
  ];
  return options.filter((option) => option !== null);
}

function fromWords(
  read: ReadVariable,
  variable: string,
  isOption: RegExp,
  adapter: AdapterId,
  recognise: (words: readonly string[]) => Recognised | null,
): InheritedOption | null {
  const words = splitWords(read(variable) ?? '');
  const recognised = recognise(words);
  const option = words.find((word) => isOption.test(word));
  if (recognised === null || option === undefined) return null;
  const { host, port, mode, takesOneClient } = recognised;
  return { variable, option, adapter, host, port, listens: recognised.role !== 'caller', mode, takesOneClient };
}

/**
 * Without RUBY_DEBUG_PORT the library opens a Unix socket that is named after the process. RUBY_DEBUG_OPEN is newer than
 * 1.6.3, which does not read it.
 */
function ruby(read: ReadVariable): InheritedOption | null {
  const { host, port, mode, takesOneClient } = rubyDebugServer(read);
  const base = { adapter: rdbg.id, host, port, listens: true, mode, takesOneClient };
  const words = splitWords(read('RUBYOPT') ?? '');
  if (rdbg.recognise(['ruby', ...words]) !== null) {
    const option = words.find((word) => word.includes('debug/open')) ?? '';
    return { ...base, variable: 'RUBYOPT', option };
  }
  const open = read('RUBY_DEBUG_OPEN') ?? '';
  if (/^(|0|false)$/i.test(open)) return null;
  return { ...base, variable: 'RUBY_DEBUG_OPEN', option: open };
}

/** `breakpoint()` then waits for, or calls, a debugger. pydevd calls port 5678 unless told otherwise. */
function python(read: ReadVariable): InheritedOption | null {
  const option = read('PYTHONBREAKPOINT') ?? '';
  const base = { variable: 'PYTHONBREAKPOINT', option, adapter: 'debugpy', host: null, ...CALLS } as const;
  if (/^(debugpy|ptvsd)\./.test(option)) return { ...base, port: null };
  return /^pydevd(_pycharm)?\./.test(option) ? { ...base, port: 5678 } : null;
}

/** XDEBUG_MODE and XDEBUG_CONFIG are PHP settings by other means; XDEBUG_SESSION is the trigger of a session. */
function php(read: ReadVariable): InheritedOption | null {
  // An empty variable counts as none.
  const variable = read('XDEBUG_MODE');
  const mode = variable === '' ? null : variable;
  if (mode !== null && !mode.split(',').some((part) => part.trim() === 'debug')) return null;
  const config = splitWords(read('XDEBUG_CONFIG') ?? '');
  const settingOf = (name: RegExp): string | null => config.find((word) => name.test(word))?.replace(name, '') ?? null;
  const host = settingOf(/^(client|remote)_host=/);
  const port = settingOf(/^(client|remote)_port=/);
  const base = { adapter: xdebug.id, host, ...CALLS } as const;
  if (host !== null || port !== null) {
    const number = port === null ? xdebug.defaultPort : splitHostPort(port).port;
    return { ...base, variable: 'XDEBUG_CONFIG', option: config.join(' '), port: number };
  }
  if (mode !== null) return { ...base, variable: 'XDEBUG_MODE', option: mode, port: xdebug.defaultPort };
  const session = read('XDEBUG_SESSION');
  return session === null ? null : { ...base, variable: 'XDEBUG_SESSION', option: session, port: xdebug.defaultPort };
}
