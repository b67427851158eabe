import { baseName } from '../../adapters/command-line.js';
import { misplacedOption } from '../../adapters/misplaced-option.js';
import { quote } from '../address.js';
import { readCommands } from '../command-text.js';
import type { SimpleCommand } from '../command-text.js';
import { debugOptionsOf } from '../debug-options.js';
import type { DebugOption } from '../debug-options.js';
import { parseDocument, propertiesOf } from '../jsonc-document.js';
import { createPlaceFinder } from '../places.js';
import type { Place } from '../places.js';
import { fillVariables } from '../shell-variables.js';
import { configurationsOf, NOTHING_FOUND, problemAt } from './found.js';
import type { ConfigurationFormat, FileContent, FormatContext } from './format.js';

/** These run on Node.js themselves, and so obey NODE_OPTIONS before the program does that they start. */
const PACKAGE_MANAGERS = /^(npm|npx|yarn|pnpm|pnpx)$/;

/** `package.json`: the scripts that start a debug server by an option of theirs or by NODE_OPTIONS. */
export const packageJson: ConfigurationFormat = { id: 'package-json', files: ['package.json'], read };

function read(text: string, context: FormatContext): FileContent {
  const parsed = parseDocument(text);
  if (!parsed.ok) return { ...NOTHING_FOUND, problems: [problemAt(parsed.place, parsed.reason, context)] };
  const { root, text: source } = parsed.document;
  const placeOf = createPlaceFinder(source);
  const scripts = propertiesOf(root).findLast(({ key }) => key === 'scripts')?.valueNode;
  const contents = (scripts === undefined ? [] : propertiesOf(scripts)).map(({ key, keyNode, valueNode }) => {
    const command: unknown = valueNode.value;
    if (typeof command !== 'string') return NOTHING_FOUND;
    return readScript(key, command, { key: placeOf(keyNode.offset), value: placeOf(valueNode.offset) }, context);
  });
  return {
    configurations: contents.flatMap(({ configurations }) => configurations),
    compounds: [],
    problems: contents.flatMap(({ problems }) => problems),
  };
}

function readScript(
  script: string,
  text: string,
  places: { key: Place; value: Place },
  context: FormatContext,
): FileContent {
  const commands = readCommands(fillVariables(text, context.environment)).map((command) => {
    return { command, options: debugOptionsOf(command) };
  });
  const found = { name: `package.json script ${quote(script)}`, place: places.key, command: ['npm', 'run', script] };
  const messages = commands.flatMap(({ command, options }) => [misplaced(command), takenTwice(command, options)]);
  return {
    configurations: configurationsOf(
      commands.flatMap(({ options }) => options),
      found,
      context,
    ),
    compounds: [],
    problems: messages
      .filter((message) => message !== null)
      .map((message) => problemAt(places.value, `the script ${quote(script)}: ${message}`, context)),
  };
}

function misplaced({ argv }: SimpleCommand): string | null {
  const found = misplacedOption(argv);
  if (found === null) return null;
  return `${quote(found.option)} stands behind the program's name and is not read as a debug option`;
}

function takenTwice({ argv }: SimpleCommand, options: readonly DebugOption[]): string | null {
  const program = baseName(argv[0] ?? '');
  const option = options.find(({ variable, port }) => variable === 'NODE_OPTIONS' && port !== null && port > 0);
  if (option === undefined || !PACKAGE_MANAGERS.test(program)) return null;
  return `${program} takes over NODE_OPTIONS, so that it and the program which it starts both want port ${option.port}`;
}
