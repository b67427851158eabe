import type { Adapter, Recognised } from './adapter.js';
import { baseName } from './command-line.js';

const DEFAULT_PORT = 4711;

/** Options that take the next argument as their value. */
const WITH_VALUE = /^(--attach|-ex)$/;

function recognise(command: readonly string[]): Recognised | null {
  if (baseName(command[0] ?? '') !== 'netcoredbg') return null;
  let port: number | null = 0;
  for (let index = 1; index < command.length; index += 1) {
    const argument = command[index] ?? '';
    // What follows belongs to the program.
    if (argument === '--') break;
    if (WITH_VALUE.test(argument)) index += 1;
    else if (argument === '--server') port = DEFAULT_PORT;
    else if (argument.startsWith('--server=')) port = numberIn(argument.slice('--server='.length));
  }
  if (port === 0) return null;
  return { role: 'server', host: '0.0.0.0', port, mode: null, servesProgram: false, takesOneClient: true };
}

function numberIn(digits: string): number | null {
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/**
 * The .NET debuggers, from their documentation and source (netcoredbg's src/main.cpp and src/utils/iosystem_unix.cpp),
 * not from experiments. netcoredbg listens with `--server[=PORT]` (4711 without one), on every IPv4 address, closes its
 * listener when its one client has come, and ends with it; it prints nothing when it listens, and a port above 65535
 * loses its upper bits. vsdbg has no TCP server: it speaks over standard input and output, through `docker exec` or ssh,
 * so that no command line of it is a listener.
 */
export const vsdbg: Adapter = {
  id: 'vsdbg',
  name: 'the .NET debugger (netcoredbg; vsdbg has no TCP server)',
  defaultPort: DEFAULT_PORT,
  secondaryPorts: () => [],
  contact: () => ({ harmless: false, because: 'netcoredbg accepts one connection and ends with it' }),
  // Which protocol it speaks (`--interpreter`) and what its answers look like was not tried.
  handshake: null,
  // It waits for the client's first message, and that message would be a session.
  identifies: () => false,
  versionIn: () => null,
  recognise,
  hidesIn: null,
  // It listens on every address whatever is asked for, and always holds the program until a client continues it.
  start: ({ port, program }) => {
    if (baseName(program[0] ?? '') !== 'dotnet') return null;
    return { argv: ['netcoredbg', `--server=${port}`, '--interpreter=vscode', '--', ...program], variables: {} };
  },
  announces: null,
  startFailures: [
    { says: "can't bind to specified port: Address already in use", symptom: 'address-in-use', runsOn: false },
    { says: "can't bind to specified port: Permission denied", symptom: 'permission-denied', runsOn: false },
    { says: "can't open listening socket for port ", symptom: 'reason-not-stated', runsOn: false },
    { says: 'Error: Missing program argument', symptom: 'server-exited', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'netcoredbg',
    versionArguments: ['--version'],
    versionIn: (output) => /^NET Core debugger ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
