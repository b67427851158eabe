import { parseTarget } from '../address.js';
import type { Address } from '../address.js';
import { attached, client, endpoint, endpointOf, server } from './vscode-reading.js';
import type { TypeReader } from './vscode-reading.js';
import { addressOf, has, hostOf, pidOf, portOf, wordOf, wordsOf } from './vscode-settings.js';
import type { Setting, Settings } from './vscode-settings.js';

/** Settings of LLDB's extensions that hold debugger commands, in the order in which they run. */
const COMMAND_LISTS = [
  'initCommands',
  'targetCreateCommands',
  'preRunCommands',
  'processCreateCommands',
  'attachCommands',
];

const CONNECT =
  /^\s*(?:gdb-remote|(?:process|platform)\s+connect(?:\s+(?:-p|--plugin)\s+\S+)?)\s+(?:connect:\/\/)?(\S+)\s*$/;

/**
 * `cppdbg` and `cppvsdbg`. A gdbserver that is named by address is dialled whatever `request` says, and started by the
 * editor when `debugServerPath` names its program. Through `pipeTransport` there is no port.
 */
export const readCpp: TypeReader = (settings, request) => {
  if (has(settings, 'pipeTransport')) return null;
  if (has(settings, 'miDebuggerServerAddress')) {
    const at = endpointOf(addressOf(settings, 'miDebuggerServerAddress'), 'localhost');
    const started = wordOf(settings, 'debugServerPath');
    if (started === null || started === '') return client('gdbserver', at);
    return server('gdbserver', [started, ...wordsOf(settings, 'debugServerArgs')], at);
  }
  if (request === 'attach') return attached('gdbserver', pidOf(settings, 'processId'));
  return server('gdbserver', localProgram(settings));
};

/** `lldb` (CodeLLDB) and `lldb-dap`. A server is named by a command such as `gdb-remote HOST:PORT`. */
export const readLldb: TypeReader = (settings, request) => {
  if (has(settings, 'gdb-remote-port')) {
    const port = portOf(settings, 'gdb-remote-port', 'number-only');
    return client('lldb', endpoint(hostOf(settings, 'gdb-remote-hostname'), port, { host: 'localhost', port: null }));
  }
  const dialled = COMMAND_LISTS.flatMap((key) => wordsOf(settings, key)).findLast((line) => CONNECT.test(line));
  if (dialled !== undefined) return client('lldb', endpointOf(addressIn(dialled), 'localhost'));
  return request === 'attach' ? attached('lldb', pidOf(settings, 'pid')) : server('lldb', localProgram(settings));
};

function addressIn(line: string): Setting<Address> {
  const parsed = parseTarget(CONNECT.exec(line)?.[1] ?? '');
  const value = parsed.ok && parsed.value.port !== null ? parsed.value : null;
  return { isSet: true, value, keyPath: null };
}

function localProgram(settings: Settings): readonly string[] {
  const program = wordOf(settings, 'program');
  return program === null ? [] : [program, ...wordsOf(settings, 'args')];
}
