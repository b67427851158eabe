import { mayHide, recogniseCaller } from '../../adapters/index.js';
import { inheritedDebugOptions, RUNTIME_VARIABLES } from '../../adapters/inherited-options.js';
import type { Host, ProcessEntry } from '../../host/host.js';
import type { TargetProcess } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { probeByPlatform } from '../by-platform.js';
import { describeProcess } from '../process/describe.js';
import type { ProbeContext } from '../probe.js';

/** The editor that the process calls instead of listening: by its command line, or by a variable that its runtime reads. */
async function callsOf(host: Host, { pid, command }: ProcessEntry): Promise<TargetProcess['calls'] | null> {
  const own = recogniseCaller(command);
  if (own !== null) return { adapter: own.adapter, host: own.host, port: own.port };
  const variables = await host.variablesOf(pid, RUNTIME_VARIABLES);
  const options = inheritedDebugOptions((name) => variables?.[name] ?? null);
  const option = options.find(({ adapter, listens }) => !listens && mayHide(command, adapter));
  return option === undefined ? null : { adapter: option.adapter, host: option.host, port: option.port };
}

/** The process of a `pid:N` target, and the debug server that it is or that listens on its behalf. */
async function observe({ host, target, see }: ProbeContext): Promise<Observation<TargetProcess>> {
  const { pid } = target;
  if (pid === null) return unavailable('unsupported', evidence('the target is no process'));
  const entry = await host.process(pid);
  if (entry === null) return observed({ pid, process: null, server: null }, evidence(`there is no process ${pid}`));
  const process = await describeProcess(host, entry);
  const running = await see('debug-servers');
  const servers = running.status === 'ok' ? running.value.servers : [];
  const own = servers.find(({ process: { pid: its }, listens, socketPath }) => {
    return its === pid && ((listens?.length ?? 0) > 0 || socketPath !== undefined);
  });
  const server = own ?? servers.find((candidate) => candidate.program?.pid === pid) ?? null;
  const calls = (await callsOf(host, entry)) ?? null;
  const found = { pid, process, server, ...(calls === null ? {} : { calls }) };
  return observed(found, evidence(`process ${pid} is ${process.name}`, { file: `/proc/${pid}` }));
}

export const targetProcess = probeByPlatform('target-process', { linux: observe });
