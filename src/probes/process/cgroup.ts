/** The container id in a cgroup path of docker, podman, containerd, CRI-O or Kubernetes; null outside one. */
function containerOf(path: string): string | null {
  const match =
    /(?:docker|libpod|crio|cri-containerd|containerd|kubepods|lxc|machine)[^\n]{0,400}?([0-9a-f]{64}|[0-9a-f]{32})/.exec(
      path,
    );
  return match?.[1]?.slice(0, 12) ?? null;
}

/** The service that systemd runs the process for. `user@1000.service` is the user's own manager, no service. */
function unitOf(path: string): string | null {
  const parts = path.split('/').filter((part) => part.endsWith('.service') && !part.startsWith('user@'));
  return parts.at(-1) ?? null;
}

/** Reads /proc/PID/cgroup (cgroups(7)), version 1 or 2: what supervises the process. */
export function parseCgroup(text: string): { unit: string | null; container: string | null } {
  const paths = text
    .split('\n')
    .filter((line) => line.startsWith('0::') || line.includes(':name=systemd:') || line.includes(':pids:'))
    .map((line) => line.slice(line.indexOf('/')));
  const first = <T>(values: (T | null)[]): T | null => values.find((value) => value !== null) ?? null;
  return { unit: first(paths.map((path) => unitOf(path))), container: first(paths.map((path) => containerOf(path))) };
}
