import type { AdapterId } from '../../model/target.js';
import type { DebugOption } from '../debug-options.js';
import type { Place } from '../places.js';
import type { ConfigurationProblem, FileContent, FormatContext, FoundConfiguration } from './format.js';

/** What is the same for every configuration of one place in a file. */
export interface FoundAt {
  name: string;
  place: Place;
  command: readonly string[];
}

/** A file without anything to say. */
export const NOTHING_FOUND: FileContent = { configurations: [], compounds: [], problems: [] };

/** A configuration with nothing known but its place; an attaching client. */
export function emptyConfiguration(name: string, { line, column }: Place, context: FormatContext): FoundConfiguration {
  return {
    name,
    file: context.file,
    line,
    column,
    role: 'client',
    request: 'attach',
    adapter: 'tcp',
    host: null,
    port: null,
    socketPath: null,
    pid: null,
    command: [],
    cwd: context.folder,
    unresolved: [],
    inputs: [],
    hostKeyPath: null,
    portKeyPath: null,
  };
}

/**
 * The configurations of a command's debug options. An option whose port the system chooses, or that opens a socket
 * without a name, leaves nothing to be checked and gives none.
 */
export function configurationsOf(
  options: readonly DebugOption[],
  { name, place, command }: FoundAt,
  context: FormatContext,
): FoundConfiguration[] {
  const telling = options.filter(({ port, unresolved }) => (port !== null && port !== 0) || unresolved.length > 0);
  return telling.map(({ adapter, host, port, listens, unresolved }) => ({
    ...emptyConfiguration(telling.length > 1 ? nameWith(name, adapter, port) : name, place, context),
    role: listens ? 'server' : 'editor-listens',
    request: 'launch',
    adapter,
    // What the program calls is not what the editor binds.
    host: listens ? host : null,
    port,
    command,
    unresolved,
  }));
}

/** Tells apart what has one place, and so one name, in the file. */
export function nameWith(name: string, adapter: AdapterId, port: number | null): string {
  return `${name} (${adapter}${port === null ? '' : ` ${port}`})`;
}

/** A problem of the file; `message` is one sentence without a full stop. */
export function problemAt({ line, column }: Place, message: string, { file }: FormatContext): ConfigurationProblem {
  return { file, line, column, message };
}
