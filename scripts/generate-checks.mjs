// Writes checks/index.ts from the files in checks/. `--check` only compares, and fails when the index is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../checks/', import.meta.url);
const index = new URL('index.ts', folder);
const ids = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -3))
  .toSorted();
const variable = (id) => id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const text = [
  '// Made by `npm run generate`: one line for each file in this folder.',
  "import type { Check } from '../src/model/check.js';",
  ...ids.map((id) => `import ${variable(id)} from './${id}.js';`),
  '',
  'export const CHECKS: readonly Check[] = [',
  ...ids.map((id) => `  ${variable(id)},`),
  '];',
  '',
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(index, 'utf8') !== text) {
    console.error('checks/index.ts is stale: run `npm run generate`');
    process.exitCode = 1;
  }
} else {
  writeFileSync(index, text);
}
