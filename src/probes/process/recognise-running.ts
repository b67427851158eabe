import type { AdapterId } from '../../model/target.js';
import { ADAPTERS, mayHide, recogniseProcess, type DebugProcess } from '../../adapters/index.js';
import { inheritedDebugOptions, RUNTIME_VARIABLES } from '../../adapters/inherited-options.js';
import type { Host } from '../../host/host.js';

/** The adapters whose debugger this program may carry unseen; one that it is told to call an editor with is seen. */
function hidden(command: readonly string[]): AdapterId[] {
  return Object.values(ADAPTERS).flatMap(({ id, recognise }) =>
    mayHide(command, id) && recognise(command) === null ? [id] : [],
  );
}

/**
 * The command line, or the executable of a program that wrote a title of its own over it: npm shows `npm run dev`, Puma
 * `puma 6.0.0 (tcp://…)`, each as one argument.
 */
async function untitled(host: Host, pid: number, command: readonly string[]): Promise<readonly string[]> {
  if (command.length !== 1) return command;
  const link = await host.readLink(`/proc/${pid}/exe`);
  return link.ok ? [link.text.replace(/ \(deleted\)$/, '')] : command;
}

/**
 * The debug server that a running process is: by its command line, else by its environment, else by a library that only
 * a debugger maps. Null for any other program, and where only what may not be seen would tell.
 */
export async function recogniseRunning(
  host: Host,
  { pid, command: shown }: { pid: number; command: readonly string[] },
): Promise<DebugProcess | null> {
  const own = recogniseProcess(shown, () => null);
  const command = own === null ? await untitled(host, pid, shown) : shown;
  const suspects = own === null ? hidden(command) : [];
  const saysMore = own !== null && own.port === null && ADAPTERS[own.adapter].addressIn !== undefined;
  if (suspects.length === 0 && !saysMore) return own;
  const variables = await host.variablesOf(pid, RUNTIME_VARIABLES);
  const read = (name: string): string | null => variables?.[name] ?? null;
  const byVariable = recogniseProcess(command, read);
  if (byVariable !== null) return byVariable;
  const callers = inheritedDebugOptions(read).map(({ adapter }) => adapter);
  for (const adapter of suspects.filter((suspect) => !callers.includes(suspect))) {
    const library = ADAPTERS[adapter].hidesIn?.library ?? null;
    if (library === null || ADAPTERS[adapter].editorListens === true) continue;
    if ((await host.hasMapped(pid, library)) !== true) continue;
    const unknown = { host: null, port: null, mode: null, variable: null };
    return { adapter, role: 'server', ...unknown, servesProgram: false, takesOneClient: true };
  }
  return null;
}
