import { quote } from '../address.js';
import { splitWords } from '../../adapters/option-words.js';
import { readArguments } from '../command-text.js';
import { debugOptionsOf } from '../debug-options.js';
import type { DebugOption } from '../debug-options.js';
import type { Place } from '../places.js';
import { fillVariables } from '../shell-variables.js';
import type { YamlNode } from '../yaml-document.js';
import { readPorts } from './compose-ports.js';
import type { PortMapping } from './compose-ports.js';
import type { FormatContext } from './format.js';

/** A debug option of a service, and where it stands. */
export interface ServiceOption extends DebugOption {
  place: Place;
}

/** What matters of a service in a Compose file. */
export interface Service {
  /** Quoted, for messages. */
  label: string;
  place: Place;
  /** `host`, `none`, `service:NAME`, …; null by default. */
  networkMode: string | null;
  ports: readonly PortMapping[];
  /** Ports that only other containers reach. */
  exposed: readonly number[];
  options: readonly ServiceOption[];
}

/** Reads one entry of `services`. Values of `env_file`, and what the image itself says, are not known here. */
export function readService(name: string, place: Place, node: YamlNode, context: FormatContext): Service {
  const fill = (text: string): string => fillVariables(text, context.environment);
  const exposed = (node.get('expose')?.items() ?? []).map(({ text }) => Number.parseInt(fill(text ?? ''), 10));
  return {
    label: quote(name),
    place,
    networkMode: node.get('network_mode')?.text ?? null,
    ports: readPorts(node.get('ports'), fill),
    exposed: exposed.filter((port) => Number.isInteger(port)),
    options: readOptions(node, place, (text) => fill(text).replaceAll('$$', '$')),
  };
}

/** The entry point gets the command as its arguments. Both see the environment. */
function readOptions(service: YamlNode, place: Place, fill: (text: string) => string): ServiceOption[] {
  const environment = readEnvironment(service.get('environment'), fill);
  const parts = [service.get('entrypoint'), service.get('command')].filter((part) => part !== null);
  const argv = parts.flatMap((part) => {
    return part.text === null ? part.items().map(({ text }) => fill(text ?? '')) : splitWords(fill(part.text));
  });
  const commands = argv.length === 0 ? [{ variables: new Map<string, string>(), argv }] : readArguments(argv);
  const values = new Map([...environment].map(([key, { value }]) => [key, value]));
  const options = commands.flatMap((command) => {
    return debugOptionsOf({ argv: command.argv, variables: new Map([...values, ...command.variables]) });
  });
  const placeOf = ({ variable }: DebugOption): Place =>
    environment.get(variable ?? '')?.place ?? parts.at(-1)?.place ?? place;
  return options
    .filter(
      (option, index) =>
        index === options.findIndex(({ adapter, port }) => adapter === option.adapter && port === option.port),
    )
    .map((option) => ({ ...option, place: placeOf(option) }));
}

/** A mapping, or a list of `NAME=value`. A name alone is taken from the host, and so unknown. */
function readEnvironment(
  node: YamlNode | null,
  fill: (text: string) => string,
): Map<string, { value: string; place: Place }> {
  const variables = new Map<string, { value: string; place: Place }>();
  for (const { key, keyNode, valueNode } of node?.entries() ?? []) {
    if (valueNode.text !== null) variables.set(key, { value: fill(valueNode.text), place: keyNode.place });
  }
  for (const { text, place } of node?.items() ?? []) {
    const [, name, value = ''] = /^([^=]+)=([\s\S]*)$/.exec(text ?? '') ?? [];
    if (name !== undefined) variables.set(name, { value: fill(value), place });
  }
  return variables;
}
