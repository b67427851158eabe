import type { Adapter } from './adapter.js';
import { baseName, flagValue, splitHostPort } from './command-line.js';

/**
 * Delve. Seen with 1.20.2: `dlv dap` and a single-client `--headless` end, or never accept again, once somebody
 * connected and left.
 */
export const delve: Adapter = {
  id: 'delve',
  name: 'Delve',
  defaultPort: 2345,
  secondaryPorts: () => [],
  contact: () => ({
    harmless: false,
    because: 'a single-client dlv ends, or never accepts again, after one connection',
  }),
  handshake: null,
  identifies: (answer) => answer.includes('DelveVersion'),
  versionIn: (answer) => /"DelveVersion":"Version: ([\d.]+)/.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program, verb] = command;
    if (program === undefined || baseName(program) !== 'dlv') return null;
    // What follows `--` belongs to the program.
    const own = command.includes('--') ? command.slice(0, command.indexOf('--')) : command;
    if (verb !== 'dap' && !own.includes('--headless') && !own.includes('--headless=true')) return null;
    const { host, port } = splitHostPort(flagValue(own, '--listen') ?? flagValue(own, '-l') ?? '');
    return {
      role: 'server',
      host,
      port,
      mode: null,
      servesProgram: false,
      takesOneClient: !own.includes('--accept-multiclient'),
    };
  },
  hidesIn: null,
  start: () => null,
  announces: /server listening at: /,
  startFailures: [
    { says: 'bind: address already in use', symptom: 'address-in-use', runsOn: false },
    { says: 'bind: permission denied', symptom: 'permission-denied', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'dlv',
    versionArguments: ['version'],
    versionIn: (output) => /^Version: ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
