// Builds dist/: one small CommonJS file that starts, and one file for each `import()` in the sources, which is loaded
// when a command needs it. Start-up time is why: see docs/adr/0002-one-small-core.md.
// usage: node scripts/build.mjs [--no-types]
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { licenseText, packageFoldersOf } from './third-party-licenses.mjs';

const root = resolve(import.meta.dirname, '..');
const out = resolve(root, 'dist');
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const ENTRIES = [
  ['cli', resolve(root, 'src/cli/main.ts')],
  ['index', resolve(root, 'src/index.ts')],
];

/** Large packages that several files need: one file each. */
const SHARED_PACKAGES = /^(zod|systeminformation)$/;

const chunkName = (file) =>
  relative(root, file)
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .replaceAll('/', '-');

/** Makes every `import('./x.js')` and every shared package a file of its own, and collects it by its name. */
function splitOff(found) {
  return {
    name: 'split-off',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, importer }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = resolve(dirname(importer), path.replace(/\.js$/, '.ts'));
        found.set(chunkName(file), file);
        return { path: `./${chunkName(file)}.cjs`, external: true };
      });
      onResolve({ filter: SHARED_PACKAGES }, ({ kind, path }) => {
        if (kind === 'entry-point') return undefined;
        found.set(path, path);
        return { path: `./${path}.cjs`, external: true };
      });
    },
  };
}

/** Writes one file; returns what it loads when needed, and what it was made from. */
async function bundle(name, file) {
  const found = new Map();
  const { metafile } = await build({
    absWorkingDir: root,
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
    plugins: [splitOff(found)],
    banner: name === 'cli' ? { js: '#!/usr/bin/env node' } : {},
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  return { found, inputs: Object.keys(metafile.inputs) };
}

/** Bundles the entries and everything that they load. */
async function bundleAll() {
  // A Map goes through what is added to it on the way.
  const files = new Map(ENTRIES);
  const inputs = [];
  for (const [name, file] of files) {
    const bundled = await bundle(name, file);
    inputs.push(...bundled.inputs);
    for (const [otherName, otherFile] of bundled.found) files.set(otherName, otherFile);
  }
  return { inputs, outputs: [...files.keys()].map((name) => `${name}.cjs`) };
}

mkdirSync(out, { recursive: true });
const { inputs, outputs } = await bundleAll();
// Only now, so that whoever runs the former build meanwhile is not left without it.
for (const left of readdirSync(out)) {
  if (left.endsWith('.cjs') && !outputs.includes(left)) rmSync(resolve(out, left));
}
chmodSync(resolve(out, 'cli.cjs'), 0o755);
writeFileSync(resolve(out, 'THIRD_PARTY_LICENSES.txt'), licenseText(root, packageFoldersOf(inputs)));
if (!process.argv.includes('--no-types')) {
  rmSync(resolve(out, 'types'), { recursive: true, force: true });
  execFileSync(process.execPath, [resolve(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
