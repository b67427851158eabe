import type { Adapter } from './adapter.js';
import { baseName } from './command-line.js';

/**
 * The .NET debuggers, from their documentation and source, not from experiments. netcoredbg listens with
 * `--server[=PORT]` (4711 without one), on every address, and ends with its one client. vsdbg has no TCP server: it
 * speaks over standard input and output, through `docker exec` or ssh, so that no command line of it is a listener.
 */
export const vsdbg: Adapter = {
  id: 'vsdbg',
  name: 'the .NET debugger (netcoredbg; vsdbg has no TCP server)',
  defaultPort: 4711,
  secondaryPorts: () => [],
  contact: () => ({ harmless: false, because: 'netcoredbg accepts one connection and ends with it' }),
  handshake: null,
  // It waits for the client's first message, and that message would be a session.
  identifies: () => false,
  versionIn: () => null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || baseName(program) !== 'netcoredbg') return null;
    // What follows `--` belongs to the program.
    const end = command.indexOf('--');
    const options = end < 0 ? command : command.slice(0, end);
    const server = options.findLast((option) => /^--server(=|$)/.test(option));
    if (server === undefined) return null;
    const digits = server === '--server' ? '4711' : server.slice('--server='.length);
    const port = /^\d{1,9}$/.test(digits) ? Number(digits) : null;
    return { role: 'server', host: '0.0.0.0', port, mode: null, servesProgram: false, takesOneClient: true };
  },
  hidesIn: null,
  start: () => null,
  announces: null,
  startFailures: [],
  tool: {
    kind: 'executable',
    name: 'netcoredbg',
    versionArguments: ['--version'],
    versionIn: (output) => /^NET Core debugger ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
