import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';
import { DEVTOOLS_CONTACT, DEVTOOLS_HANDSHAKE, requestByName, survives, UNPUBLISHED } from './devtools.js';

/** `--inspect-port` (once `--debug-port`) only says where an inspector listens that something else turns on. */
const INSPECT = /^--(?:inspect(-brk|-wait|-port)?|debug-port)(?:=(.*))?$/;

/** Electron takes the options of Node for its main process; from its documentation. */
const PROGRAMS = /^(node(js)?|electron)$/;

/** `HOST:PORT`, `PORT`, or `HOST` alone, which leaves the port to its default. */
function listenAddress(value: string): { host: string | null; port: number | null } {
  if (value === '') return { host: null, port: 9229 };
  const isHost = /^\[[^\]]*\]$/.test(value) || (/^[\w.-]+$/.test(value) && !/^\d+$/.test(value));
  return isHost ? { host: value.replaceAll(/^\[|\]$/g, ''), port: 9229 } : splitHostPort(value);
}

/** Options that take the next argument as their value. */
const WITH_VALUE = /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|-e|--eval|-p|-pe|--print)$/;

/** Node's own options; those after the script belong to the program. */
function optionsOf(command: readonly string[]): string[] {
  const options: string[] = [];
  for (let index = 1; index < command.length; index += 1) {
    const argument = command[index] ?? '';
    if (!argument.startsWith('-') || argument === '--') break;
    if (WITH_VALUE.test(argument)) index += 1;
    else options.push(argument);
  }
  return options;
}

/**
 * Node's inspector. It has its own thread: `GET /json/version` is answered also while the program waits or spins, and
 * disturbs nothing. Anything that is not HTTP gets a 400.
 */
export const node: Adapter = {
  id: 'node',
  name: 'the Node.js inspector',
  defaultPort: 9229,
  secondaryPorts: () => [],
  contact: () => DEVTOOLS_CONTACT,
  handshake: DEVTOOLS_HANDSHAKE,
  requestByName,
  identifies: (answer) =>
    (answer.startsWith('HTTP/1.') && answer.includes('"Browser": "node.js/')) || answer.startsWith(UNPUBLISHED),
  versionIn: (answer) => /"Browser": ?"node.js\/v([\w.+-]{1,40})"/.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !PROGRAMS.test(baseName(program))) return null;
    // The helpers of Electron carry options of the program that started them.
    if (command.some((argument) => argument.startsWith('--type='))) return null;
    let mode: string | null = null;
    let address = listenAddress('');
    for (const option of optionsOf(command)) {
      const match = INSPECT.exec(option);
      if (match === null) continue;
      const way = match[1];
      if (option.startsWith('--inspect') && way !== '-port') mode = way === undefined ? 'inspect' : way.slice(1);
      // A later option with a port alone leaves the host as it is.
      const said = match[2] === undefined ? null : listenAddress(match[2]);
      if (said !== null) address = { host: said.host ?? address.host, port: said.port };
    }
    return mode === null ? null : { role: 'server', ...address, mode, servesProgram: false, takesOneClient: false };
  },
  hidesIn: { programs: /^node(js)?$/, library: null },
  start: ({ host, port, program, waitForClient }) => {
    const [interpreter, ...rest] = program;
    if (interpreter === undefined || !/^node(js)?$/.test(baseName(interpreter))) return null;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return { argv: [interpreter, `--inspect${waitForClient ? '-brk' : ''}=${address}`, ...rest], variables: {} };
  },
  announces: /^Debugger listening on ws:/m,
  startFailures: [
    survives('failed: address already in use', 'address-in-use'),
    survives('failed: permission denied', 'permission-denied'),
    survives('failed: address not available', 'address-not-available'),
    survives('Unable to resolve "', 'name-not-resolved'),
    { says: 'must be 0 or in range 1024 to 65535.', symptom: 'invalid-argument', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'node',
    versionArguments: ['--version'],
    versionIn: (output) => /^v([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
