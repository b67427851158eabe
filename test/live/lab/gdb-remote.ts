import { execFile } from 'node:child_process';
import { commandAt, environmentAt, type Place } from './place.js';
import { endForeign, findProcesses } from './processes.js';
import type { Scene } from './scene.js';

/** Real clients, and the programs, of servers that speak gdb's remote protocol. */

/** A program to be debugged, which can be told from all others; it outlives some servers, and is ended after the test. */
export function programOf(scene: Scene, port: number): readonly string[] {
  const seconds = `120.${port}`;
  scene.defer(async () => {
    for (const pid of findProcesses(seconds)) await endForeign(pid);
  });
  return ['/bin/sleep', seconds];
}

/** The program alone, without a server that has it in its command line. */
export function pidsOfProgram(port: number): number[] {
  const servers = findProcesses('/bin/sleep', `120.${port}`, `:${port}`);
  return findProcesses('/bin/sleep', `120.${port}`).filter((pid) => !servers.includes(pid));
}

/** Runs a command to its end; both streams. */
export function runToEnd(argv: readonly string[], place: Place = {}): Promise<string> {
  const { file, args } = commandAt(argv, place);
  return new Promise((done) => {
    execFile(file, args, { env: environmentAt(place), timeout: 30_000 }, (_error, stdout, stderr) => {
      done(stdout + stderr);
    });
  });
}

/** Runs gdb's commands after one that connects. */
export function runGdb(connect: string, commands: readonly string[], place: Place = {}): Promise<string> {
  const all = ['set tcp auto-retry off', 'set sysroot /', connect, ...commands];
  return runToEnd(['gdb', '-nx', '-batch', ...all.flatMap((command) => ['-ex', command])], place);
}

export function runLldb(commands: readonly string[], place: Place = {}): Promise<string> {
  return runToEnd(['lldb', '-b', ...commands.flatMap((command) => ['-o', command])], place);
}

/** Requires a text in what a client printed. */
export function expectPrinted(output: string, text: string | RegExp): void {
  const isThere = typeof text === 'string' ? output.includes(text) : text.test(output);
  if (!isThere) throw new Error(`the client did not print ${text}: ${output}`);
}
