import type { FindingArgs } from './cause.js';
import type { Target } from './target.js';

/** What every finding about a target knows: adapter, host, port, and where they are configured. */
export function targetArgs(target: Target): FindingArgs {
  const { adapter, host, port, socketPath, source, portRange } = target;
  return {
    adapter,
    portRange,
    ...(host === null ? {} : { host }),
    ...(port === null ? {} : { port }),
    ...(socketPath === null ? {} : { socketPath }),
    ...(source.kind === 'config'
      ? { configFile: source.file, portKeyPath: source.portKeyPath, hostKeyPath: source.hostKeyPath }
      : {}),
  };
}
