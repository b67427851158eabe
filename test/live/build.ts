import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Builds the command line once, before the live tests run it as a child. */
export default function build(): void {
  const root = resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types'], { cwd: root, stdio: 'inherit' });
}
