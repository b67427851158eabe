import type { ProjectConfigurations } from './discover.js';
import type { FoundConfiguration } from './formats/format.js';

/** Why a configuration leads to no address that could be checked, and what to do instead; a clause without a full stop. */
export function whyNotCheckable(found: FoundConfiguration, { inputs }: ProjectConfigurations): string {
  const { unresolved, adapter, file } = found;
  const direct = `\`debug-doctor check HOST:PORT --adapter ${adapter}\``;
  const missing = found.inputs.filter((id) => unresolved.includes(`\${input:${id}}`));
  const asked = missing.map((id) => inputs.find((input) => input.file === file && input.id === id));
  const command = asked.find((input) => input?.kind === 'command');
  if (command !== undefined) {
    return `only the editor can run the command behind \${input:${command.id}}; name the address: ${direct}`;
  }
  if (missing.length > 0) {
    const names = missing.map((id) => `\${input:${id}}`).join(' and ');
    return `it waits for ${names}, which \`debug-doctor check\` with its name asks for on a terminal; or name the address: ${direct}`;
  }
  if (unresolved.some((variable) => /^\$\{command:.*process/i.test(variable))) {
    const variable = unresolved.find((one) => one.startsWith('${command:')) ?? '';
    return `the editor lets you pick the process (${variable}); name it: \`debug-doctor check pid:NUMBER\``;
  }
  if (unresolved.length > 0) return `only the editor knows ${unresolved.join(', ')}; name the address: ${direct}`;
  return found.request === 'launch'
    ? 'it is launched on a port that its editor chooses, or without any'
    : `it names no address and no process; name one: ${direct}`;
}
