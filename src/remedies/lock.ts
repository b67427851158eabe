import type { MutableHost } from '../host/host.js';
import { failure, type Failure } from './failure.js';

const WAIT_MS = 5000;
const POLL_MS = 50;

/**
 * Runs an action while no other doctor on this machine fixes or undoes anything with the same journal. Waits up to five
 * seconds for another one; a lock whose process is gone is taken over.
 */
export async function withLock<T>(host: MutableHost, folder: string, action: () => Promise<T>): Promise<T | Failure> {
  const taken = await takeLock(host, lockFile(folder));
  if (!taken.ok) return taken;
  try {
    return await action();
  } finally {
    await host.removeFile(lockFile(folder));
  }
}

async function takeLock(host: MutableHost, file: string): Promise<{ ok: true } | Failure> {
  const { pid } = await host.identity();
  const owner = `${pid} ${(await host.process(pid))?.startTime ?? 0}\n`;
  const deadline = host.now() + WAIT_MS;
  for (;;) {
    const created = await host.createFile(file, owner);
    if (created.ok) return { ok: true };
    if (created.code !== 'EEXIST') return failure('journal-not-writable', `${file}: ${created.code}`);
    if (host.now() >= deadline) return failure('another-fix-runs', file);
    if (await isAbandoned(host, file)) await host.removeFile(file);
    else await host.sleep(POLL_MS);
  }
}

/** Whether the process that wrote the lock has ended. A lock that cannot be understood is left to a person. */
async function isAbandoned(host: MutableHost, file: string): Promise<boolean> {
  const read = await host.readFile(file, { maxBytes: 100 });
  const words = read.ok ? read.text.trim().split(' ').map(Number) : [];
  const [pid, startTime] = words;
  if (pid === undefined || startTime === undefined || !Number.isInteger(pid) || !Number.isFinite(startTime))
    return false;
  const owner = await host.process(pid);
  return owner === null || (startTime !== 0 && owner.startTime !== startTime);
}

function lockFile(folder: string): string {
  return `${folder}/lock`;
}
