import type { Node } from 'jsonc-parser';
import type { Platform } from '../../model/platform.js';
import { formatKeyPath } from '../jsonc-document.js';
import type { KeyPath } from '../jsonc-document.js';
import type {
  Compound,
  ConfigurationFormat,
  EditorInput,
  FileContent,
  FormatContext,
  FoundConfiguration,
} from './format.js';
import { NOTHING_FOUND } from './found.js';
import { listAt, readJsonText, textAt, valueAt } from './json-text.js';
import type { JsonText } from './json-text.js';
import { settingsOf, textOf } from './vscode-settings.js';
import type { Scope } from './vscode-settings.js';
import { isKnownType, readKnownType, readUnknownType } from './vscode-types.js';
import { pathsOf } from './vscode-variables.js';
import type { Surroundings } from './vscode-variables.js';

/** A hostile file could hold a hundred thousand. */
const MAX_CONFIGURATIONS = 500;

const MAX_OPTIONS = 100;

/** The block of a configuration that counts on each system only. */
const PLATFORM_BLOCKS: Readonly<Record<Platform, string>> = { linux: 'linux', darwin: 'osx', win32: 'windows' };

/** The folders for which a list of launch configurations is meant. */
export interface Workspace {
  folder: string | null;
  folders: ReadonlyMap<string, string>;
}

/** `.vscode/launch.json`. */
export const vscodeLaunch: ConfigurationFormat = {
  id: 'vscode-launch',
  files: ['.vscode/launch.json'],
  read: (text, context) =>
    readJsonText(text, context.file, (json) => {
      const { folder } = context;
      const folders = new Map([[pathsOf(context.platform).basename(folder), folder]]);
      return readLaunch(json, json.root, [], { folder, folders }, context);
    }),
};

/**
 * Reads an object with `configurations`, `compounds` and `inputs`, wherever it stands in its file. Configurations of
 * unknown types are left out, unless they attach to a plain port.
 */
export function readLaunch(
  json: JsonText,
  section: Node,
  path: KeyPath,
  workspace: Workspace,
  context: FormatContext,
): FileContent {
  if (section.type !== 'object') {
    json.report(section, `${formatKeyPath(path)} is not an object`);
    return { ...NOTHING_FOUND, problems: json.problems };
  }
  const { platform, environment } = context;
  const inputs = readInputs(json, section);
  const surroundings: Surroundings = { ...workspace, platform, environment, inputs: answersOf(inputs, context) };
  const all = listAt(json, section, 'configurations');
  const beyond = all[MAX_CONFIGURATIONS];
  if (beyond !== undefined) json.report(beyond, `there are more than ${MAX_CONFIGURATIONS} configurations`);
  const configurations = all.slice(0, MAX_CONFIGURATIONS).flatMap((node, index) => {
    const unresolved = new Set<string>();
    const scope: Scope = { surroundings, unresolved, inputs: new Set(), report: json.report };
    const found = readConfiguration(node, [...path, 'configurations', index], scope, context);
    return found === null ? [] : [{ ...found, ...json.placeOf(node), unresolved: [...unresolved] }];
  });
  return { configurations, compounds: compoundsOf(json, section), problems: json.problems, inputs };
}

type Found = Omit<FoundConfiguration, 'line' | 'column' | 'unresolved'>;

function readConfiguration(node: Node, path: KeyPath, scope: Scope, context: FormatContext): Found | null {
  const where = formatKeyPath(path);
  if (node.type !== 'object') {
    scope.report(node, `${where} is not an object`);
    return null;
  }
  const type = textAt(node, 'type');
  const name = textAt(node, 'name');
  const request = textAt(node, 'request');
  if (type === null || name === null) {
    scope.report(node, `${where} has no ${type === null ? 'type' : 'name'}, so that the editor cannot start it`);
    return null;
  }
  const isKnown = isKnownType(type);
  if (request !== 'attach' && request !== 'launch') {
    if (isKnown) scope.report(node, `${where} needs a request, which is attach or launch`);
    return null;
  }
  const settings = settingsOf(node, path, scope, PLATFORM_BLOCKS[context.platform]);
  const reading = isKnown ? readKnownType(type, settings, request) : readUnknownType(settings, request);
  if (reading === null) return null;
  const inputs = [...scope.inputs];
  const { folder } = scope.surroundings;
  const base = folder ?? context.folder;
  const cwd = pathsOf(context.platform).resolve(base, textOf(settings, 'cwd').value ?? base);
  return { name, file: context.file, ...reading, inputs, cwd };
}

/** What was answered, else what the editor offers; an input without either has to be asked for. */
function answersOf(inputs: readonly EditorInput[], { answer }: FormatContext): ReadonlyMap<string, string> {
  const answers = inputs.flatMap((input): [string, string][] => {
    const text = answer?.(input.id) ?? input.default;
    return text === null ? [] : [[input.id, text]];
  });
  return new Map(answers);
}

function readInputs(json: JsonText, section: Node): EditorInput[] {
  return listAt(json, section, 'inputs')
    .slice(0, MAX_CONFIGURATIONS)
    .flatMap((input): EditorInput[] => {
      const id = textAt(input, 'id');
      if (id === null) return [];
      const type = textAt(input, 'type');
      const kind = type === 'pickString' || type === 'command' ? type : 'promptString';
      return [
        {
          id,
          kind,
          description: textAt(input, 'description') ?? (kind === 'command' ? textAt(input, 'command') : null),
          default: textAt(input, 'default'),
          options: kind === 'pickString' ? optionsOf(input) : [],
          isSecret: valueAt(input, 'password')?.value === true,
        },
      ];
    });
}

/** An option is a text, or a text with a label that is shown instead. */
function optionsOf(input: Node): EditorInput['options'] {
  const list = valueAt(input, 'options');
  return (list?.type === 'array' ? (list.children ?? []) : []).slice(0, MAX_OPTIONS).flatMap((option) => {
    const value = option.type === 'string' ? String(option.value) : textAt(option, 'value');
    return value === null ? [] : [{ label: textAt(option, 'label') ?? value, value }];
  });
}

/** A member is a name, or a name with the folder that it is to be looked for in. */
function compoundsOf(json: JsonText, section: Node): Compound[] {
  return listAt(json, section, 'compounds')
    .slice(0, MAX_CONFIGURATIONS)
    .flatMap((compound) => {
      const name = textAt(compound, 'name');
      if (name === null) {
        json.report(compound, 'a compound has no name, so that the editor cannot start it');
        return [];
      }
      const members = listAt(json, compound, 'configurations').flatMap((member) => {
        const text = member.type === 'string' ? String(member.value) : textAt(member, 'name');
        return text === null ? [] : [text];
      });
      return [{ name, members }];
    });
}
