import { baseName } from '../../adapters/command-line.js';
import { inheritedDebugOptions } from '../../adapters/inherited-options.js';
import { MAX_DOCUMENT_BYTES, TOO_LARGE } from '../jsonc-document.js';
import { createPlaceFinder } from '../places.js';
import type { Place } from '../places.js';
import { fillVariables, variablesIn } from '../shell-variables.js';
import { configurationsOf, NOTHING_FOUND, problemAt } from './found.js';
import type { ConfigurationFormat, FileContent, FormatContext } from './format.js';

/** `NAME=value`, where a quoted value may span lines and ` #` begins a comment after a bare one. */
const LINE =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|([^\r\n]*))/gm;

interface Variable {
  value: string;
  place: Place;
}

/** `.env` files: the variables by which every process of the project would take over debug options. */
export const dotenv: ConfigurationFormat = {
  id: 'dotenv',
  files: ['.env', '.env.local', '.env.development', '.env.development.local', '.env.debug'],
  read,
};

function read(text: string, context: FormatContext): FileContent {
  if (text.length > MAX_DOCUMENT_BYTES) {
    return { ...NOTHING_FOUND, problems: [problemAt({ line: 1, column: 1 }, TOO_LARGE, context)] };
  }
  const variables = readVariables(text, context);
  const file = baseName(context.file);
  const options = inheritedDebugOptions((name) => variables.get(name)?.value ?? null);
  const configurations = options.flatMap(({ variable, option, ...rest }) => {
    const place = variables.get(variable)?.place ?? { line: 1, column: 1 };
    const unresolved = rest.port === null ? variablesIn(option) : [];
    return configurationsOf(
      [{ ...rest, variable, unresolved }],
      { name: `${file} ${variable}`, place, command: [] },
      context,
    );
  });
  return { ...NOTHING_FOUND, configurations };
}

/** Of a variable that stands twice the last counts. Later ones may use earlier ones. */
function readVariables(text: string, context: FormatContext): ReadonlyMap<string, Variable> {
  const placeOf = createPlaceFinder(text);
  const variables = new Map<string, Variable>();
  const lookUp = (name: string): string | null => variables.get(name)?.value ?? context.environment(name);
  for (const match of text.matchAll(LINE)) {
    const [whole, name = '', single, double, bare = ''] = match;
    const open = double?.replaceAll(/\\(["\\])/g, '$1') ?? bare.replace(/(^|[ \t])#.*$/, '').trim();
    const value = single ?? fillVariables(open, lookUp);
    variables.set(name, { value, place: placeOf(match.index + whole.search(/\S/)) });
  }
  return variables;
}
