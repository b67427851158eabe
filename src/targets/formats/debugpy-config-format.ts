import type { Node } from 'jsonc-parser';
import { isHarmlessHost } from '../address.js';
import { parseDocument, propertiesOf } from '../jsonc-document.js';
import type { JsoncDocument } from '../jsonc-document.js';
import { createPlaceFinder } from '../places.js';
import { emptyConfiguration, NOTHING_FOUND, problemAt } from './found.js';
import type { ConfigurationFormat, ConfigurationProblem, FileContent, FormatContext } from './format.js';

const FILE = 'debugpy_config.json';

/** `debugpy_config.json`: where its server listens. The other settings are read when the target is checked. */
export const debugpyConfigFormat: ConfigurationFormat = { id: 'debugpy-config', files: [FILE], read };

function read(text: string, context: FormatContext): FileContent {
  const parsed = parseDocument(text);
  if (!parsed.ok) return { ...NOTHING_FOUND, problems: [problemAt(parsed.place, parsed.reason, context)] };
  const { document } = parsed;
  const placeOf = createPlaceFinder(document.text);
  if (document.root.type !== 'object') {
    return { ...NOTHING_FOUND, problems: [problemAt(placeOf(document.root.offset), 'it is no object', context)] };
  }
  const host = serverValue(document, 'host');
  const port = serverValue(document, 'port');
  const hostName = typeof host?.value === 'string' && isHarmlessHost(host.value) ? host.value : null;
  const portNumber = typeof port?.value === 'number' && Number.isSafeInteger(port.value) ? port.value : null;
  const problems: ConfigurationProblem[] = [];
  if (host !== null && hostName === null) {
    problems.push(problemAt(placeOf(host.offset), 'server.host is no host name or address', context));
  }
  if (port !== null && portNumber === null) {
    problems.push(problemAt(placeOf(port.offset), 'server.port is no whole number', context));
  }
  const configuration = {
    ...emptyConfiguration(FILE, placeOf(document.root.offset), context),
    role: 'server',
    adapter: 'debugpy',
    host: hostName,
    port: portNumber,
    hostKeyPath: ['server', 'host'],
    portKeyPath: ['server', 'port'],
  } as const;
  return { configurations: [configuration], compounds: [], problems };
}

function serverValue({ root }: JsoncDocument, key: string): Node | null {
  const server = valueOf(root, 'server');
  return server === null ? null : valueOf(server, key);
}

/** Of a key that stands twice the last counts, as for Python. */
function valueOf(node: Node, key: string): Node | null {
  return propertiesOf(node).findLast((property) => property.key === key)?.valueNode ?? null;
}
