import { describe, expect, it } from 'vitest';
import { conclude, type CauseTraits } from '../../src/engine/conclude.js';
import type { Judged } from '../../src/engine/evaluate.js';
import type { Conclusion } from '../../src/model/report.js';
import type { Target } from '../../src/model/target.js';
import { attach, launch } from '../checks/facts.js';
import { checkOf, judgedAs } from './checks.js';

const WARNINGS: readonly string[] = ['debug-port-exposed'];
const traits: CauseTraits = (cause) => ({ hop: 'port', severity: WARNINGS.includes(cause) ? 'warning' : 'error' });

function concludeFrom(judged: readonly Judged[], target: Target = attach()): Conclusion {
  return conclude(judged, traits, target, { id: 'connection-refused', errno: null });
}

const PORT = checkOf('port-check');
const NAME = checkOf('name-check', { hop: 'name' });
const TOOL = checkOf('tool-check', { hop: 'tool' });
const PROTOCOL = checkOf('protocol-check', { hop: 'protocol' });
const SESSION = checkOf('session-check', { hop: 'session' });

describe('root causes', () => {
  const order = (...judged: Judged[]): string[] => concludeFrom(judged).rootCauses.map(({ cause }) => cause);

  it('have errors before warnings', () => {
    expect(
      order(
        judgedAs(NAME, 'fail', ['debug-port-exposed', 'certain']),
        judgedAs(PORT, 'fail', ['wrong-port', 'possible']),
      ),
    ).toEqual(['wrong-port', 'debug-port-exposed']);
  });

  it('have the surer before the vaguer', () => {
    expect(
      order(
        judgedAs(NAME, 'fail', ['name-does-not-resolve', 'likely']),
        judgedAs(PORT, 'fail', ['wrong-port', 'certain']),
      ),
    ).toEqual(['wrong-port', 'name-does-not-resolve']);
  });

  it('have the ground before the path, and the earlier hop before the later', () => {
    const judged = [
      judgedAs(PORT, 'fail', ['wrong-port', 'certain']),
      judgedAs(NAME, 'fail', ['name-does-not-resolve', 'certain']),
      judgedAs(TOOL, 'fail', ['interpreter-not-found', 'certain']),
    ];
    expect(order(...judged)).toEqual(['interpreter-not-found', 'name-does-not-resolve', 'wrong-port']);
  });

  it('name a cause once, by the check that is surer of it', () => {
    const judged = [
      judgedAs(NAME, 'fail', ['server-not-started', 'possible']),
      judgedAs(PORT, 'fail', ['server-not-started', 'certain']),
    ];
    const { rootCauses } = concludeFrom(judged);
    expect(rootCauses).toMatchObject([{ cause: 'server-not-started', check: 'port-check', confidence: 'certain' }]);
  });
});

describe('the path', () => {
  const states = (...judged: Judged[]): string[] =>
    concludeFrom(judged).path.map(({ hop, state, check }) => `${hop} ${state} ${check}`);

  it('has the hops in their order and only those that were asked about', () => {
    expect(states(judgedAs(TOOL, 'pass'), judgedAs(PORT, 'pass'), judgedAs(NAME, 'pass'))).toEqual([
      'name ok name-check',
      'port ok port-check',
      'tool ok tool-check',
    ]);
  });

  it.each<[string, Judged[], string]>([
    ['an error', [judgedAs(PORT, 'fail', ['wrong-port', 'certain'])], 'port broken port-check'],
    ['a warning', [judgedAs(PORT, 'fail', ['debug-port-exposed', 'certain'])], 'port degraded port-check'],
    ['nothing seen', [judgedAs(PORT, 'unknown')], 'port unknown port-check'],
    ['a crash', [judgedAs(PORT, 'crashed')], 'port unknown null'],
    ['a skipped check', [judgedAs(PORT, 'skipped')], 'port not-reached port-check'],
    ['one skipped of two', [judgedAs(PORT, 'skipped'), judgedAs(checkOf('other'), 'pass')], 'port ok other'],
    ['one unseen of two', [judgedAs(checkOf('other'), 'pass'), judgedAs(PORT, 'unknown')], 'port unknown port-check'],
    [
      'an error and a pass',
      [judgedAs(checkOf('other'), 'pass'), judgedAs(PORT, 'fail', ['wrong-port', 'likely'])],
      'port broken port-check',
    ],
  ])('shows %s', (_, judged, expected) => {
    expect(states(...judged)).toEqual([expected]);
  });
});

describe('the status', () => {
  const passed = judgedAs(PORT, 'pass');
  it.each<[string, Judged[], Target, string]>([
    ['all that passed', [passed], attach(), 'healthy'],
    ['an error', [passed, judgedAs(NAME, 'fail', ['wrong-port', 'possible'])], attach(), 'unhealthy'],
    ['a warning', [passed, judgedAs(SESSION, 'fail', ['debug-port-exposed', 'certain'])], attach(), 'healthy'],
    ['something unseen', [passed, judgedAs(NAME, 'unknown')], attach(), 'inconclusive'],
    ['a crash', [passed, judgedAs(NAME, 'crashed')], attach(), 'inconclusive'],
    ['something unseen before an answer', [judgedAs(PROTOCOL, 'pass'), judgedAs(NAME, 'unknown')], attach(), 'healthy'],
    [
      'something unseen before a launch',
      [judgedAs(PROTOCOL, 'pass'), judgedAs(NAME, 'unknown')],
      launch(),
      'inconclusive',
    ],
    ['only skipped checks', [judgedAs(PORT, 'skipped')], attach(), 'inconclusive'],
    ['no check at all', [], attach(), 'inconclusive'],
  ])('of %s', (_, judged, target, expected) => {
    expect(concludeFrom(judged, target).status).toBe(expected);
  });

  it('decides whether there is a symptom', () => {
    expect(concludeFrom([passed]).symptom).toBeNull();
    expect(concludeFrom([judgedAs(PORT, 'unknown')]).symptom).toEqual({ id: 'connection-refused', errno: null });
  });
});

describe('the rest', () => {
  it('lists consequences and unknowns with their reasons', () => {
    const { consequences, unknowns } = concludeFrom([
      judgedAs(PORT, 'skipped'),
      judgedAs(NAME, 'unknown'),
      judgedAs(TOOL, 'crashed'),
    ]);
    expect(consequences).toEqual([{ check: 'port-check', hop: 'port', because: 'why port-check' }]);
    expect(unknowns.map(({ check }) => check)).toEqual(['name-check', 'tool-check']);
  });

  it('never rules out what another check established, and rules out once', () => {
    const excluded = { cause: 'disk-full', because: 'first' } as const;
    const judged = [
      { ...judgedAs(NAME, 'pass'), ruledOut: [excluded, { cause: 'wrong-port', because: 'x' } as const] },
      { ...judgedAs(TOOL, 'pass'), ruledOut: [{ ...excluded, because: 'second' }] },
      judgedAs(PORT, 'fail', ['wrong-port', 'likely']),
    ];
    expect(concludeFrom(judged).ruledOut).toEqual([excluded]);
  });
});
