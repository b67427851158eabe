import type { Limits } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { probeByPlatform } from '../by-platform.js';
import { parseOpenFilesLimit } from '../process/describe.js';
import type { ProbeContext } from '../probe.js';

/** Reads /proc/sys/fs/file-nr (proc_sys_fs(5)): used, unused (always 0), and the limit of the whole system. */
export function parseFileNr(text: string): { used: number; limit: number } | null {
  const [used, , limit] = text.trim().split(/\s+/).map(Number);
  return used === undefined || limit === undefined || Number.isNaN(used + limit) ? null : { used, limit };
}

/**
 * The limits of the process that started us are what a program started from there gets: Node raises its own soft limit
 * to the hard one.
 */
async function observe({ host }: ProbeContext): Promise<Observation<Limits>> {
  const { ppid } = await host.identity();
  const file = `/proc/${ppid}/limits`;
  const [system, parent] = await Promise.all([host.readFile('/proc/sys/fs/file-nr'), host.readFile(file)]);
  const own = parent.ok ? parent : await host.readFile('/proc/self/limits');
  const numbers = system.ok ? parseFileNr(system.text) : null;
  const soft = own.ok ? parseOpenFilesLimit(own.text) : null;
  if (numbers === null && soft === null) return unavailable('not-permitted', evidence('/proc shows no limits'));
  return observed(
    { systemOpenFiles: numbers?.used ?? null, systemOpenFilesLimit: numbers?.limit ?? null, ownOpenFilesLimit: soft },
    evidence(`a program started here may open ${soft ?? 'an unknown number of'} files`, {
      file: parent.ok ? file : '/proc/self/limits',
    }),
  );
}

export const limits = probeByPlatform('limits', { linux: observe });
