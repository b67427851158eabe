import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../checks/index.js';
import { CAUSES } from '../src/causes/index.js';
import { conclude } from '../src/engine/conclude.js';
import { evaluateChecks, type Observations } from '../src/engine/evaluate.js';
import { orderChecks, selectChecks } from '../src/engine/select.js';
import { CAUSE_IDS } from '../src/model/cause-ids.js';
import { observed, unavailable } from '../src/model/observation.js';
import { listFixtures, readExpected, readRecordedRun, replay } from './fixtures.js';
import { collectPool, FACT_NAMES, mutate, observeRecording, seenFacts } from './observed.js';

const FIXTURES = listFixtures();
const RUNS = FIXTURES.map((fixture) => ({
  ...fixture,
  recorded: readRecordedRun(fixture),
  expected: readExpected(fixture),
}));
const SCENES = (await Promise.all(RUNS.map(({ recorded }) => observeRecording(recorded)))).flat();
const POOL = collectPool(SCENES);

/** What a check may establish, as pairs. */
const CLAIMS = CHECKS.flatMap(({ id, causes }) => causes.map((cause) => ({ check: id, cause })));

/** Judges the given error as it is, whatever it names. */
const PASSES_ERRORS_ON = 'reported-error-has-passed';

describe('checks', () => {
  it('have ids of their own', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(CHECKS)('$id has a test file', ({ id }) => {
    expect(existsSync(resolve(import.meta.dirname, `checks/${id}.test.ts`))).toBe(true);
  });

  it.each(CHECKS)('$id depends on checks that exist, and names causes of the catalogue', ({ dependsOn, causes }) => {
    const ids = CHECKS.map(({ id }) => id);
    expect(dependsOn.filter((id) => !ids.includes(id))).toEqual([]);
    expect(causes.filter((cause) => CAUSES[cause] === undefined)).toEqual([]);
  });

  it('can be put into an order', () => {
    const ordered = orderChecks(CHECKS).map(({ id }) => id);
    for (const { id, dependsOn } of CHECKS) {
      for (const dependency of dependsOn) expect(ordered.indexOf(dependency)).toBeLessThan(ordered.indexOf(id));
    }
  });
});

describe('fixtures', () => {
  it.each(CLAIMS)('one shows $cause, established by $check', ({ check, cause }) => {
    const shown = RUNS.filter(({ expected }) =>
      expected.rootCauses.some((root) => root.check === check && root.cause === cause),
    );
    expect(shown).not.toEqual([]);
  });

  it.each(CLAIMS)('one is a near miss of $cause, judged by $check', ({ check, cause }) => {
    const missed = RUNS.filter(({ expected: { checks, rootCauses } }) => {
      const isJudged = checks[check] === 'pass' || checks[check] === 'fail';
      return isJudged && !rootCauses.some((root) => root.check === check && root.cause === cause);
    });
    expect(missed).not.toEqual([]);
  });

  it.each(RUNS)('$id concludes what its name says', ({ id, expected }) => {
    const scenario = id.slice(id.indexOf('/') + 1);
    const named = CAUSE_IDS.filter((cause) => scenario.startsWith(cause)).toSorted((a, b) => b.length - a.length)[0];
    const found = expected.rootCauses.map(({ cause }) => cause);
    if (named !== undefined) expect(found).toContain(named);
    if (scenario.startsWith('healthy')) expect([expected.status, found]).toEqual(['healthy', []]);
  });
});

describe('every check is total', () => {
  const checkOf = fc.constantFrom(...CHECKS);
  const sceneOf = fc.constantFrom(...SCENES);

  it('over facts as they may be', () => {
    const property = fc.property(checkOf, sceneOf, sceneOf, fc.gen(), (check, scene, other, gen) => {
      const choose = (below: number): number => gen(fc.nat, { max: below - 1 });
      const known = { ...seenFacts(other), ...seenFacts(scene) };
      const observations: Observations = Object.fromEntries(
        FACT_NAMES.filter((name) => name in known && (check.needs.includes(name) || choose(5) !== 0)).map((name) => [
          name,
          observed(mutate(known[name], name, POOL, choose)),
        ]),
      );
      const [judged] = evaluateChecks([{ ...check, dependsOn: [] }], observations, {}, scene.target);
      const result = judged?.result;
      expect(result?.reason === null ? '' : result?.outcome).not.toBe('crashed');
      if (check.id === PASSES_ERRORS_ON) return;
      for (const { cause } of result?.findings ?? []) expect(check.causes).toContain(cause);
    });
    fc.assert(property, { numRuns: 4000 });
  });
});

describe('missing data is never good news', () => {
  const BLIND: Observations = Object.fromEntries(FACT_NAMES.map((name) => [name, unavailable('not-permitted')]));

  it.each([
    ['unavailable', BLIND],
    ['missing', {}],
  ])('with every observation %s nothing passes but what judges the target alone', (_, observations) => {
    for (const { target } of SCENES) {
      const checks = selectChecks(CHECKS, target, { only: [], skip: [] });
      const judged = evaluateChecks(checks, observations, {}, target);
      const passed = judged.filter(({ result }) => result.outcome === 'pass').map(({ check }) => check.id);
      const ofTarget = ['target-is-well-formed', 'configuration-is-sound'];
      expect(passed.filter((id) => !ofTarget.includes(id))).toEqual([]);
      const { status } = conclude(judged, (cause) => CAUSES[cause], target, null);
      expect(status).not.toBe('healthy');
    }
  });

  // The debugger answers as ever; that the program behind it is gone shows only in the sockets, and that it is a relative's
  // only in its environment.
  const ANSWERS_ALL_THE_SAME = ['linux/orphaned-debug-adapter-holds-port', 'linux/debug-options-inherited-by-child'];
  const SICK = RUNS.filter(({ id, expected }) => expected.status === 'unhealthy' && !ANSWERS_ALL_THE_SAME.includes(id));

  it.each(SICK)('$id never becomes healthy when one answer is missing', async ({ recorded }) => {
    const healthy: string[] = [];
    for (const [index, { call, args }] of recorded.calls.entries()) {
      // A variable without a recorded value was not set.
      if (call === 'identity' || call === 'pathStatus' || call === 'environment') continue;
      const { status } = await replay({ ...recorded, calls: recorded.calls.toSpliced(index, 1) });
      if (status === 'healthy') healthy.push(JSON.stringify([call, ...args]));
    }
    expect(healthy).toEqual([]);
  });
});
