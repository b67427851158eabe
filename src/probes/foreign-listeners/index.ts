import type { ForeignListener, ForeignListeners } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import { probeByPlatform } from '../by-platform.js';
import { isAnswered } from '../connection/is-answered.js';
import { readTcpTables, rowsAtPort } from '../port-sockets/read-tables.js';
import { describeProcess } from '../process/describe.js';
import type { ProbeContext } from '../probe.js';
import { addressesOfNamespace } from './namespace-addresses.js';

const MAX_NAMESPACES = 64;

async function listenersIn(
  { host, target }: ProbeContext,
  namespace: { inode: string; pid: number },
): Promise<ForeignListener[]> {
  const tables = await readTcpTables(host, `/proc/${namespace.pid}/net`);
  if (tables.status !== 'ok' || target.port === null) return [];
  const rows = rowsAtPort(tables.value, target.port).filter((row) => row.state === 'LISTEN');
  if (rows.length === 0) return [];
  const { pids } = await host.socketOwners(rows.map((row) => row.inode));
  const namespaceAddresses = await addressesOfNamespace(host, namespace.pid);
  const listeners: ForeignListener[] = [];
  for (const row of rows) {
    const owner = await host.process(pids[String(row.inode)]?.[0] ?? namespace.pid);
    if (owner === null) continue;
    const process = await describeProcess(host, owner);
    listeners.push({ at: row.local, namespace: namespace.inode, namespaceAddresses, process });
  }
  return listeners;
}

/** Listeners on the target's port in other network namespaces: containers, `ip netns`, sandboxes. */
async function observe(context: ProbeContext): Promise<Observation<ForeignListeners>> {
  if (context.target.port === null) return unavailable('unsupported');
  if (await isAnswered(context.see, context.target))
    return unavailable('not-asked', evidence('the wanted debugger answered'));
  const { namespaces, hidden } = await context.host.otherNetworkNamespaces();
  const found = await Promise.all(
    namespaces.slice(0, MAX_NAMESPACES).map((namespace) => listenersIn(context, namespace)),
  );
  return observed(
    { listeners: found.flat(), someHidden: hidden || namespaces.length > MAX_NAMESPACES },
    evidence(`${namespaces.length} other network namespace(s) looked into`, { file: '/proc' }),
  );
}

export const foreignListeners = probeByPlatform('foreign-listeners', { linux: observe });
