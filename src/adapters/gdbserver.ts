import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** gdbserver. Seen with 13.1: with `--once` a connection that closes kills the program, with `--multi` the server ends. It ignores HOST and listens on every address. */
export const gdbserver: Adapter = {
  id: 'gdbserver',
  name: 'gdbserver',
  defaultPort: 2345,
  secondaryPorts: () => [],
  contact: () => ({
    harmless: false,
    because: 'gdbserver --once kills its program and --multi ends after one connection',
  }),
  handshake: null,
  identifies: (answer) => answer.startsWith('+$PacketSize=') && !answer.includes('native-signals'),
  versionIn: () => null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || baseName(program) !== 'gdbserver') return null;
    const comm = command.slice(1).find((argument) => !argument.startsWith('-')) ?? '';
    const { port } = splitHostPort(comm);
    return { role: 'server', host: '0.0.0.0', port, mode: null, servesProgram: false, takesOneClient: true };
  },
  hidesIn: null,
  start: () => null,
  announces: /^Listening on port \d/m,
  startFailures: [
    { says: "Can't bind address: Address already in use", symptom: 'address-in-use', runsOn: false },
    { says: "Can't bind address: Permission denied", symptom: 'permission-denied', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'gdbserver',
    versionArguments: ['--version'],
    versionIn: (output) => /^GNU gdbserver \(.*\) ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
