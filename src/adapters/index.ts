import type { AdapterId } from '../model/target.js';
import type { Adapter, Recognised } from './adapter.js';
import { debugpy } from './debugpy.js';
import { delve } from './delve.js';
import { gdbserver } from './gdbserver.js';
import { jdwp } from './jdwp.js';
import { lldb } from './lldb.js';
import { node } from './node.js';
import { tcp } from './tcp.js';

export const ADAPTERS: Readonly<Record<AdapterId, Adapter>> = { debugpy, node, delve, jdwp, gdbserver, lldb, tcp };

/** The debugger that a command line belongs to; null for any other program. */
export function recogniseCommand(command: readonly string[]): (Recognised & { adapter: AdapterId }) | null {
  for (const adapter of Object.values(ADAPTERS)) {
    const recognised = adapter.recognise(command);
    if (recognised !== null) return { ...recognised, adapter: adapter.id };
  }
  return null;
}

/** The debugger whose answer this is; null when none says so. `tcp` never answers for another. */
export function identifyAnswer(answer: string): AdapterId | null {
  const adapter = Object.values(ADAPTERS).find(({ id, identifies }) => id !== 'tcp' && identifies(answer));
  return adapter?.id ?? null;
}
