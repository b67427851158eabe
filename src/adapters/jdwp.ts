import type { Adapter } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** The value of `address=` inside the agent's option list. */
function agentAddress(options: string): string {
  const part = options.split(',').find((option) => option.includes('address='));
  return part === undefined ? '' : part.slice(part.indexOf('address=') + 'address='.length);
}

/** Java's debug wire protocol. Seen with OpenJDK 17: closing after a handshake lets a suspended JVM run. */
export const jdwp: Adapter = {
  id: 'jdwp',
  name: 'the Java debugger (JDWP)',
  defaultPort: 5005,
  secondaryPorts: () => [],
  contact: () => ({ harmless: false, because: 'a handshake lets a suspended JVM run on' }),
  handshake: null,
  identifies: (answer) => answer.startsWith('JDWP-Handshake'),
  versionIn: () => null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || baseName(program) !== 'java') return null;
    const agent = command.find((argument) => /^-(agentlib:jdwp=|Xrunjdwp:)/.test(argument));
    if (agent?.includes('server=y') !== true) return null;
    const { host, port } = splitHostPort(agentAddress(agent));
    return { role: 'server', host, port, mode: null, servesProgram: false, takesOneClient: true };
  },
  hidesIn: { programs: /^java$/, library: 'libjdwp.so' },
  start: () => null,
  announces: /Listening for transport dt_socket at address: /,
  startFailures: [
    { says: 'transport error 202: bind failed: Address already in use', symptom: 'address-in-use', runsOn: false },
    { says: 'transport error 202: bind failed: Permission denied', symptom: 'permission-denied', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'java',
    versionArguments: ['-version'],
    versionIn: (output) => /version "([^"]{1,40})"/.exec(output)?.[1] ?? null,
  },
};
