import type { AdapterId } from '../../model/target.js';
import { ADAPTERS, mayHide, recogniseProcess, type DebugProcess } from '../../adapters/index.js';
import { RUNTIME_VARIABLES } from '../../adapters/inherited-options.js';
import type { Host } from '../../host/host.js';

/** The adapters whose debugger this program may carry unseen. */
function hidden(command: readonly string[]): AdapterId[] {
  return Object.values(ADAPTERS).flatMap(({ id }) => (mayHide(command, id) ? [id] : []));
}

/**
 * The debug server that a running process is: by its command line, else by its environment, else by a library that only
 * a debugger maps. Null for any other program, and where only what may not be seen would tell.
 */
export async function recogniseRunning(
  host: Host,
  { pid, command }: { pid: number; command: readonly string[] },
): Promise<DebugProcess | null> {
  const own = recogniseProcess(command, () => null);
  const suspects = own === null ? hidden(command) : [];
  const saysMore = own !== null && own.port === null && ADAPTERS[own.adapter].addressIn !== undefined;
  if (suspects.length === 0 && !saysMore) return own;
  const variables = await host.variablesOf(pid, RUNTIME_VARIABLES);
  const byVariable = recogniseProcess(command, (name) => variables?.[name] ?? null);
  if (byVariable !== null) return byVariable;
  for (const adapter of suspects) {
    const library = ADAPTERS[adapter].hidesIn?.library ?? null;
    if (library === null || ADAPTERS[adapter].editorListens === true) continue;
    if ((await host.hasMapped(pid, library)) !== true) continue;
    const unknown = { host: null, port: null, mode: null, variable: null };
    return { adapter, role: 'server', ...unknown, servesProgram: false, takesOneClient: true };
  }
  return null;
}
