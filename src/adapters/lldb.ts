import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** lldb-server and lldb-dap. Seen with 14: `gdbserver` mode and lldb-dap end after one connection. */
export const lldb: Adapter = {
  id: 'lldb',
  name: 'lldb-server',
  defaultPort: 1234,
  contact: { harmless: false, because: 'lldb-server gdbserver and lldb-dap end after one connection' },
  identifies: (answer) => answer.startsWith('+$PacketSize=') && answer.includes('native-signals'),
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !/^lldb-(server|dap|vscode)/.test(baseName(program))) return null;
    const address = command.slice(1).find((argument) => /^[^/]{0,255}:\d{1,5}$/.test(argument)) ?? '';
    const { host, port } = splitHostPort(address);
    return { role: 'server', host, port, servesProgram: false, takesOneClient: !command.includes('platform') };
  },
  tool: { kind: 'executable', name: 'lldb-server' },
};
