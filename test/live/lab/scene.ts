import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { connect, createNamespace, type Namespace, type NamespaceOptions } from './namespace.js';
import type { Place } from './place.js';
import { startProcess, waitForListener, waitForOutput, type Started } from './processes.js';

export interface StartOptions extends Place {
  /** Wait until this port listens. */
  port?: number;
  /** Wait until this is printed. */
  prints?: string;
}

/** What a test sets up. All of it is gone after the test, also when it failed. */
export interface Scene {
  /** Starts a program and waits until it is ready. */
  start(argv: readonly string[], options?: StartOptions): Promise<Started>;
  namespace(options?: NamespaceOptions): Namespace;
  /** Two namespaces on one cable. */
  twoMachines(): { near: Namespace; far: Namespace };
  /** An empty folder that every user may enter. */
  folder(): string;
  /** Runs after the test, the last registered first. */
  defer(undo: () => void | Promise<void>): void;
}

/** Makes a scene for the tests of a file, cleared after each of them. */
export function useScene(): Scene {
  const undos: (() => void | Promise<void>)[] = [];
  const defer: Scene['defer'] = (undo) => void undos.push(undo);
  const namespace: Scene['namespace'] = (options) => {
    const made = createNamespace(options);
    defer(() => made.remove());
    return made;
  };
  afterEach(async () => {
    const failures: unknown[] = [];
    for (const undo of undos.splice(0).toReversed()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the test could not be cleared away');
  });
  return {
    defer,
    namespace,
    start: async (argv, { port, prints, ...place } = {}) => {
      const started = startProcess(argv, place);
      defer(() => started.end());
      if (port !== undefined) await waitForListener(started, port);
      if (prints !== undefined) await waitForOutput(started, prints);
      return started;
    },
    twoMachines: () => {
      const near = namespace();
      const far = namespace();
      connect(near, far);
      return { near, far };
    },
    folder: () => {
      const folder = mkdtempSync(join(tmpdir(), 'ddat-'));
      chmodSync(folder, 0o755);
      defer(() => rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
  };
}

function isThere(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', tool], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether tests that need these can run here; `root` counts as one. When not, it says so aloud, and where everything
 * must be there (CI=true) it throws.
 */
export function canRun(what: string, ...needed: readonly string[]): boolean {
  const missing = needed.filter((tool) => (tool === 'root' ? process.getuid?.() !== 0 : !isThere(tool)));
  if (missing.length === 0) return true;
  const text = `${what}: skipped for want of ${missing.join(', ')}`;
  if (process.env['CI'] === 'true') throw new Error(text);
  console.warn(text);
  return false;
}
