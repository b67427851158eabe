import { inheritedDebugOptions } from '../../adapters/inherited-options.js';
import { client, attached, endpoint, NOWHERE, server } from './vscode-reading.js';
import type { Reading, TypeReader } from './vscode-reading.js';
import { has, hostOf, pidOf, portOf, sectionOf, wordOf, wordsOf } from './vscode-settings.js';
import type { Setting, Settings } from './vscode-settings.js';

const INSPECTOR = { host: 'localhost', port: 9229 };
const BROWSER = { host: 'localhost', port: 9222 };

/** `node` and `pwa-node`. */
export const readNode: TypeReader = (settings, request) => {
  if (request === 'attach') {
    if (has(settings, 'processId')) return attached('node', pidOf(settings, 'processId'));
    return client('node', endpoint(hostOf(settings, 'address'), portOf(settings, 'port', 'or-text'), INSPECTOR));
  }
  const runtimeArguments = wordsOf(settings, 'runtimeArgs');
  const program = wordOf(settings, 'program');
  const command = [
    wordOf(settings, 'runtimeExecutable') ?? 'node',
    ...runtimeArguments,
    ...(program === null ? [] : [program]),
    ...wordsOf(settings, 'args'),
  ];
  const inherited = withVariables(settings, command);
  if (inherited !== null) return inherited;
  const port = launchPort(settings);
  if (port.isSet) return server('node', command, listeningAt(settings, port));
  // The editor takes `--inspect-brk` out and stops at the entry by itself, so that no port is opened for it.
  const inspecting = runtimeArguments.filter((argument) => /^--inspect(-wait)?(=|$)/.test(argument));
  const { host, port: inspectPort } = server('node', ['node', ...inspecting]);
  return { ...server('node', command), host, port: inspectPort };
};

/** `env` with a debug option in NODE_OPTIONS: the program listens there, and so would npm and its like before it. */
function withVariables(settings: Settings, command: readonly string[]): Reading | null {
  const env = has(settings, 'env') ? sectionOf(settings, 'env') : null;
  const value = env === null ? null : wordOf(env, 'NODE_OPTIONS');
  const [option] = inheritedDebugOptions((name) => (name === 'NODE_OPTIONS' ? value : null));
  if (option === undefined || option.port === null || option.port === 0) return null;
  const at = { ...NOWHERE, host: option.host ?? '127.0.0.1', port: option.port };
  return server('node', ['env', `NODE_OPTIONS=${value}`, ...command], at);
}

/** `node-terminal`: a command line, whose Node processes the editor finds by itself. */
export const readNodeTerminal: TypeReader = (settings, request) =>
  request === 'launch' ? server('node', wordsOf(settings, 'command')) : null;

/** `chrome`, `msedge` and their `pwa-` names. A launch without a port speaks over a pipe. */
export const readBrowser: TypeReader = (settings, request) => {
  const port = portOf(settings, 'port', 'or-text');
  if (request === 'attach') return client('chrome', endpoint(hostOf(settings, 'address'), port, BROWSER));
  const browser = wordOf(settings, 'runtimeExecutable') ?? '';
  // `stable`, `canary` and the like name an edition, not a program.
  const command = /[\\/]/.test(browser) ? [browser, ...wordsOf(settings, 'runtimeArgs')] : [];
  return server('chrome', command, listeningAt(settings, fixed(port)));
};

/** `attachSimplePort` is the port that the launched program opens; `port` was it before. */
function launchPort(settings: Settings): Setting<number> {
  return fixed(portOf(settings, has(settings, 'attachSimplePort') ? 'attachSimplePort' : 'port', 'or-text'));
}

/** For a launch, 0 means any free port. */
function fixed(port: Setting<number>): Setting<number> {
  return port.value === 0 ? { isSet: false, value: null, keyPath: null } : port;
}

function listeningAt(settings: Settings, port: Setting<number>): ReturnType<typeof endpoint> {
  return endpoint(hostOf(settings, 'address'), port, { host: port.isSet ? '127.0.0.1' : null, port: null });
}
