import { randomUUID } from 'node:crypto';
import { constants, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import {
  access,
  chmod,
  chown,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  stat,
  statfs,
  unlink,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { networkInterfaces, release, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { exchange, tryBind } from './exchange.js';
import type { Host, LookupResult, MutableHost } from './host.js';
import { isPlatform } from '../model/platform.js';

const DEFAULT_READ_BYTES = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** A line longer than this in a system table is not one of its lines. */
const MAX_LINE_CHARACTERS = 64 * 1024;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
}

/** Turns a thrown errno into a result. */
async function attempt<T extends object>(
  action: () => Promise<T>,
): Promise<({ ok: true } & T) | { ok: false; code: string }> {
  try {
    return { ok: true, ...(await action()) };
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  // O_NONBLOCK: opening a FIFO must not wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** What the kernel answers from memory: the way through Node's threads would take longer than reading it. */
function isQuick(path: string): boolean {
  return path.startsWith('/etc/') || (path.startsWith('/proc/') && !/^\/proc\/([^/]+\/)?net\//.test(path));
}

function readQuickly(path: string, maxBytes: number): { text: string; truncated: boolean } {
  const content = readFileSync(path);
  return { text: content.toString('utf8', 0, maxBytes), truncated: content.length > maxBytes };
}

async function readPart(
  path: string,
  maxBytes: number,
  from: 'start' | 'end',
): Promise<{ text: string; truncated: boolean }> {
  if (isQuick(path) && from === 'start') return readQuickly(path, maxBytes);
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const start = from === 'end' ? Math.max(0, size - maxBytes) : 0;
    const chunks: Buffer[] = [];
    let read = 0;
    // Files in /proc say that they are empty, so only the end of the file ends the loop.
    while (read < maxBytes) {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes - read));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, size === 0 ? null : start + read);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      read += bytesRead;
    }
    return { text: Buffer.concat(chunks).toString('utf8'), truncated: start > 0 || size > start + read };
  });
}

async function readMatchingLines(
  path: string,
  containing: string,
  maxLines: number,
): Promise<{ text: string; truncated: boolean }> {
  return withFile(path, async (file) => {
    const lines: string[] = [];
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest = '';
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      const text = rest + buffer.toString('latin1', 0, bytesRead);
      const end = bytesRead === 0 ? text.length : text.lastIndexOf('\n') + 1;
      rest = text.slice(end).slice(0, MAX_LINE_CHARACTERS);
      const complete = text.slice(0, end);
      if (complete.includes(containing))
        lines.push(...complete.split('\n').filter((line) => line.includes(containing)));
      if (bytesRead === 0 || lines.length >= maxLines) break;
    }
    return { text: lines.slice(0, maxLines).join('\n'), truncated: lines.length > maxLines };
  });
}

async function lookup(name: string, signal: AbortSignal | null): Promise<LookupResult> {
  const { lookup: resolveName } = await import('node:dns/promises');
  const aborted = new Promise<LookupResult>((resolve) => {
    signal?.addEventListener('abort', () => resolve({ ok: false, code: 'ETIMEDOUT' }), { once: true });
  });
  const answer = attempt(async () => ({ found: await resolveName(name, { all: true, verbatim: true }) })).then(
    (result): LookupResult =>
      result.ok
        ? {
            ok: true,
            addresses: result.found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 })),
          }
        : { ok: false, code: result.code },
  );
  return Promise.race([answer, aborted]);
}

function kindOf(status: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSocket(): boolean;
}): 'file' | 'directory' | 'socket' | 'other' {
  if (status.isFile()) return 'file';
  if (status.isDirectory()) return 'directory';
  return status.isSocket() ? 'socket' : 'other';
}

function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A uid without an entry in the user database, as in many containers.
    return String(process.getuid?.() ?? '');
  }
}

/** Linux has its process table in /proc; elsewhere systeminformation asks the system. */
function processTable(): Promise<typeof import('./procfs.js') | typeof import('./processes-elsewhere.js')> {
  return process.platform === 'linux' ? import('./procfs.js') : import('./processes-elsewhere.js');
}

/** The machine that this process runs on. */
export function createNodeHost(signal: AbortSignal | null = null): Host {
  const { platform } = process;
  if (!isPlatform(platform)) throw new Error(`debug-doctor does not know the platform ${platform}`);
  return {
    platform,
    release: release(),
    arch: process.arch,
    now: () => Date.now(),
    withSignal: (other) => createNodeHost(other),
    readFile: (path, options) =>
      attempt(() => readPart(path, options?.maxBytes ?? DEFAULT_READ_BYTES, options?.from ?? 'start')),
    readLines: (path, containing, maxLines) => attempt(() => readMatchingLines(path, containing, maxLines)),
    readLink: (path) =>
      attempt(async () => ({ text: isQuick(path) ? readlinkSync(path) : await readlink(path), truncated: false })),
    listDirectory: (path) => attempt(async () => ({ names: isQuick(path) ? readdirSync(path) : await readdir(path) })),
    pathStatus: (path) =>
      attempt(async () => {
        const status = await stat(path);
        const { size, mode, uid, mtime } = status;
        return { kind: kindOf(status), size, mode: mode & 0o7777, uid, modifiedAt: mtime.toISOString() };
      }),
    mayWrite: (path) => attempt(async () => ({ done: await access(path, constants.W_OK) })),
    freeSpace: (path) =>
      attempt(async () => {
        const { bavail, bsize, ffree, files } = await statfs(path);
        // Some file systems make inodes as needed and report none.
        return { freeBytes: bavail * bsize, freeInodes: files === 0 ? null : ffree };
      }),
    environment: (name) => process.env[name] ?? null,
    identity: async () => ({
      uid: process.getuid?.() ?? null,
      userName: currentUser(),
      pid: process.pid,
      ppid: process.ppid,
    }),
    interfaces: async () =>
      Object.entries(networkInterfaces()).flatMap(([interfaceName, addresses]) =>
        (addresses ?? []).map(({ address, family, internal }) => ({
          address,
          family: family === 'IPv6' ? (6 as const) : (4 as const),
          internal,
          interfaceName,
        })),
      ),
    lookup: (name) => lookup(name, signal),
    exchange: (to, how) => exchange(to, how, signal),
    tryBind,
    run: async (argv, options) => (await import('./run.js')).run(argv, options ?? {}, signal),
    processes: async () => (await processTable()).readProcesses(),
    process: async (pid) => (await processTable()).readProcess(pid),
    socketOwners: async (inodes) => (await processTable()).findSocketOwners(inodes),
    socketsOf: async (pid) => (await processTable()).readSocketsOf(pid),
    variablesOf: async (pid, names) => (await processTable()).readVariablesOf(pid, names),
    hasMapped: async (pid, text) => (await processTable()).readHasMapped(pid, text),
    otherNetworkNamespaces: async () => (await processTable()).findOtherNetworkNamespaces(),
    describeSystem: async () => (await import('./describe-system.js')).describeSystem(),
  };
}

/** Writes beside the file and renames, so that a reader sees the old text or the new one and nothing between. */
async function replaceFile(path: string, text: string): Promise<{ done: true }> {
  // Renaming over a symbolic link would replace the link and leave its file as it was.
  const file = await realpath(path).catch(() => path);
  const temporary = `${file}.debug-doctor-${randomUUID()}`;
  const former = await stat(file).catch(() => null);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    // The umask cuts the mode of a new file, not that of chmod.
    await chmod(temporary, (former?.mode ?? 0o600) & 0o7777);
    // Root must not take a user's file away; anybody else may not give files away, and need not.
    if (former !== null) await chown(temporary, former.uid, former.gid).catch(() => undefined);
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  return { done: true };
}

async function createFile(path: string, text: string): Promise<{ done: true }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  return { done: true };
}

/** The same machine with the right to change it. Only `fix` and `undo` make one. */
export function createMutableNodeHost(signal: AbortSignal | null = null): MutableHost {
  const host = createNodeHost(signal);
  return {
    ...host,
    writeFile: (path, text) => attempt(() => replaceFile(path, text)),
    createFile: (path, text) => attempt(() => createFile(path, text)),
    removeFile: (path) => attempt(async () => ({ done: await unlink(path) })),
    execute: (argv, options) => host.run(argv, options),
    signal: async (pid, name) => attempt(async () => ({ done: process.kill(pid, `SIG${name}`) })),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
