import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { parseStat } from '../../src/host/procfs.js';

export interface Running {
  child: ChildProcess;
  pid: number;
  startTime: number;
}

/** The start time of a process in clock ticks since boot. */
export function startTimeOf(pid: number): number {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime ?? 0;
}

const READY = `console.log('ready')`;

/** Starts Node with a script, waits for the line that it prints, and ends it after the test. */
export async function startScript(script = READY, options: { argv0?: string; uid?: number } = {}): Promise<Running> {
  const child = spawn(process.execPath, ['-e', `${script};setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  const { pid } = child;
  if (pid === undefined) throw new Error('not started');
  return { child, pid, startTime: startTimeOf(pid) };
}

/** Ignores TERM. */
export async function startStubborn(): Promise<Running> {
  return startScript(`process.on('SIGTERM', () => {});${READY}`);
}

/** Listens on a port of 127.0.0.1. */
export async function startListener(port: number): Promise<Running> {
  return startScript(`require('net').createServer().listen(${port}, '127.0.0.1', () => ${READY})`);
}

/** Holds a connection to a port of 127.0.0.1. */
export async function startClient(port: number): Promise<Running> {
  return startScript(`require('net').connect(${port}, '127.0.0.1', () => ${READY})`);
}
