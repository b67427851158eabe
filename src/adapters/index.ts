import type { AdapterId } from '../model/target.js';
import type { Adapter, Recognised } from './adapter.js';
import { baseName } from './command-line.js';
import { chrome } from './chrome.js';
import { debugpy } from './debugpy.js';
import { delve } from './delve.js';
import { gdbserver } from './gdbserver.js';
import { inheritedDebugOptions } from './inherited-options.js';
import { jdwp } from './jdwp.js';
import { lldb } from './lldb.js';
import { misplacedOption } from './misplaced-option.js';
import { node } from './node.js';
import type { ReadVariable } from './option-words.js';
import { rdbg } from './rdbg.js';
import { tcp } from './tcp.js';
import { vsdbg } from './vsdbg.js';
import { xdebug } from './xdebug.js';

export const ADAPTERS: Readonly<Record<AdapterId, Adapter>> = {
  debugpy,
  node,
  chrome,
  delve,
  jdwp,
  gdbserver,
  lldb,
  rdbg,
  xdebug,
  vsdbg,
  tcp,
};

type DebugListener = Recognised & { adapter: AdapterId; role: Exclude<Recognised['role'], 'caller'> };

/** The debug server that a command line starts; null for any other program. */
export function recogniseCommand(command: readonly string[]): DebugListener | null {
  if (misplacedOption(command) !== null) return null;
  for (const adapter of Object.values(ADAPTERS)) {
    const recognised = adapter.recognise(command);
    if (recognised === null) continue;
    const { role } = recognised;
    // A PHP program with Xdebug may listen, but never for a debugger.
    if (role !== 'caller') return { ...recognised, role, adapter: adapter.id };
  }
  return null;
}

/** The variable that holds the debug option of a process, as `NODE_OPTIONS`; null: its command line does. */
export type DebugProcess = DebugListener & { variable: string | null };

/**
 * The debug server that a process is: by its command line, or by a variable of its environment that turns the debugger
 * of its runtime on. Null for any other program.
 */
export function recogniseProcess(command: readonly string[], read: ReadVariable): DebugProcess | null {
  const own = recogniseCommand(command);
  if (own !== null) return { ...own, ...addressFrom(own, read), variable: null };
  const option = inheritedDebugOptions(read).find(({ adapter, listens }) => listens && mayHide(command, adapter));
  if (option === undefined) return null;
  const { adapter, host, port, mode, takesOneClient, variable } = option;
  return { adapter, role: 'server', host, port, mode, servesProgram: false, takesOneClient, variable };
}

/** What a variable says where the command line says nothing. */
function addressFrom(own: DebugListener, read: ReadVariable): Pick<Recognised, 'host' | 'port' | 'mode'> {
  const said = own.port === null ? ADAPTERS[own.adapter].addressIn?.(read) : undefined;
  return {
    host: own.host ?? said?.host ?? null,
    port: own.port ?? said?.port ?? null,
    mode: own.mode ?? said?.mode ?? null,
  };
}

/** Whether a program may carry a debugger that its command line does not show. */
export function mayHide(command: readonly string[], adapter: AdapterId): boolean {
  return ADAPTERS[adapter].hidesIn?.programs.test(baseName(command[0] ?? '')) === true;
}

/** The debugger whose editor a command line will dial, and where; null for any other program. */
export function recogniseCaller(command: readonly string[]): (Recognised & { adapter: AdapterId }) | null {
  for (const adapter of Object.values(ADAPTERS)) {
    const recognised = adapter.recognise(command);
    if (recognised?.role === 'caller') return { ...recognised, adapter: adapter.id };
  }
  return null;
}

/** The debugger whose answer this is; null when none says so. `tcp` never answers for another. */
export function identifyAnswer(answer: string): AdapterId | null {
  const adapter = Object.values(ADAPTERS).find(({ id, identifies }) => id !== 'tcp' && identifies(answer));
  return adapter?.id ?? null;
}
