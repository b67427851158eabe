import type { Adapter } from './adapter.js';

/** Any TCP server: only the connection is judged, never what is said over it. */
export const tcp: Adapter = {
  id: 'tcp',
  name: 'a TCP server',
  defaultPort: 5678,
  contact: { harmless: true, speaksFirst: false, send: null, until: '\n', stayWhileStartingMs: 0 },
  identifies: () => true,
  recognise: () => null,
  tool: null,
};
