/** The steps of a connection, in the order in which it takes them. */
export const PATH_HOPS = [
  'config',
  'name',
  'address',
  'route',
  'firewall',
  'port',
  'process',
  'protocol',
  'session',
] as const;

/** What must be there at all before a path makes sense. */
export const GROUND_HOPS = ['tool', 'rights', 'resources'] as const;

export const HOPS = [...PATH_HOPS, ...GROUND_HOPS] as const;

export type PathHop = (typeof PATH_HOPS)[number];
export type Hop = (typeof HOPS)[number];
