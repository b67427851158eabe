import type { Target } from '../../model/target.js';
import type { ProbeContext } from '../probe.js';

/**
 * True when the wanted debugger answered: then nothing has to be searched for. Only a client's target is dialled. The
 * server of a `pid:N` target is searched for all the same, since its answer does not say whose debugger it is.
 */
export async function isAnswered(see: ProbeContext['see'], target: Target): Promise<boolean> {
  if (target.request !== 'attach' || target.pid !== null) return false;
  const connection = await see('connection');
  return (
    connection.status === 'ok' && connection.value.attempts.some(({ answeredBy }) => answeredBy === target.adapter)
  );
}
