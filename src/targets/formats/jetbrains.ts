import { quote } from '../address.js';
import { splitWords } from '../../adapters/option-words.js';
import { debugOptionsOf } from '../debug-options.js';
import { createPlaceFinder } from '../places.js';
import type { Place } from '../places.js';
import { scanXml } from '../xml-tags.js';
import type { XmlElement } from '../xml-tags.js';
import { configurationsOf, emptyConfiguration, problemAt } from './found.js';
import type { ConfigurationFormat, FileContent, FormatContext, FoundConfiguration } from './format.js';

/**
 * Run configurations of the JetBrains editors. The names of types, options and attributes were seen in public sources:
 * PyRemoteDebugConfigurationType in the projects that QuantConnect/lean-cli writes; Remote and its options as the
 * fields of RemoteConfiguration in JetBrains/intellij-community; GoRemoteDebugConfigurationType,
 * ChromiumRemoteDebugType and NodeJSConfigurationType in `.run` folders of several repositories;
 * PhpRemoteDebugRunConfigurationType in WordPress/wordpress-playground; PhpDebugGeneral with `xdebug_debug_port` in
 * tools that write `workspace.xml`; CompoundRunConfigurationType with `toRun` in the documentation of nuxt/nuxt.
 */
export const jetbrains: ConfigurationFormat = {
  id: 'jetbrains',
  files: ['.idea/runConfigurations/*.xml', '.idea/workspace.xml', '.run/*.run.xml'],
  read,
};

const MANAGERS: readonly string[] = ['RunManager', 'ProjectRunConfigurationManager'];
const COMPOUND = 'CompoundRunConfigurationType';
const PHP = 'PhpRemoteDebugRunConfigurationType';

/** What a type of configuration says beyond name and place; null when it has nothing to do with debugging. */
type ReadType = (element: XmlElement) => Partial<FoundConfiguration> | null;

const EDITOR_LISTENS = { role: 'editor-listens', request: 'launch' } as const;

const TYPES: ReadonlyMap<string, ReadType> = new Map<string, ReadType>([
  [
    'PyRemoteDebugConfigurationType',
    (element) => ({ ...EDITOR_LISTENS, adapter: 'debugpy', ...optionAddress(element) }),
  ],
  ['Remote', readJava],
  ['GoRemoteDebugConfigurationType', (element) => ({ adapter: 'delve', ...attributeAddress(element) })],
  [
    'ChromiumRemoteDebugType',
    (element) => {
      const address = attributeAddress(element);
      return { adapter: address.port === 9222 ? 'chrome' : 'node', ...address };
    },
  ],
]);

function read(text: string, context: FormatContext): FileContent {
  const { roots, problem } = scanXml(text);
  const placeOf = createPlaceFinder(text);
  const components = roots.flatMap((root) => (root.name === 'component' ? [root] : childrenOf(root, 'component')));
  const elements = components
    .filter(({ attributes }) => MANAGERS.includes(attributes.get('name') ?? ''))
    .flatMap((component) => childrenOf(component, 'configuration'))
    // Templates from which the editor makes new ones.
    .filter(({ attributes }) => attributes.get('default') !== 'true');
  const compounds = elements.filter(({ attributes }) => attributes.get('type') === COMPOUND);
  const badPorts = elements.flatMap((element) => badPort(element) ?? []);
  const problems = [
    ...badPorts.map(({ offset, port }) => problemAt(placeOf(offset), `the port ${quote(port)} is no number`, context)),
    ...(problem === null ? [] : [problemAt(placeOf(problem.offset), problem.reason, context)]),
  ];
  return {
    configurations: [
      ...elements.flatMap((element) => readConfiguration(element, placeOf(element.offset), context)),
      ...readPhp(elements, components, placeOf, context),
    ],
    compounds: compounds.map((element) => ({
      name: nameOf(element),
      members: childrenOf(element, 'toRun').map((member) => nameOf(member)),
    })),
    problems,
  };
}

function readConfiguration(element: XmlElement, place: Place, context: FormatContext): FoundConfiguration[] {
  const type = element.attributes.get('type') ?? '';
  if (type === 'NodeJSConfigurationType') return readNode(element, place, context);
  const said = TYPES.get(type)?.(element) ?? null;
  return said === null ? [] : [{ ...emptyConfiguration(nameOf(element), place, context), ...said }];
}

/** SERVER_MODE: the editor waits for the virtual machine to call. Shared memory has no address. */
function readJava(element: XmlElement): Partial<FoundConfiguration> | null {
  if (optionOf(element, 'USE_SOCKET_TRANSPORT') === 'false') return null;
  const role = optionOf(element, 'SERVER_MODE') === 'true' ? EDITOR_LISTENS : {};
  return { ...role, adapter: 'jdwp', ...optionAddress(element) };
}

/** The editor adds an inspector port of its own; an option of the user's is what others may dial. */
function readNode(element: XmlElement, place: Place, context: FormatContext): FoundConfiguration[] {
  const script = element.attributes.get('path-to-js-file') ?? '';
  const argv = [
    'node',
    ...splitWords(element.attributes.get('node-parameters') ?? ''),
    ...(script === '' ? [] : [script]),
  ];
  const variables = childrenOf(element, 'envs').flatMap((envs) => childrenOf(envs, 'env'));
  const environment = new Map(variables.map((each) => [nameOf(each), each.attributes.get('value') ?? '']));
  const options = debugOptionsOf({ argv, variables: environment });
  return configurationsOf(options, { name: nameOf(element), place, command: argv }, context);
}

/** The port of all PHP configurations is a setting of the editor; its listening is one switch beside them. */
function readPhp(
  elements: readonly XmlElement[],
  components: readonly XmlElement[],
  placeOf: (offset: number) => Place,
  context: FormatContext,
): FoundConfiguration[] {
  const general = components.find(({ attributes }) => attributes.get('name') === 'PhpDebugGeneral');
  const [firstPort] = general === undefined ? [] : childrenOf(general, 'xdebug_debug_ports');
  const port = general?.attributes.get('xdebug_debug_port') ?? firstPort?.attributes.get('port');
  const found = elements.filter(({ attributes }) => attributes.get('type') === PHP);
  if (found.length === 0 && general?.attributes.get('listening_started') === 'true') found.push(general);
  return found.map((element) => ({
    ...emptyConfiguration(nameOf(element), placeOf(element.offset), context),
    ...EDITOR_LISTENS,
    adapter: 'xdebug',
    ...addressOf(undefined, port),
  }));
}

type FoundAddress = Pick<FoundConfiguration, 'host' | 'port' | 'unresolved'>;

function optionAddress(element: XmlElement): FoundAddress {
  return addressOf(optionOf(element, 'HOST'), optionOf(element, 'PORT'));
}

function attributeAddress(element: XmlElement): FoundAddress {
  return addressOf(element.attributes.get('host'), element.attributes.get('port'));
}

/** Macros of the editor, such as `$HOST$`, stay visible. */
function addressOf(host: string | undefined, port: string | undefined): FoundAddress {
  const isMacro = (text: string | undefined): text is string => text?.includes('$') === true;
  return {
    host: host === undefined || host === '' || isMacro(host) ? null : host,
    port: port !== undefined && /^\d{1,9}$/.test(port) ? Number(port) : null,
    unresolved: [host, port].filter((text) => isMacro(text)),
  };
}

/** A port that is neither a number nor left to a default nor a macro. */
function badPort(element: XmlElement): { offset: number; port: string } | null {
  const type = element.attributes.get('type') ?? '';
  const port = optionOf(element, 'PORT') ?? element.attributes.get('port') ?? '';
  if (!TYPES.has(type) || /^(\d{1,9}|.*\$.*|)$/.test(port)) return null;
  return { offset: element.offset, port };
}

function optionOf(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, 'option')
    .find((option) => nameOf(option) === name)
    ?.attributes.get('value');
}

function childrenOf({ children }: XmlElement, name: string): XmlElement[] {
  return children.filter((child) => child.name === name);
}

function nameOf({ attributes }: XmlElement): string {
  return attributes.get('name') ?? '';
}
