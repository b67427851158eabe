import type { Target } from '../../model/target.js';
import type { ProbeContext } from '../probe.js';

/** True when the wanted debugger answered: then nothing has to be searched for. Only a client's target is dialled. */
export async function isAnswered(see: ProbeContext['see'], target: Target): Promise<boolean> {
  if (target.request !== 'attach') return false;
  const connection = await see('connection');
  return connection.status === 'ok' && connection.value.attempts.some(({ answeredBy }) => answeredBy === target.adapter);
}
