import { posix, win32 } from 'node:path';
import type { Adapter, Tool } from '../../adapters/adapter.js';
import { baseName } from '../../adapters/command-line.js';
import { RUNTIME_VARIABLES } from '../../adapters/inherited-options.js';
import type { Host } from '../../host/host.js';
import type { LaunchTool } from '../../model/facts.js';
import type { Target } from '../../model/target.js';
import { findProgram } from './find-program.js';

/** A JVM takes half a second on a busy machine. */
const VERSION_TIMEOUT_MS = 3000;

/** What a program prints about itself, on either stream; null when it fails. It runs outside the project. */
async function ask(host: Host, argv: readonly string[]): Promise<string | null> {
  const cwd = host.platform === 'win32' ? 'C:\\' : '/';
  // A recording of an older doctor lacks the answer.
  const result = await host.run(argv, { timeoutMs: VERSION_TIMEOUT_MS, cwd }).catch(() => null);
  return result === null || result.exitCode !== 0 ? null : `${result.stdout}\n${result.stderr}`;
}

/** Whether a path leads into the project, whose programs are not ours to run. */
function isOfProject(host: Host, path: string, cwd: string): boolean {
  const { parse, sep } = host.platform === 'win32' ? win32 : posix;
  return cwd !== parse(cwd).root && path.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep);
}

/** With such a variable the tool itself would start a debug server, or wait for one. */
function startsDebugger(host: Host, { hidesIn }: Adapter): boolean {
  return hidesIn !== null && RUNTIME_VARIABLES.some((name) => host.environment(name) !== null);
}

/** The version of an installed tool; null when it is not asked, or says none. */
export async function readToolVersion(
  host: Host,
  adapter: Adapter,
  tool: Extract<Tool, { kind: 'executable' }>,
  path: string,
  { cwd }: Target,
): Promise<string | null> {
  if (baseName(path) !== tool.name || isOfProject(host, path, cwd) || startsDebugger(host, adapter)) return null;
  const output = await ask(host, [path, ...tool.versionArguments]);
  return output === null ? null : tool.versionIn(output);
}

/** Go, which Delve calls to build; the root folder has no go.mod that could make it load another toolchain. */
export async function observeGo(host: Host, { cwd }: Target): Promise<LaunchTool['toolchain']> {
  const path = await findProgram(host, 'go', cwd);
  if (path === null) return { command: 'go', path, version: null };
  const output = isOfProject(host, path, cwd) ? null : await ask(host, [path, 'version']);
  return { command: 'go', path, version: /^go version go([\d.]{1,20})/m.exec(output ?? '')?.[1] ?? null };
}
