import { either } from '../clause.js';
import { pattern } from '../pattern.js';
import type { LogPattern } from '../pattern.js';

/** Failures that do not say why. Tried last: a line that also states its reason belongs to that reason. */
export const vaguePatterns: readonly LogPattern[] = [
  pattern({
    id: 'cannot-connect',
    literals: ['connect to', 'connecting to', 'attach to'],
    regexp: either(
      /(?:not|can't|unable to|failed to) (?:connect|attach) to (?:the )?(?:debug|remote|runtime|target|serv|process)/i,
      /(?:not|can't|unable to|failed to) connect to (?:the )?(?:browser|chrome|host|device|inspector|adapter|daemon)/i,
      /(?:not|can't|unable to|failed to) connect to (?:localhost|port \d|[\w.-]{1,60}:\s?\d{1,5}\b)/i,
      /(?:not|can't|unable to|failed to) connect to \d{1,3}(?:\.\d{1,3}){3}\b/i,
    ),
    symptom: 'reason-not-stated',
    confidence: 'possible',
    hits: [
      'Cannot connect to runtime process, timeout',
      'Message: unknown error: cannot connect to chrome at 127.0.0.1:60256',
    ],
    nearMisses: [
      'ERROR:dbus/bus.cc:405] Failed to connect to the bus: unknown address type',
      'I cannot connect to my feelings',
    ],
  }),
  pattern({
    id: 'refused-to-connect',
    literals: ['refused to connect'],
    regexp: /^\s{0,20}(?<host>[\w.-]{1,100}) refused to connect\.?\s{0,4}$/,
    symptom: 'connection-refused',
    errnoName: 'ECONNREFUSED',
    hits: ['172.17.97.25 refused to connect.'],
    nearMisses: ['the printer refused to connect again today'],
  }),
  pattern({
    id: 'cannot-listen',
    literals: ['listen on', 'bind to', 'could not bind', 'start listener'],
    regexp:
      /(?:not|can't|unable to|failed to) (?:listen on|bind to) (?:port |address )?(?:[\w.:/[\]*-]{0,80}:)?\d{1,5}\b/i,
    symptom: 'reason-not-stated',
    causes: ['port-held-by-other-program', 'previous-run-still-listening'],
    confidence: 'possible',
    hits: ['Failed to listen on 127.0.0.1:8000', 'could not bind to port 5678'],
    nearMisses: ['failed to listen on purpose'],
  }),
];
