import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** lldb-server and lldb-dap. Seen with 14: `gdbserver` mode and lldb-dap end after one connection. */
export const lldb: Adapter = {
  id: 'lldb',
  name: 'lldb-server',
  defaultPort: 1234,
  secondaryPorts: () => [],
  contact: () => ({ harmless: false, because: 'lldb-server gdbserver and lldb-dap end after one connection' }),
  handshake: null,
  identifies: (answer) => answer.startsWith('+$PacketSize=') && answer.includes('native-signals'),
  versionIn: () => null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !/^lldb-(server|dap|vscode)/.test(baseName(program))) return null;
    const address = command.slice(1).find((argument) => /^[^/]{0,255}:\d{1,5}$/.test(argument)) ?? '';
    const { host, port } = splitHostPort(address);
    return {
      role: 'server',
      host,
      port,
      mode: null,
      servesProgram: false,
      takesOneClient: !command.includes('platform'),
    };
  },
  hidesIn: null,
  start: () => null,
  announces: null,
  startFailures: [
    { says: "failed to connect to client at 'listen://", symptom: 'address-in-use', runsOn: false },
    { says: 'failed to listen: Address already in use', symptom: 'address-in-use', runsOn: false },
    { says: 'failed to listen: Permission denied', symptom: 'permission-denied', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'lldb-server',
    versionArguments: ['version'],
    versionIn: (output) => /version ([\d.]+)/.exec(output)?.[1] ?? null,
  },
};
