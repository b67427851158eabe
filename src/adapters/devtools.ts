import type { Contact, Handshake, StartFailure } from './adapter.js';

/** One question to a DevTools endpoint, as a client that dials `authority` writes it. */
function ask(path: string, authority: string, connection: 'close' | 'keep-alive'): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${authority}\r\nConnection: ${connection}\r\n\r\n`;
}

/**
 * Node with `--inspect-publish-uid=stderr` answers every such question with these words and nothing else; seen with
 * 20.20.
 */
export const UNPUBLISHED = 'HTTP/1.0 404 OK\r\nContent-Type: application/json';

const END_OF_ANSWER = String.raw`}|^HTTP/1\.0 404 OK\r\n[\s\S]*\r\n\r\n`;

/** `/json/version` of Node 20 and Chromium 156 is answered at any time and disturbs nothing. */
export const DEVTOOLS_CONTACT: Contact = {
  harmless: true,
  speaksFirst: false,
  send: ask('/json/version', '127.0.0.1', 'close'),
  until: END_OF_ANSWER,
  stayWhileStartingMs: 0,
};

/** The version, and then, over the same connection, the list of what can be debugged. */
export const DEVTOOLS_HANDSHAKE: Handshake = {
  steps: [
    { after: null, send: ask('/json/version', '127.0.0.1', 'keep-alive') },
    { after: END_OF_ANSWER, send: ask('/json/list', '127.0.0.1', 'close') },
  ],
  until: String.raw`\r\n\r\n\[[\s\S]*\]|${END_OF_ANSWER}`,
  disturbs: () => null,
};

/** The same harmless question in the name of a client that dials a host by its name. */
export function requestByName(authority: string): string {
  return ask('/json/version', authority, 'close');
}

/** A failed start that the program survives, without its debugger. */
export function survives(says: string, symptom: StartFailure['symptom']): StartFailure {
  return { says, symptom, runsOn: true };
}
