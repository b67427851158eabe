import { ADAPTERS } from '../../adapters/index.js';
import type { Host } from '../../host/host.js';
import type { BindAttempt, LogHit, OwnedSocket, SecondaryPorts, SecondaryPortUse } from '../../model/facts.js';
import { evidence, observed, type Observation } from '../../model/observation.js';
import { socketsAt } from '../port-sockets/linux.js';
import type { Probe, ProbeContext } from '../probe.js';
import { literalFamily } from '../resolution/index.js';

/** No debugger opens more of them. */
const MAX_PORTS = 8;

/** A system without IPv6 has no `::` to bind. */
const NO_SUCH_ADDRESS: readonly (string | null)[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'];

type Wanted = Pick<SecondaryPortUse, 'port' | 'purpose' | 'reported'> & { host: string | null };

/** Ports of the command, and the one that the last error calls taken. */
function wantedPorts({ target }: ProbeContext, hits: readonly LogHit[]): Wanted[] {
  const named = ADAPTERS[target.adapter].secondaryPorts(target.command).slice(0, MAX_PORTS);
  const hit = hits.findLast(({ symptom, captures }) => symptom === 'address-in-use' && captures.port !== null);
  const port = hit?.captures.port ?? null;
  const reported = hit?.text ?? null;
  const wanted: Wanted[] = named.map((each) => ({ ...each, reported: each.port === port ? reported : null }));
  if (port === null || port === target.port || named.some((each) => each.port === port)) return wanted;
  return [...wanted, { port, host: null, purpose: null, reported }];
}

async function literalOf(name: string, { host, offline }: ProbeContext): Promise<string | null> {
  if (literalFamily(name) !== null) return name;
  if (offline && name !== 'localhost') return null;
  const answer = await host.lookup(name);
  return answer.ok ? (answer.addresses[0]?.address ?? null) : null;
}

async function bindAt(host: Host, address: string, port: number): Promise<BindAttempt> {
  const { errorCode } = await host.tryBind(address, port);
  return { at: { address, family: address.includes(':') ? 6 : 4, port }, errorCode };
}

async function tryToBind(context: ProbeContext, { host: name, port }: Wanted): Promise<BindAttempt | null> {
  const { host } = context;
  if (name !== null) {
    const address = await literalOf(name, context);
    return address === null ? null : bindAt(host, address, port);
  }
  const attempt = await bindAt(host, '::', port);
  return NO_SUCH_ADDRESS.includes(attempt.errorCode) ? bindAt(host, '0.0.0.0', port) : attempt;
}

/** Empty where the tables of this system cannot be read. */
async function holdersOf({ host, see }: ProbeContext, port: number): Promise<OwnedSocket[]> {
  const tables = await see('tcp-tables');
  return tables.status === 'ok' ? socketsAt(host, port, tables.value) : [];
}

/** Tries whether the other ports that a launch needs can be had, and looks who has those that cannot. */
async function observe(context: ProbeContext): Promise<Observation<SecondaryPorts>> {
  const logs = await context.see('server-logs');
  const ports: SecondaryPortUse[] = [];
  for (const wanted of wantedPorts(context, logs.status === 'ok' ? logs.value.hits : [])) {
    const { port, purpose, reported } = wanted;
    const attempt = await tryToBind(context, wanted);
    const sockets = attempt?.errorCode === 'EADDRINUSE' ? await holdersOf(context, port) : [];
    ports.push({ port, purpose, reported, attempt, sockets });
  }
  return observed({ ports }, evidence(`${ports.length} port(s) besides the debugger's`));
}

export const secondaryPorts: Probe<'secondary-ports'> = { name: 'secondary-ports', observe };
