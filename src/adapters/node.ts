import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** `--inspect-port` (once `--debug-port`) only says where an inspector listens that something else turns on. */
const INSPECT = /^--(?:inspect(-brk|-wait|-port)?|debug-port)(?:=(.*))?$/;

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
  contact: () => ({
    harmless: true,
    speaksFirst: false,
    send: 'GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    until: '}',
    stayWhileStartingMs: 0,
  }),
  handshake: null,
  identifies: (answer) => answer.startsWith('HTTP/1.') && answer.includes('"Browser": "node.js/'),
  versionIn: (answer) => /"Browser": ?"node.js\/v([\w.+-]{1,40})"/.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !/^node(js)?$/.test(baseName(program))) return null;
    let listens = false;
    let address = listenAddress('');
    for (const option of optionsOf(command)) {
      const match = INSPECT.exec(option);
      if (match === null) continue;
      listens ||= match[1] !== '-port' && !option.startsWith('--debug-port');
      // A later option with a port alone leaves the host as it is.
      const said = match[2] === undefined ? null : listenAddress(match[2]);
      if (said !== null) address = { host: said.host ?? address.host, port: said.port };
    }
    return listens ? { role: 'server', ...address, mode: null, servesProgram: false, takesOneClient: false } : null;
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
    { says: 'failed: address already in use', symptom: 'address-in-use', runsOn: true },
    { says: 'failed: permission denied', symptom: 'permission-denied', runsOn: true },
    { says: 'failed: address not available', symptom: 'address-not-available', runsOn: true },
  ],
  tool: {
    kind: 'executable',
    name: 'node',
    versionArguments: ['--version'],
    versionIn: (output) => /^v([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
