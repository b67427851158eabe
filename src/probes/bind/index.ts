import type { Host } from '../../host/host.js';
import type { Bind, BindAttempt, Resolution } from '../../model/facts.js';
import { observed, unavailable, type Observation } from '../../model/observation.js';
import type { Target } from '../../model/target.js';
import type { Probe, ProbeContext } from '../probe.js';

/** A range is walked no further than this. */
const MAX_TRIES = 100;

async function nextFreePort(host: Host, target: Target, address: string): Promise<number | null> {
  const [first, last] = target.portRange;
  for (let port = first; port <= last && port < first + MAX_TRIES; port += 1) {
    if (port === target.port) continue;
    const { errorCode } = await host.tryBind(address, port);
    if (errorCode === null) return port;
  }
  return null;
}

/** A server binds the first address that its name resolves to. */
function addressesToBind(resolution: Resolution): Resolution['addresses'] {
  return resolution.addresses.slice(0, 1);
}

/** For a client the bind tells something only about a port where nothing shows: it may be bound all the same. */
async function isRefusedWithoutListener(see: ProbeContext['see']): Promise<boolean> {
  const [connection, sockets] = await Promise.all([see('connection'), see('port-sockets')]);
  if (connection.status !== 'ok' || sockets.status !== 'ok') return false;
  const refused = connection.value.attempts.every(({ errorCode }) => errorCode === 'ECONNREFUSED');
  return refused && sockets.value.sockets.length === 0;
}

/**
 * Tries whether the wanted address and port can be had, by listening there for a moment; when it cannot, also which
 * port of the range is free.
 */
async function observe({ host, target, see }: ProbeContext): Promise<Observation<Bind>> {
  const { port } = target;
  const resolution = await see('resolution');
  if (resolution.status !== 'ok') return resolution;
  if (port === null || port < 0 || port > 65535) return unavailable('unsupported');
  if (target.request === 'attach' && !(await isRefusedWithoutListener(see))) return unavailable('not-asked');
  const attempts: BindAttempt[] = [];
  for (const { address, family } of addressesToBind(resolution.value)) {
    const { errorCode } = await host.tryBind(address, port);
    attempts.push({ at: { address, family, port }, errorCode });
  }
  const [first] = attempts;
  const taken = first !== undefined && first.errorCode !== null;
  return observed({ attempts, freePort: taken ? await nextFreePort(host, target, first.at.address) : null });
}

export const bind: Probe<'bind'> = { name: 'bind', observe };
