/**
 * How far a look may go. `passive` opens no connection; `gentle` only those that the adapter's file marks harmless;
 * `full` performs a whole handshake, whatever it disturbs.
 */
export const PROBE_LEVELS = ['passive', 'gentle', 'full'] as const;

export type ProbeLevel = (typeof PROBE_LEVELS)[number];
