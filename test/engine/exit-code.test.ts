import { describe, expect, it } from 'vitest';
import { conclude } from '../../src/engine/conclude.js';
import { exitCodeOf, overallStatus } from '../../src/engine/exit-code.js';
import type { Conclusion, Status } from '../../src/model/report.js';
import { attach } from '../checks/facts.js';
import { checkOf, judgedAs } from './checks.js';

function concluded(severity: 'error' | 'warning' | null, outcome: 'pass' | 'unknown' = 'pass'): Conclusion {
  const judged =
    severity === null ? judgedAs(checkOf('a'), outcome) : judgedAs(checkOf('a'), 'fail', ['wrong-port', 'certain']);
  return conclude([judged], () => ({ hop: 'port', severity: severity ?? 'error' }), attach(), null);
}

const HEALTHY = concluded(null);
const WARNED = concluded('warning');
const BROKEN = concluded('error');
const UNSEEN = concluded(null, 'unknown');

describe('exitCodeOf', () => {
  it.each<[string, Conclusion[], number, number]>([
    ['a healthy target', [HEALTHY], 0, 0],
    ['a warning', [WARNED], 0, 1],
    ['a problem', [BROKEN], 1, 1],
    ['something unseen', [UNSEEN], 3, 3],
    ['a problem and something unseen', [UNSEEN, BROKEN, HEALTHY], 1, 1],
    ['a warning and something unseen', [WARNED, UNSEEN], 3, 1],
    ['no target', [], 3, 3],
  ])('gives %s its code', (_, conclusions, onError, onWarning) => {
    expect([exitCodeOf(conclusions, 'error'), exitCodeOf(conclusions, 'warning')]).toEqual([onError, onWarning]);
  });
});

describe('overallStatus', () => {
  it.each<[Status[], Status]>([
    [['healthy', 'healthy'], 'healthy'],
    [['healthy', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'unhealthy'], 'unhealthy'],
    [[], 'inconclusive'],
  ])('of %j is %s', (statuses, expected) => {
    expect(overallStatus(statuses)).toBe(expected);
  });
});
