import type { Node } from 'jsonc-parser';
import { ADAPTERS } from '../../adapters/index.js';
import type { AdapterId } from '../../model/target.js';
import { adapterOfPort, RANGE_LENGTH } from '../adapter-choice.js';
import { parseTarget } from '../address.js';
import type { ConfigurationFormat, FormatContext, FoundConfiguration } from './format.js';
import { emptyConfiguration, NOTHING_FOUND } from './found.js';
import { listAt, readJsonText, textAt, valueAt } from './json-text.js';
import type { JsonText } from './json-text.js';

const MAX_PORTS = 500;

/**
 * `devcontainer.json`. A forwarded port is met on this machine under the same number, also when it belongs to another
 * container of the composition (`db:5432`).
 */
export const devcontainer: ConfigurationFormat = {
  id: 'devcontainer',
  files: ['.devcontainer.json', '.devcontainer/devcontainer.json', '.devcontainer/*/devcontainer.json'],
  read: (text, context) =>
    readJsonText(text, context.file, (json) => {
      const forwarded = listAt(json, json.root, 'forwardPorts').slice(0, MAX_PORTS);
      const configurations = forwarded.flatMap((node, index) => {
        const found = readPort(json, node, index, context);
        return found === null ? [] : [found];
      });
      return { ...NOTHING_FOUND, configurations, problems: json.problems };
    }),
};

function readPort(json: JsonText, node: Node, index: number, context: FormatContext): FoundConfiguration | null {
  const port = portIn(node);
  if (port === null) {
    json.report(node, `forwardPorts[${index}] is neither a port number nor HOST:PORT`);
    return null;
  }
  const attributes = valueAt(json.root, 'portsAttributes');
  const written = String(node.value);
  const label = attributes === undefined ? null : labelOf(attributes, written);
  const name = label === null ? `forwarded port ${written}` : `${label} (forwarded port ${written})`;
  return {
    ...emptyConfiguration(name, json.placeOf(node), context),
    adapter: adapterOf(port),
    host: 'localhost',
    port,
    portKeyPath: node.type === 'number' ? ['forwardPorts', String(index)] : null,
  };
}

/** Most forwarded ports are no debugger's, so that a port which says nothing is not taken for debugpy's. */
function adapterOf(port: number): AdapterId {
  const { defaultPort } = ADAPTERS.debugpy;
  const adapter = adapterOfPort(port);
  const saysNothing = adapter === 'debugpy' && (port < defaultPort || port >= defaultPort + RANGE_LENGTH);
  return saysNothing ? 'tcp' : adapter;
}

function portIn({ type, value }: Node): number | null {
  if (type !== 'number' && type !== 'string') return null;
  const parsed = parseTarget(String(value));
  return parsed.ok ? parsed.value.port : null;
}

function labelOf(attributes: Node, port: string): string | null {
  const found = valueAt(attributes, port);
  return found === undefined ? null : textAt(found, 'label');
}
