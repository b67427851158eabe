import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

const INSPECT = /^--inspect(?:-brk|-wait)?(?:=(.*))?$/;

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
  },
  identifies: (answer) => answer.startsWith('HTTP/1.') && answer.includes('"Browser": "node.js/'),
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !/^node(js)?$/.test(baseName(program))) return null;
    for (const argument of command.slice(1)) {
      // Options after the script belong to the program.
      if (!argument.startsWith('-')) return null;
      const match = INSPECT.exec(argument);
      if (match === null) continue;
      const { host, port } = splitHostPort(match[1] ?? '9229');
      return { role: 'server', host, port, servesProgram: false, takesOneClient: false };
    }
    return null;
  },
  tool: { kind: 'executable', name: 'node' },
};
