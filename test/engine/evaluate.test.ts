import { describe, expect, it } from 'vitest';
import { evaluateChecks, type Observations } from '../../src/engine/evaluate.js';
import { failRulingOut, finding, pass, unknown, type Check } from '../../src/model/check.js';
import { evidence, observed, unavailable } from '../../src/model/observation.js';
import { attach, resolution } from '../checks/facts.js';
import { checkOf, failing } from './checks.js';

const SEEN: Observations = { resolution: observed(resolution(['127.0.0.1'])) };

function outcomes(checks: readonly Check[], observations: Observations = {}): string[] {
  return evaluateChecks(checks, observations, {}, attach()).map(({ result }) => `${result.check} ${result.outcome}`);
}

describe('a need', () => {
  const unasked = checkOf('needy', {
    needs: ['resolution'],
    evaluate: () => {
      throw new Error('asked without its need');
    },
  });

  it.each<[string, Observations]>([
    ['unavailable', { resolution: unavailable('timed-out', evidence('too late')) }],
    ['not looked at', {}],
  ])('that is %s makes it unknown without asking', (_, observations) => {
    const [judged] = evaluateChecks([unasked], observations, {}, attach());
    expect(judged?.result).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('resolution') });
    expect(judged?.ruledOut).toEqual([]);
  });

  it('is handed over as the value that was seen', () => {
    const seen: unknown[] = [];
    const curious = checkOf('curious', {
      needs: ['resolution'],
      uses: ['bind', 'identity'],
      evaluate: (facts) => {
        seen.push(facts);
        return pass();
      },
    });
    evaluateChecks([curious], { ...SEEN, identity: unavailable('unsupported') }, {}, attach());
    expect(seen).toEqual([{ resolution: resolution(['127.0.0.1']) }]);
  });
});

describe('an outcome', () => {
  it('is crashed when the check throws, and rules nothing out', () => {
    const crashing = checkOf('crashing', {
      causes: ['wrong-port'],
      evaluate: () => {
        throw new TypeError('of undefined');
      },
    });
    const [judged] = evaluateChecks([crashing], {}, {}, attach());
    expect(judged).toMatchObject({
      result: { outcome: 'crashed', reason: 'of undefined', findings: [] },
      ruledOut: [],
    });
  });

  it('that passes rules out every cause of the check, by its first evidence', () => {
    const check = checkOf('fine', { causes: ['wrong-port', 'disk-full'] });
    const [judged] = evaluateChecks([check], {}, {}, attach());
    expect(judged?.ruledOut).toEqual([
      { cause: 'wrong-port', because: 'fine was seen' },
      { cause: 'disk-full', because: 'fine was seen' },
    ]);
  });

  it('that fails rules out only what the check says, and shows the evidence of its findings', () => {
    const excluded = { cause: 'disk-full', because: 'space is left' } as const;
    const found = finding('wrong-port', 'certain', {}, evidence('seen'));
    const check = checkOf('broken', {
      causes: ['wrong-port', 'disk-full'],
      evaluate: () => failRulingOut([excluded], found),
    });
    const [judged] = evaluateChecks([check], {}, {}, attach());
    expect(judged?.ruledOut).toEqual([excluded]);
    expect(judged?.result).toMatchObject({ outcome: 'fail', reason: null, evidence: [{ text: 'seen' }] });
  });

  it('that is unknown says what is missing and rules nothing out', () => {
    const check = checkOf('blind', {
      causes: ['wrong-port'],
      evaluate: () => unknown('the sockets', evidence('half a look')),
    });
    const [judged] = evaluateChecks([check], {}, {}, attach());
    expect(judged).toMatchObject({
      result: { outcome: 'unknown', reason: 'the sockets', evidence: [{ text: 'half a look' }] },
      ruledOut: [],
    });
  });

  it('takes the time of the slowest probe', () => {
    const check = checkOf('slow', { needs: ['resolution'], uses: ['bind'] });
    const [judged] = evaluateChecks([check], SEEN, { resolution: 3, bind: 12.5, identity: 99 }, attach());
    expect(judged?.result.durationMs).toBe(12.5);
  });
});

describe('a failed dependency', () => {
  const first = (confidence: 'certain' | 'likely' | 'possible'): Check =>
    checkOf('first', failing('wrong-port', confidence));
  const second = checkOf('second', { dependsOn: ['first'] });

  it.each(['certain', 'likely'] as const)('that is %s hides what depends on it', (confidence) => {
    expect(outcomes([second, first(confidence)])).toEqual(['first fail', 'second skipped']);
  });

  it('that is only possible hides nothing', () => {
    expect(outcomes([first('possible'), second])).toEqual(['first fail', 'second pass']);
  });

  it('is the reason of all that is hidden behind it', () => {
    const third = checkOf('third', { dependsOn: ['second'] });
    const judged = evaluateChecks([third, second, first('certain')], {}, {}, attach());
    expect(judged.map(({ result }) => result.reason)).toEqual([null, 'first', 'first']);
  });

  it('does not hide by being unknown, crashed or absent', () => {
    const blind = checkOf('first', { evaluate: () => unknown('it') });
    expect(outcomes([blind, second])).toEqual(['first unknown', 'second pass']);
    expect(outcomes([second])).toEqual(['second pass']);
  });
});
