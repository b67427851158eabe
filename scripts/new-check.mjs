// Writes what a new check needs: the check, its test, the folder of its fixture, and the index anew.
// usage: npm run new-check <id> -- --hop <hop>
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const HOPS = readFileSync(join(ROOT, 'src/model/hop.ts'), 'utf8').match(/(?<=')[a-z]+(?=')/g) ?? [];

const checkText = (id, hop) => `import { defineCheck, unknown } from '../src/model/check.js';

export default defineCheck({
  id: '${id}',
  claim: 'NOT WRITTEN: the claim that should hold, such as "nothing else listens on the port"',
  hop: '${hop}',
  requests: ['attach', 'launch'],
  // Facts without which there is no judgement, and facts that help: see src/model/facts.ts.
  needs: [],
  uses: [],
  // Checks whose failure makes this one pointless.
  dependsOn: [],
  // Every cause that this check can establish, and that its passing rules out: see src/model/cause-ids.ts.
  causes: [],
  appliesTo: () => true,
  evaluate: () => unknown('NOT WRITTEN'),
});
`;

const testText = (id) => `import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import check from '../../checks/${id}.js';

const FIXTURE = resolve(import.meta.dirname, '../../fixtures/linux/${id}');

describe('${id}', () => {
  it('NOT WRITTEN: names the causes that it can establish', () => {
    expect(check.causes).not.toEqual([]);
  });

  it('NOT WRITTEN: fails on the facts of a machine that has the fault', () => {
    expect.unreachable('judge such facts: expect(check.evaluate(facts, target)).toMatchObject({ outcome: "fail" })');
  });

  it('NOT WRITTEN: passes on the facts of a machine that looks alike', () => {
    expect.unreachable('judge such facts: expect(check.evaluate(facts, target)).toMatchObject({ outcome: "pass" })');
  });

  it('NOT WRITTEN: has a recording of a real machine that has the fault', () => {
    expect(existsSync(resolve(FIXTURE, 'recording.json'))).toBe(true);
  });
});
`;

const fixtureText = (id) => `# ${id}

NOT WRITTEN: say how the fault was set up and on which system, then record it:
\`node dist/cli.cjs check TARGET --record fixtures/linux/${id}\`.
`;

/** What stands in the way of making the check; null when nothing does. */
function problemOf(id, hop) {
  if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))
    return 'name the check in kebab-case, as a claim: disk-has-space';
  if (!HOPS.includes(hop)) return `--hop must be one of: ${HOPS.join(', ')}`;
  return existsSync(join(ROOT, `checks/${id}.ts`)) ? `checks/${id}.ts exists` : null;
}

function write(file, text) {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), text, { flag: 'wx' });
  console.log(file);
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { hop: { type: 'string' } } });
const [id] = positionals;
const problem = problemOf(id, values.hop);
if (problem === null) {
  write(`checks/${id}.ts`, checkText(id, values.hop));
  write(`test/checks/${id}.test.ts`, testText(id));
  write(`fixtures/linux/${id}/README.md`, fixtureText(id));
  execFileSync(process.execPath, [join(ROOT, 'scripts/generate-checks.mjs')], { stdio: 'inherit' });
} else {
  console.error(`new-check: ${problem}`);
  process.exitCode = 2;
}
