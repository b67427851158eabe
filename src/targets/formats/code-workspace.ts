import type { Node } from 'jsonc-parser';
import type { ConfigurationFormat, FormatContext } from './format.js';
import { NOTHING_FOUND } from './found.js';
import { listAt, readJsonText, textAt, valueAt } from './json-text.js';
import type { JsonText } from './json-text.js';
import { readLaunch } from './vscode-launch.js';
import type { Workspace } from './vscode-launch.js';
import { pathsOf } from './vscode-variables.js';

/**
 * `*.code-workspace`: the launch configurations of a workspace of several folders. `${workspaceFolder}` alone says
 * something there only when one folder is open.
 */
export const codeWorkspace: ConfigurationFormat = {
  id: 'code-workspace',
  files: ['*.code-workspace'],
  read: (text, context) =>
    readJsonText(text, context.file, (json) => {
      const launch = valueAt(json.root, 'launch');
      if (launch === undefined) return NOTHING_FOUND;
      return readLaunch(json, launch, ['launch'], workspaceOf(json, context), context);
    }),
};

/** Paths are relative to the workspace's file; folders with a `uri` are on another machine. */
function workspaceOf(json: JsonText, { file, platform }: FormatContext): Workspace {
  const { basename, dirname, resolve } = pathsOf(platform);
  const named = listAt(json, json.root, 'folders').flatMap((folder: Node): [string, string][] => {
    const path = textAt(folder, 'path');
    if (path === null) return [];
    const absolute = resolve(dirname(file), path);
    return [[textAt(folder, 'name') ?? basename(absolute), absolute]];
  });
  const [first] = named;
  return { folder: named.length === 1 && first !== undefined ? first[1] : null, folders: new Map(named) };
}
