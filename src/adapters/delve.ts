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
  contact: { harmless: false, because: 'a single-client dlv ends, or never accepts again, after one connection' },
  identifies: (answer) => answer.includes('DelveVersion'),
  recognise: (command) => {
    const [program, verb] = command;
    if (program === undefined || baseName(program) !== 'dlv') return null;
    // What follows `--` belongs to the program.
    const own = command.includes('--') ? command.slice(0, command.indexOf('--')) : command;
    if (verb !== 'dap' && !own.includes('--headless') && !own.includes('--headless=true')) return null;
    const { host, port } = splitHostPort(flagValue(own, '--listen') ?? flagValue(own, '-l') ?? '');
    return { role: 'server', host, port, servesProgram: false, takesOneClient: !own.includes('--accept-multiclient') };
  },
  tool: { kind: 'executable', name: 'dlv' },
};
