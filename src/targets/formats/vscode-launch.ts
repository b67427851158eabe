import type { Node } from 'jsonc-parser';
import type { Platform } from '../../model/platform.js';
import { formatKeyPath } from '../jsonc-document.js';
import type { KeyPath } from '../jsonc-document.js';
import type { Compound, ConfigurationFormat, FileContent, FormatContext, FoundConfiguration } from './format.js';
import { NOTHING_FOUND } from './found.js';
import { listAt, readJsonText, textAt } from './json-text.js';
import type { JsonText } from './json-text.js';
import { settingsOf, textOf } from './vscode-settings.js';
import type { Scope } from './vscode-settings.js';
import { isKnownType, readKnownType, readUnknownType } from './vscode-types.js';
import { pathsOf } from './vscode-variables.js';
import type { Surroundings } from './vscode-variables.js';

/** A hostile file could hold a hundred thousand. */
const MAX_CONFIGURATIONS = 500;

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
  const surroundings: Surroundings = { ...workspace, platform, environment, inputs: defaultsOf(json, section) };
  const all = listAt(json, section, 'configurations');
  const beyond = all[MAX_CONFIGURATIONS];
  if (beyond !== undefined) json.report(beyond, `there are more than ${MAX_CONFIGURATIONS} configurations`);
  const configurations = all.slice(0, MAX_CONFIGURATIONS).flatMap((node, index) => {
    const unresolved = new Set<string>();
    const scope: Scope = { surroundings, unresolved, report: json.report };
    const found = readConfiguration(node, [...path, 'configurations', index], scope, context);
    return found === null ? [] : [{ ...found, ...json.placeOf(node), unresolved: [...unresolved] }];
  });
  return { configurations, compounds: compoundsOf(json, section), problems: json.problems };
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
  const { folder } = scope.surroundings;
  const base = folder ?? context.folder;
  const cwd = pathsOf(context.platform).resolve(base, textOf(settings, 'cwd').value ?? base);
  return { name, file: context.file, ...reading, cwd };
}

/** The answers that the editor offers when it asks; an input without one has to be asked for. */
function defaultsOf(json: JsonText, section: Node): ReadonlyMap<string, string> {
  const inputs = listAt(json, section, 'inputs').flatMap((input): [string, string][] => {
    const id = textAt(input, 'id');
    const answer = textAt(input, 'default');
    return id === null || answer === null ? [] : [[id, answer]];
  });
  return new Map(inputs);
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
