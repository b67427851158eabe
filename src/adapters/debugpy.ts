import type { Adapter, Recognised } from './adapter.js';
import { baseName, flagValue, splitHostPort } from './command-line.js';

function isPython(program: string): boolean {
  return /^(python|pypy)[\d.]*w?$/.test(baseName(program));
}

/**
 * `… python /path/debugpy/adapter --for-server N --host H --port P …`: the process that listens on behalf of a
 * program. It has its own session and pid 1 as parent from the start, so that neither says that it is an orphan.
 */
function recogniseAdapter(command: readonly string[]): Recognised | null {
  const path = command[1] ?? '';
  const module = path === '-m' && command[2] === 'debugpy.adapter';
  if (!module && !/debugpy[\\/]adapter([\\/]__main__\.py)?$/.test(path)) return null;
  const port = Number(flagValue(command, '--port') ?? Number.NaN);
  return {
    role: 'adapter',
    host: flagValue(command, '--host'),
    port: Number.isInteger(port) ? port : null,
    mode: null,
    servesProgram: command.includes('--for-server'),
    takesOneClient: true,
  };
}

/** Options that take the next argument as their value, of Python and of debugpy. */
const WITH_VALUE = /^(-W|-X|--check-hash-based-pycs|--connect|--adapter-access-token|--log-to|--configure-.+)$/;

/** debugpy's arguments: those after `-m debugpy` or its own script; null when Python runs another program. */
function debugpyArguments(command: readonly string[]): readonly string[] | null {
  for (let index = 1; index < command.length; index += 1) {
    const argument = command[index] ?? '';
    if (/^-[A-Za-z]{0,9}m$/.test(argument)) return command[index + 1] === 'debugpy' ? command.slice(index + 2) : null;
    if (/^-[A-Za-z]{0,9}c$/.test(argument)) return null;
    if (WITH_VALUE.test(argument)) index += 1;
    else if (!argument.startsWith('-')) {
      return /(^|[\\/])debugpy([\\/]__main__\.py)?$/.test(argument) ? command.slice(index + 1) : null;
    }
  }
  return null;
}

/** Where debugpy was told to listen; what follows the program that it runs is that program's. */
function listenAddress(own: readonly string[]): string | null {
  for (let index = 0; index < own.length; index += 1) {
    const argument = own[index] ?? '';
    if (/^--listen(=|$)/.test(argument)) return flagValue(own.slice(index), '--listen');
    if (WITH_VALUE.test(argument)) index += 1;
    else if (!argument.startsWith('--')) return null;
  }
  return null;
}

function recogniseProgram(command: readonly string[]): Recognised | null {
  const listen = listenAddress(debugpyArguments(command) ?? []);
  if (listen === null) return null;
  const { host, port } = splitHostPort(listen);
  return { role: 'program', host, port, mode: null, servesProgram: false, takesOneClient: true };
}

/**
 * The last event of the greeting: `output` of "debugpy" up to 1.8.0, `debugpySockets` since. Of an unknown version the
 * whole time is listened to.
 */
const END_OF_GREETING = '"debugpySockets"|"output": ?"debugpy".{1,60}"packageVersion": ?"1\\.([0-7]\\.|8\\.0\\b)';

/**
 * debugpy, and the adapter process that listens for it. Seen with 1.6.3 and 1.8: it speaks first, two or three events.
 * A connection that is closed before all of them were sent can wedge it for good, so a contact listens to the last.
 * While the program has not connected to its adapter yet, the first client that leaves ends the adapter (its
 * `dont_wait_for_first_connection`). A second client gets the same events, and its `attach` is then refused with
 * "Server[pid=…] is already being debugged".
 */
export const debugpy: Adapter = {
  id: 'debugpy',
  name: 'debugpy',
  defaultPort: 5678,
  secondaryPorts: () => [],
  contact: () => ({
    harmless: true,
    speaksFirst: true,
    send: null,
    until: END_OF_GREETING,
    stayWhileStartingMs: 1000,
  }),
  handshake: null,
  identifies: (answer) => answer.startsWith('Content-Length:') && /"(ptvsd|debugpy)"/.test(answer),
  versionIn: (answer) => /"packageVersion": ?"([\w.+-]{1,40})"/.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !isPython(program)) return null;
    return recogniseAdapter(command) ?? recogniseProgram(command);
  },
  hidesIn: null,
  start: ({ host, port, program, waitForClient }) => {
    const [interpreter, ...rest] = program;
    if (interpreter === undefined || !isPython(interpreter)) return null;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const wait = waitForClient ? ['--wait-for-client'] : [];
    return { argv: [interpreter, '-m', 'debugpy', '--listen', address, ...wait, ...rest], variables: {} };
  },
  announces: null,
  startFailures: [
    { says: "Can't listen for client connections: [Errno 98]", symptom: 'address-in-use', runsOn: false },
    { says: "Can't listen for client connections: [Errno 13]", symptom: 'permission-denied', runsOn: false },
    { says: 'No module named debugpy', symptom: 'dependency-missing', runsOn: false },
  ],
  tool: { kind: 'python-module', module: 'debugpy', defaultInterpreter: 'python3' },
};
