import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandAt, environmentAt, type Place } from './place.js';

const PATIENCE_MS = 15_000;

/** A program that a test started. */
export interface Started {
  pid: number;
  /** Standard output and error so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  isRunning(): boolean;
  /** Ends it for good and waits for its end. */
  end(): Promise<void>;
}

/** Starts a program. Its end is the caller's business. */
export function startProcess(argv: readonly string[], place: Place = {}): Started {
  const { file, args } = commandAt(argv, place);
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentAt(place),
    cwd: place.cwd ?? '/',
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.on('error', (error) => collect(Buffer.from(error.message)));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} did not start`);
  return {
    pid,
    output: () => output,
    signal: (name) => void child.kill(name),
    isRunning: () => isRunning(child),
    end: () => endChild(child),
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Waits until a condition holds; throws with `what` when it never does. */
export async function waitUntil(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(20);
  }
}

export async function waitForOutput(started: Started, text: string): Promise<void> {
  await waitUntil(`"${text}" is printed; so far: ${started.output()}`, () => {
    if (started.output().includes(text)) return true;
    if (!started.isRunning()) throw new Error(`ended before it printed "${text}": ${started.output()}`);
    return false;
  });
}

/**
 * Waits until somebody listens on the port in the process's network namespace. Read from the kernel's table, since a
 * connection would disturb some servers.
 */
export async function waitForListener(started: Started, port: number): Promise<void> {
  await waitUntil(`port ${port} listens; ${started.output()}`, () => {
    if (!started.isRunning()) throw new Error(`ended before it listened on ${port}: ${started.output()}`);
    return isListening(started.pid, port);
  });
}

/** Whether a socket listens on the port in the network namespace of a process. */
export function isListening(pid: number | 'self', port: number): boolean {
  const key = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return ['tcp', 'tcp6'].some((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .some((line) => line.split(/ +/)[4] === '0A' && line.includes(key)),
  );
}

/** Whether a process has an open connection. */
export function isConnected(pid: number): boolean {
  const links = readdirSync(`/proc/${pid}/fd`).map((descriptor) => linkOf(`/proc/${pid}/fd/${descriptor}`));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/ +/))
    .some(([, , , state, , , , , , inode]) => state === '01' && links.includes(`socket:[${inode}]`));
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

export function stateOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

/** Processes whose command line holds each of the given arguments. */
export function findProcesses(...wanted: readonly string[]): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return wanted.every((argument) => command.some((part) => part.endsWith(argument)));
      } catch {
        return false;
      }
    });
}

/** Ends a process that is no child of ours, such as the adapter that debugpy starts; gone already is fine. */
export async function endForeign(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
  await waitUntil(`process ${pid} is gone`, () => {
    try {
      return stateOf(pid) === 'Z';
    } catch {
      return true;
    }
  });
}
