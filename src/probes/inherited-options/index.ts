import { inheritedDebugOptions, RUNTIME_VARIABLES } from '../../adapters/inherited-options.js';
import { launcherWithOption } from '../../adapters/launchers.js';
import type { ReadVariable } from '../../adapters/option-words.js';
import type { InheritedOptions, VariableOption } from '../../model/facts.js';
import { evidence, observed, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';

/** The options by which every process of a runtime listens; those that only a start script reads go no further. */
function listeningOptions(read: ReadVariable): VariableOption[] {
  return inheritedDebugOptions(read)
    .filter(({ listens, variable }) => listens && RUNTIME_VARIABLES.includes(variable))
    .map(({ variable, option, adapter, port }) => ({ variable, option, adapter, port }));
}

async function observe({ host, target }: ProbeContext): Promise<Observation<InheritedOptions>> {
  const read: ReadVariable = (name) => host.environment(name);
  const options = listeningOptions(read);
  const launcher = launcherWithOption(target.command, read, listeningOptions);
  const text = options.map(({ variable, option }) => `${variable} holds ${option}`).join(', ');
  return observed({ options, launcher }, evidence(text === '' ? 'no variable holds a debug option' : text));
}

export const inheritedOptions: Probe<'inherited-options'> = { name: 'inherited-options', observe };
