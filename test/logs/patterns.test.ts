import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findErrno } from '../../src/logs/errno.js';
import { LOG_PATTERNS } from '../../src/logs/patterns.js';
import { matchLine, scanText } from '../../src/logs/scan.js';
import { CAUSE_IDS } from '../../src/model/cause-ids.js';
import { SYMPTOM_IDS } from '../../src/model/symptom.js';

const LINUX = { platform: 'linux' } as const;

describe('the pattern table', () => {
  it('has unique ids', () => {
    const ids = LOG_PATTERNS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('has a pattern for every symptom that an error text can state', () => {
    const covered = new Set(LOG_PATTERNS.map(({ symptom }) => symptom));
    expect(SYMPTOM_IDS.filter((id) => !covered.has(id))).toEqual(['no-error-printed']);
  });

  it.each(LOG_PATTERNS)('$id is well formed', (pattern) => {
    for (const literal of pattern.literals) {
      expect(Buffer.byteLength(literal)).toBeGreaterThanOrEqual(4);
      expect(literal).toBe(literal.toLowerCase());
    }
    expect(pattern.causes.filter((cause) => !CAUSE_IDS.includes(cause))).toEqual([]);
    expect(new Set(pattern.causes).size).toBe(pattern.causes.length);
    if (pattern.errnoName !== null) expect(findErrno(pattern.errnoName)).not.toBeNull();
    expect(pattern.regexp.flags).not.toMatch(/[gy]/);
  });

  it.each(LOG_PATTERNS.flatMap((pattern) => pattern.samples.hits.map((line) => ({ id: pattern.id, line, pattern }))))(
    '$id matches its sample: $line',
    ({ line, pattern }) => {
      expect(pattern.regexp.test(line)).toBe(true);
      expect(pattern.literals.some((literal) => line.toLowerCase().includes(literal))).toBe(true);
      expect(scanText(line, LINUX).map(({ symptom }) => symptom)).toEqual([pattern.symptom]);
    },
  );

  it.each(LOG_PATTERNS.flatMap(({ id, samples }) => samples.nearMisses.map((line) => ({ id, line }))))(
    '$id leaves its near miss alone: $line',
    ({ id, line }) => {
      expect(scanText(line, LINUX).filter(({ pattern }) => pattern === id)).toEqual([]);
    },
  );

  it('every match of every pattern holds one of its literals', () => {
    const samples = LOG_PATTERNS.flatMap(({ samples: { hits } }) => hits);
    const words = fc.constantFrom(...samples.flatMap((line) => line.split(' ')));
    const sentence = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(sentence, fc.constantFrom(...samples), (noise, sample) => {
        for (const line of [noise, `${noise} ${sample}`, `${sample}: ${noise}`]) {
          for (const { regexp, literals } of LOG_PATTERNS) {
            if (regexp.test(line)) expect(literals.some((literal) => line.toLowerCase().includes(literal))).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('looks at any line without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...LOG_PATTERNS), (noise, pattern) => {
        const line = `${pattern.literals[0]}${noise}${pattern.literals[0]}`;
        const match = matchLine(line, 1, LINUX);
        expect(match === null || line.includes(match.part)).toBe(true);
      }),
    );
  });
});
