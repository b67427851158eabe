import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** One line for each room, in a file of that room, that the room must not hold; and one that it may hold. */
const ROOMS: readonly { file: string; forbidden: readonly string[]; allowed: readonly string[] }[] = [
  {
    file: 'src/model/sample.ts',
    forbidden: ["import '../causes/index.js';", "import 'zod';", "import 'node:fs';", 'process.exit();'],
    allowed: ["import './target.js';"],
  },
  {
    file: 'src/causes/sample.ts',
    forbidden: ["import '../messages/en/index.js';", "import '../host/host.js';"],
    allowed: ["import '../model/cause.js';", "import './shared.js';"],
  },
  {
    file: 'src/messages/sample.ts',
    forbidden: ["import '../causes/index.js';", "import '../diagnose.js';"],
    allowed: ["import '../model/cause.js';"],
  },
  {
    file: 'src/messages/en/sample.ts',
    forbidden: ["import '../../reporters/style.js';", "import '../../explain.js';"],
    allowed: ["import '../../model/cause.js';", "import '../messages.js';"],
  },
  {
    file: 'src/engine/sample.ts',
    forbidden: [
      "import '../probes/index.js';",
      "void import('../probes/index.js');",
      "import type { Host } from '../host/host.js';",
      "export * from '../host/host.js';",
      'process.exit();',
    ],
    allowed: ["import '../model/check.js';"],
  },
  {
    file: 'src/adapters/sample.ts',
    forbidden: ["import '../probes/index.js';", "import 'node:path';"],
    allowed: ["import '../model/target.js';"],
  },
  {
    file: 'src/logs/patterns/sample.ts',
    forbidden: ["import '../../causes/index.js';", "import 'node:fs';"],
    allowed: ["import '../../model/symptom.js';", "import '../pattern.js';"],
  },
  {
    file: 'checks/sample.ts',
    forbidden: ["import './port-is-free.js';", "import '../src/causes/index.js';", "import '../src/host/host.js';"],
    allowed: ["import '../src/model/check.js';"],
  },
  {
    file: 'checks/index.ts',
    forbidden: ["import '../src/messages/en/index.js';"],
    allowed: ["import './port-is-free.js';"],
  },
  {
    file: 'src/host/sample.ts',
    forbidden: ["import '../probes/index.js';", "import '../targets/resolve.js';", "import 'chalk';"],
    allowed: ["import 'execa';", "import 'systeminformation';", "import 'node:fs';", "import '../model/platform.js';"],
  },
  {
    file: 'src/probes/route/sample.ts',
    forbidden: [
      "import '../../engine/select.js';",
      "import '../../host/node.js';",
      "import 'node:fs';",
      "import 'execa';",
      'process.exit();',
    ],
    allowed: ["import '../../host/host.js';", "import '../probe.js';", "import '../../adapters/index.js';"],
  },
  {
    file: 'src/targets/sample.ts',
    forbidden: ["import '../host/node.js';", "import '../probes/index.js';"],
    allowed: ["import 'zod';", "import '../adapters/index.js';"],
  },
  {
    file: 'src/remedies/sample.ts',
    forbidden: [
      "import '../messages/en/index.js';",
      "import '../host/node.js';",
      "import 'node:fs';",
      'process.exit();',
    ],
    allowed: ["import '../host/host.js';", "import 'jsonc-parser';"],
  },
  {
    file: 'src/reporters/sample.ts',
    forbidden: ["import '../host/host.js';", "import '../cli/terminal.js';", "import 'yargs';", 'process.exit();'],
    allowed: ["import 'chalk';", "import '../messages/messages.js';"],
  },
  {
    file: 'src/diagnose.ts',
    forbidden: ["import './cli/terminal.js';", "import './messages/en/index.js';", "import './reporters/style.js';"],
    allowed: ["import './engine/select.js';"],
  },
  {
    file: 'src/index.ts',
    forbidden: ["import './cli/terminal.js';", "import 'yargs';"],
    allowed: ["import './reporters/report.js';", "import '../checks/index.js';"],
  },
  {
    file: 'src/cli/sample.ts',
    forbidden: ["import 'execa';", "import 'systeminformation';", "import 'chalk';"],
    allowed: ["import 'yargs';", "import 'ora';", "import '../diagnose.js';", 'process.exit();'],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'debug-doctor-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));
copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));

/** The rules about rooms that oxlint finds broken in a file of that name with that one line. */
function brokenRules(file: string, line: string): string[] {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${line}\n`);
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', file], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string }[] };
  return diagnostics.map(({ code }) => code).filter((code) => code.includes('no-restricted'));
}

describe.each(ROOMS)('$file', ({ file, forbidden, allowed }) => {
  it.each(forbidden)('must not hold: %s', (line) => {
    expect(brokenRules(file, line)).toHaveLength(1);
  });

  it.each(allowed)('may hold: %s', (line) => {
    expect(brokenRules(file, line)).toEqual([]);
  });
});

const config = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8');
const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

it.each(folders.map(({ name }) => name))('src/%s has its own rules', (name) => {
  expect(config).toContain(`"src/${name}/*.ts"`);
});
