import { misplacedOption } from '../../adapters/misplaced-option.js';
import type { Host, ProcessEntry } from '../../host/host.js';
import type { DebugServer, DebugServers, MisplacedDebugOption } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { probeByPlatform } from '../by-platform.js';
import { isAnswered } from '../connection/is-answered.js';
import { describeProcess } from '../process/describe.js';
import { describeServer } from '../process/describe-server.js';
import { recogniseRunning } from '../process/recognise-running.js';
import type { ProbeContext } from '../probe.js';

const MAX_SERVERS = 50;

/** Whether what listens there was told by a variable: then its relatives were told the same, and may be the wanted ones. */
async function isToldByVariable({ see }: ProbeContext): Promise<boolean> {
  const seen = await see('port-sockets');
  return seen.status === 'ok' && seen.value.sockets.some(({ server }) => (server?.variable ?? null) !== null);
}

/** Every process that is recognised as a debug server, with what it really listens on. */
async function observe(context: ProbeContext): Promise<Observation<DebugServers>> {
  const { host, see, target } = context;
  // A process target asks which server is its own, answered or not.
  if (target.pid === null && (await isAnswered(see, target)) && !(await isToldByVariable(context))) {
    return unavailable('not-asked', evidence('the wanted debugger answered'));
  }
  const tables = await see('tcp-tables');
  if (tables.status !== 'ok') return tables;
  const { uid, pid: own } = await host.identity();
  const entries = (await host.processes()).filter(({ pid }) => pid !== own);
  const recognised = await Promise.all(entries.map((entry) => recogniseRunning(host, entry)));
  const candidates = entries.filter((_, index) => recognised[index] !== null).slice(0, MAX_SERVERS);
  const servers: DebugServer[] = [];
  for (const entry of candidates) {
    const server = await describeServer(host, await describeProcess(host, entry), tables.value);
    if (server !== null) servers.push(server);
  }
  const misplaced = await findMisplaced(host, entries, target.command);
  const someHidden = uid !== 0 && entries.some((entry) => entry.uid !== uid);
  const text = `${servers.length} debug server(s) among ${entries.length} processes`;
  return observed({ servers, ...misplaced, someHidden }, evidence(text, { file: '/proc' }));
}

/** Programs that got the debug option of their runtime, and the command to be launched if it would. */
async function findMisplaced(
  host: Host,
  entries: readonly ProcessEntry[],
  command: readonly string[],
): Promise<Pick<DebugServers, 'misplaced'>> {
  const own = misplacedOption(command);
  const misplaced: MisplacedDebugOption[] = own === null ? [] : [{ ...own, process: null }];
  for (const entry of entries) {
    const option = misplaced.length < MAX_SERVERS ? misplacedOption(entry.command) : null;
    if (option !== null) misplaced.push({ ...option, process: await describeProcess(host, entry) });
  }
  return misplaced.length === 0 ? {} : { misplaced };
}

export const debugServers = probeByPlatform('debug-servers', { linux: observe });
