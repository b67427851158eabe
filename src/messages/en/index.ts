import type { Messages } from '../messages.js';
import { addressWords } from './address.js';
import { configWords } from './config.js';
import { firewallWords } from './firewall.js';
import { nameWords } from './name.js';
import { portWords } from './port.js';
import { processWords } from './process.js';
import { protocolWords } from './protocol.js';
import { pathRemedyWords } from './remedies-path.js';
import { processRemedyWords } from './remedies-process.js';
import { resourcesWords } from './resources.js';
import { rightsWords } from './rights.js';
import { routeWords } from './route.js';
import { sessionWords } from './session.js';
import { symptomWords } from './symptoms.js';
import { toolWords } from './tool.js';

/** English. A cause, remedy or symptom without words does not compile here. */
export const en: Messages = {
  causes: {
    ...configWords,
    ...nameWords,
    ...addressWords,
    ...routeWords,
    ...firewallWords,
    ...portWords,
    ...processWords,
    ...protocolWords,
    ...sessionWords,
    ...toolWords,
    ...rightsWords,
    ...resourcesWords,
  },
  remedies: { ...pathRemedyWords, ...processRemedyWords },
  symptoms: symptomWords,
};
