import type { Conclusion, Status } from '../model/report.js';

export const EXIT = { healthy: 0, unhealthy: 1, failure: 2, inconclusive: 3, interrupted: 130 } as const;

/** The worst of several targets: a found problem outweighs an unseen one, and that a healthy one. */
export function overallStatus(statuses: readonly Status[]): Status {
  if (statuses.includes('unhealthy')) return 'unhealthy';
  return statuses.length === 0 || statuses.includes('inconclusive') ? 'inconclusive' : 'healthy';
}

/** `failOn: 'warning'` makes a warning count as a problem. */
export function exitCodeOf(conclusions: readonly Conclusion[], failOn: 'error' | 'warning'): number {
  const status = overallStatus(conclusions.map((conclusion) => conclusion.status));
  const warned = conclusions.some(({ rootCauses }) => rootCauses.some(({ severity }) => severity === 'warning'));
  if (status !== 'unhealthy' && warned && failOn === 'warning') return EXIT.unhealthy;
  return EXIT[status];
}
