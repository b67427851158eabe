import type { Host } from '../host/host.js';
import { ADAPTER_IDS, type Target } from '../model/target.js';
import { resolveTargets } from '../targets/resolve.js';
import type { ParsedCommand } from './option-table.js';
import { choiceOf, filesOf, textOf } from './read-options.js';
import { UsageError } from './usage-error.js';

/** The targets that a command line means, and what a user should know about the configuration. */
export async function resolveInput(
  parsed: ParsedCommand,
  host: Host,
): Promise<{ targets: readonly Target[]; warnings: readonly string[] }> {
  const { values, targets, command } = parsed;
  const resolved = await resolveTargets(
    {
      targets,
      adapter: choiceOf(values, 'adapter', ADAPTER_IDS),
      request: choiceOf(values, 'request', ['attach', 'launch'] as const),
      logFiles: filesOf(values, 'log'),
      errorText: textOf(values, 'error'),
      configFile: textOf(values, 'config'),
      command,
      cwd: process.cwd(),
    },
    host,
  );
  if (!resolved.ok) throw new UsageError(resolved.problem);
  return resolved;
}
