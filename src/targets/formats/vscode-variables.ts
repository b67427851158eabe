import { posix, win32 } from 'node:path';
import type { Platform } from '../../model/platform.js';

/** What the variables of a configuration stand for. */
export interface Surroundings {
  /** `${workspaceFolder}`; null where several folders are open and the variable names none. */
  folder: string | null;
  /** The open folders by name: `${workspaceFolder:name}`. */
  folders: ReadonlyMap<string, string>;
  platform: Platform;
  environment(name: string): string | null;
  /** The defaults of `inputs` by id. */
  inputs: ReadonlyMap<string, string>;
}

export interface FilledText {
  /** Variables that stay unresolved stand in it verbatim. */
  text: string;
  unresolved: readonly string[];
  /** True when the text is not what the file says word for word. */
  hasVariables: boolean;
}

/** The path rules of the system for which a configuration is read. */
export function pathsOf(platform: Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/**
 * Fills in `${workspaceFolder}`, `${workspaceFolder:name}`, `${workspaceFolderBasename}`, `${env:X}`, `${userHome}`,
 * `${pathSeparator}`, `${/}` and `${input:id}` where the input has a default. Everything else (`${file}`, `${config:…}`,
 * `${command:…}`) is known to the editor alone and stays, as does `${env:X}` when X is not set here: the editor's
 * environment may have it.
 */
export function fillVariables(text: string, surroundings: Surroundings): FilledText {
  const unresolved: string[] = [];
  let hasVariables = false;
  const filled = text.replace(/\$\{([^{}]*)\}/g, (variable: string, inner: string) => {
    hasVariables = true;
    const value = valueOf(inner, surroundings);
    if (value !== null) return value;
    unresolved.push(variable);
    return variable;
  });
  return { text: filled, unresolved, hasVariables };
}

function valueOf(variable: string, surroundings: Surroundings): string | null {
  const colon = variable.indexOf(':');
  const name = colon === -1 ? variable : variable.slice(0, colon);
  const argument = colon === -1 ? null : variable.slice(colon + 1);
  switch (name) {
    case 'workspaceFolder':
    case 'workspaceRoot':
      return folderOf(argument, surroundings);
    case 'workspaceFolderBasename':
    case 'workspaceRootFolderName': {
      const folder = folderOf(argument, surroundings);
      return folder === null ? null : pathsOf(surroundings.platform).basename(folder);
    }
    case 'env':
      return argument === null ? null : surroundings.environment(argument);
    case 'userHome':
      return surroundings.environment(surroundings.platform === 'win32' ? 'USERPROFILE' : 'HOME');
    case 'pathSeparator':
    case '/':
      return pathsOf(surroundings.platform).sep;
    case 'input':
      return argument === null ? null : (surroundings.inputs.get(argument) ?? null);
    default:
      return null;
  }
}

function folderOf(name: string | null, { folder, folders }: Surroundings): string | null {
  return name === null ? folder : (folders.get(name) ?? null);
}

/** The inputs that a text waits for. */
export function inputsIn(text: string): string[] {
  return [...text.matchAll(/\$\{input:([^{}]+)\}/g)].map(([, id]) => id ?? '');
}
