import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { waitForListener, type Started } from './processes.js';
import type { Scene, StartOptions } from './scene.js';

/** What the program prints first of all. */
export const HAS_STARTED = 'the program has started';

/** Lives long enough for a test. */
const PROGRAM = `public class App {
  public static void main(String[] args) throws Exception {
    System.out.println("${HAS_STARTED}");
    Thread.sleep(120_000);
  }
}`;

/** Compiles the program once for a file; returns how to get at its folder. */
export function compileOnce(): () => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ddat-java-'));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'App.java'), PROGRAM);
    execFileSync('javac', ['App.java'], { cwd: folder, stdio: 'pipe' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

export function agent(address: string, suspend: 'y' | 'n' = 'n'): string {
  return `-agentlib:jdwp=transport=dt_socket,server=y,suspend=${suspend},address=${address}`;
}

/** Starts the program under a JVM with these options, and waits until it listens on the port. */
export async function startJvm(
  scene: Scene,
  port: number,
  options: readonly string[],
  place: StartOptions = {},
): Promise<Started> {
  const jvm = await scene.start(['java', ...options, 'App'], place);
  await waitForListener(jvm, port);
  return jvm;
}

/** Attaches with jdb, asks the JVM for its version, and leaves. Throws unless it answered. */
export function attachJdb(port: number): Promise<void> {
  return new Promise((done, refuse) => {
    const child = execFile('jdb', ['-attach', `127.0.0.1:${port}`], { timeout: 30_000 }, (error, stdout, stderr) => {
      // It exits with 0 when it could not attach.
      if (stdout.includes('JVM version ')) done();
      else refuse(new Error(`jdb did not attach: ${error?.message ?? ''} ${stdout} ${stderr}`));
    });
    child.stdin?.end('version\nquit\n');
  });
}
