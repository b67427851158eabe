import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

const INSPECT = /^--inspect(?:-brk|-wait)?(?:=(.*))?$/;

/** Moves the inspector, as the workers of a cluster get it. */
const INSPECT_PORT = /^--(?:inspect|debug)-port=(.*)$/;

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
  contact: {
    harmless: true,
    speaksFirst: false,
    send: 'GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    until: '}',
    stayWhileStartingMs: 0,
  },
  identifies: (answer) => answer.startsWith('HTTP/1.') && answer.includes('"Browser": "node.js/'),
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !/^node(js)?$/.test(baseName(program))) return null;
    const options = optionsOf(command);
    const inspect = options.map((option) => INSPECT.exec(option)).findLast((match) => match !== null);
    if (inspect === undefined) return null;
    const moved = options.map((option) => INSPECT_PORT.exec(option)).findLast((match) => match !== null);
    const { host, port } = splitHostPort(inspect[1] ?? '9229');
    const there = splitHostPort(moved?.[1] ?? '');
    return {
      role: 'server',
      host: there.host ?? host,
      port: there.port ?? port,
      servesProgram: false,
      takesOneClient: false,
    };
  },
  tool: { kind: 'executable', name: 'node' },
};
