import type { Host } from '../../host/host.js';
import type { Identity } from '../../model/facts.js';
import { observed, type Observation } from '../../model/observation.js';
import type { Probe, ProbeContext } from '../probe.js';

/** capabilities(7): the bit of CAP_NET_BIND_SERVICE. */
const CAP_NET_BIND_SERVICE = 10n;

const MAX_ANCESTORS = 32;

/** Reads CapEff of /proc/self/status; null when it is not there. */
export function parseMayBindPrivilegedPorts(status: string): boolean | null {
  const match = /^CapEff:\s*([0-9a-f]{1,16})$/m.exec(status);
  return match?.[1] === undefined ? null : ((BigInt(`0x${match[1]}`) >> CAP_NET_BIND_SERVICE) & 1n) === 1n;
}

async function ancestorsOf(host: Host, ppid: number): Promise<number[]> {
  const ancestors: number[] = [];
  let pid = ppid;
  while (pid > 0 && ancestors.length < MAX_ANCESTORS) {
    ancestors.push(pid);
    pid = (await host.process(pid))?.ppid ?? 0;
  }
  return ancestors;
}

async function observe({ host }: ProbeContext): Promise<Observation<Identity>> {
  const { uid, userName, pid, ppid } = await host.identity();
  const status = host.platform === 'linux' ? await host.readFile('/proc/self/status') : null;
  return observed({
    uid,
    userName,
    elevated: uid === 0,
    mayBindPrivilegedPorts: status?.ok === true ? parseMayBindPrivilegedPorts(status.text) : null,
    pid,
    ancestors: await ancestorsOf(host, ppid),
  });
}

export const identity: Probe<'identity'> = { name: 'identity', observe };
