import type { Host } from '../../host/host.js';

/** The kind of container that we run in, or what it calls itself; null outside one. */
export async function observeOwnContainer(host: Host): Promise<string | null> {
  const named = host.environment('container');
  if (named !== null && named !== '') return named;
  if ((await host.pathStatus('/.dockerenv')).ok) return 'docker';
  return (await host.pathStatus('/run/.containerenv')).ok ? 'podman' : null;
}
