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
  contact: { harmless: false, because: 'netcoredbg accepts one connection and ends with it' },
  // It waits for the client's first message, and that message would be a session.
  identifies: () => false,
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
    return { role: 'server', host: '0.0.0.0', port, servesProgram: false, takesOneClient: true };
  },
  tool: { kind: 'executable', name: 'netcoredbg' },
};
