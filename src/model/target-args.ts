import type { FindingArgs } from './cause.js';
import type { Target, TargetSource } from './target.js';

/** Where host and port stand; a place that cannot be edited is left out. */
function configArgs(source: Extract<TargetSource, { kind: 'config' | 'project' }>): FindingArgs {
  const { file, portKeyPath, hostKeyPath } = source;
  return {
    configFile: file,
    ...(portKeyPath === null ? {} : { portKeyPath }),
    ...(hostKeyPath === null ? {} : { hostKeyPath }),
  };
}

/** What every finding about a target knows: adapter, host, port, and where they are configured. */
export function targetArgs(target: Target): FindingArgs {
  const { adapter, host, port, socketPath, source, portRange } = target;
  return {
    adapter,
    portRange,
    ...(host === null ? {} : { host }),
    ...(port === null ? {} : { port }),
    ...(socketPath === null ? {} : { socketPath }),
    ...(source.kind === 'config' || source.kind === 'project' ? configArgs(source) : {}),
  };
}
