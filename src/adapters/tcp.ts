import type { Adapter } from './adapter.js';

/** Any TCP server: only the connection is judged, never what is said over it. */
export const tcp: Adapter = {
  id: 'tcp',
  name: 'a TCP server',
  defaultPort: 5678,
  secondaryPorts: () => [],
  contact: () => ({ harmless: true, speaksFirst: false, send: null, until: '\n', stayWhileStartingMs: 0 }),
  handshake: null,
  identifies: () => true,
  versionIn: () => null,
  recognise: () => null,
  hidesIn: null,
  start: ({ program }) => (program.length === 0 ? null : { argv: program, variables: {} }),
  announces: null,
  startFailures: [],
  tool: null,
};
