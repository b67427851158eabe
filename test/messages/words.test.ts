import { describe, expect, test } from 'vitest';
import { en } from '../../src/messages/en/index.js';
import type { Messages } from '../../src/messages/messages.js';
import { CAUSE_IDS } from '../../src/model/cause-ids.js';
import { SYMPTOM_IDS } from '../../src/model/symptom.js';
import { CASES, everyRemedy } from '../causes/samples.js';

const LANGUAGES: Readonly<Record<string, Messages>> = { en };
const RAW_VALUE = /undefined|null|NaN|\[object/;

describe.each(Object.entries(LANGUAGES))('words in %s', (_language, messages) => {
  test.each(CAUSE_IDS)('%s: whole lines with and without arguments', (id) => {
    const words = messages.causes[id];
    const lines = [words.title, words.explanation, ...words.proofs, ...words.lookAlikes];
    for (const args of CASES) lines.push(words.summary(args));
    for (const line of lines) {
      expect(line).toMatch(/^\S(?:.*\S)?$/);
      expect(line).not.toMatch(RAW_VALUE);
      expect(line).not.toMatch(/ {2}|[ ,]\./);
    }
    expect(words.title).not.toMatch(/\.$/);
    expect(words.proofs.length).toBeGreaterThan(0);
    expect(words.lookAlikes.length).toBeGreaterThan(0);
  });

  test('every remedy has a title, and advice where a step needs it', () => {
    const wrong = everyRemedy().filter(({ plan, args }) => {
      const words = messages.remedies[plan.id];
      const lines = [words.title(args)];
      if (plan.steps.some((step) => step.kind === 'instruct')) lines.push(words.instruct?.(args) ?? '');
      const whole = lines.every((line) => /^\S(?:.*\S)?$/.test(line) && !RAW_VALUE.test(line));
      return !whole || lines[0]?.endsWith('.') === true;
    });
    expect([...new Set(wrong.map(({ plan }) => plan.id))]).toEqual([]);
  });

  test.each(SYMPTOM_IDS)('%s: title and meaning', (id) => {
    expect(messages.symptoms[id].title).toMatch(/^\S(?:.*[^.\s])?$/);
    expect(messages.symptoms[id].meaning).toMatch(/^\S.*\.$/);
  });
});
