import { CAUSE_IDS, type CauseId } from '../model/cause-ids.js';
import type { Cause } from '../model/cause.js';
import type { Surrounding } from '../model/platform.js';
import type { SymptomId } from '../model/symptom.js';
import { addressCauses } from './address.js';
import { configCauses } from './config.js';
import { firewallCauses } from './firewall.js';
import { nameCauses } from './name.js';
import { portCauses } from './port.js';
import { processCauses } from './process.js';
import { protocolCauses } from './protocol.js';
import { resourcesCauses } from './resources.js';
import { rightsCauses } from './rights.js';
import { routeCauses } from './route.js';
import { sessionCauses } from './session.js';
import { toolCauses } from './tool.js';

/** The catalogue. A cause that no file of a hop describes does not compile here. */
export const CAUSES: Readonly<Record<CauseId, Cause>> = {
  ...configCauses,
  ...nameCauses,
  ...addressCauses,
  ...routeCauses,
  ...firewallCauses,
  ...portCauses,
  ...processCauses,
  ...protocolCauses,
  ...sessionCauses,
  ...toolCauses,
  ...rightsCauses,
  ...resourcesCauses,
};

/** WSL and containers are Linux with a surrounding: on a Linux system their causes may be at work too. */
function occursOn(cause: Cause, where: Surrounding): boolean {
  if (where !== 'linux') return cause.platforms.includes(where);
  return (['linux', 'wsl', 'container'] as const).some((surrounding) => cause.platforms.includes(surrounding));
}

/** The causes known for a symptom, the most frequent first; of equal ones the earlier on the path comes first. */
export function causesOf(symptom: SymptomId, where?: Surrounding): Cause[] {
  return CAUSE_IDS.map((id) => CAUSES[id])
    .filter((cause) => cause.symptoms[symptom] !== undefined)
    .filter((cause) => where === undefined || occursOn(cause, where))
    .toSorted((a, b) => (b.symptoms[symptom] ?? 0) - (a.symptoms[symptom] ?? 0));
}
