// Builds dist/: one small CommonJS file that starts, and one file for each `import()` in the sources, which is loaded
// when a command needs it. Start-up time is why: see docs/adr/0002-one-small-core.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const out = resolve(root, 'dist');
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

const chunkName = (file) => relative(root, file).replace(/^src\//, '').replace(/\.ts$/, '').replaceAll('/', '-');

/** Makes every `import('./x.js')` a file of its own and collects it. */
function splitAtImports(found) {
  return {
    name: 'split-at-imports',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, importer }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = resolve(dirname(importer), path.replace(/\.js$/, '.ts'));
        found.add(file);
        return { path: `./${chunkName(file)}.cjs`, external: true };
      });
    },
  };
}

async function bundle(file, name) {
  const found = new Set();
  await build({
    entryPoints: [file],
    outfile: resolve(out, `${name}.cjs`),
    bundle: true,
    platform: 'node',
    // jsonc-parser's UMD entry cannot be bundled.
    mainFields: ['module', 'main'],
    target: 'node20.19',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    // import() of a CommonJS file would start Node's ES module loader.
    supported: { 'dynamic-import': false },
    define: { __VERSION__: JSON.stringify(version), 'import.meta.url': '"file:///"' },
    plugins: [splitAtImports(found)],
    banner: name === 'cli' ? { js: '#!/usr/bin/env node' } : {},
    legalComments: 'eof',
    logLevel: 'warning',
  });
  return found;
}

rmSync(out, { recursive: true, force: true });
const waiting = [
  [resolve(root, 'src/cli/main.ts'), 'cli'],
  [resolve(root, 'src/index.ts'), 'index'],
];
const seen = new Set(waiting.map(([file]) => file));
for (const [file, name] of waiting) {
  for (const other of await bundle(file, name)) {
    if (seen.has(other)) continue;
    seen.add(other);
    waiting.push([other, chunkName(other)]);
  }
}
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, [resolve(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
