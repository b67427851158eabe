import { posix, win32 } from 'node:path';
import type { Host } from '../../host/host.js';

const ANY_EXECUTE_BIT = 0o111;

async function isExecutable(host: Host, path: string): Promise<boolean> {
  const status = await host.pathStatus(path);
  return status.ok && status.kind === 'file' && (host.platform === 'win32' || (status.mode & ANY_EXECUTE_BIT) !== 0);
}

/** The folders of PATH in order, without the empty ones that would mean the working directory. */
export function searchPath(host: Host): string[] {
  const separator = host.platform === 'win32' ? ';' : ':';
  return (host.environment('PATH') ?? '').split(separator).filter((folder) => folder !== '');
}

/**
 * Where a program is, as a shell would find it: a name on PATH, a path relative to `cwd`, or an absolute path. Null
 * when there is no such program.
 */
export async function findProgram(host: Host, name: string, cwd: string): Promise<string | null> {
  const path = host.platform === 'win32' ? win32 : posix;
  const isPath = name.includes('/') || (host.platform === 'win32' && name.includes('\\'));
  const suffixes = host.platform === 'win32' && !/\.(exe|cmd|bat)$/i.test(name) ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = isPath ? [cwd] : searchPath(host);
  for (const folder of folders) {
    for (const suffix of suffixes) {
      const candidate = path.resolve(folder, name + suffix);
      if (await isExecutable(host, candidate)) return candidate;
    }
  }
  return null;
}
