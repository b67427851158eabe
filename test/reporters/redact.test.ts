import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../checks/index.js';
import { diagnose } from '../../src/diagnose.js';
import { createReplayHost } from '../../src/host/replay.js';
import { redactDeep, redactText } from '../../src/reporters/redact.js';
import { createReport } from '../../src/reporters/report.js';
import { renderJson } from '../../src/reporters/json.js';
import { vocabulary } from '../../src/reporters/vocabulary.js';
import { listFixtures, readRecordedRun } from '../fixtures.js';
import { replaceTexts } from './reports.js';

const SECRET = 'hunter2SECRETvalue';
const HOLDERS = [
  `--server-access-token ${SECRET}`,
  `--password=${SECRET}`,
  `API_KEY=${SECRET}`,
  `AWS_SECRET_ACCESS_KEY=${SECRET}`,
  `"token": "${SECRET}"`,
  `token: ${SECRET}`,
  `https://user:${SECRET}@example.org/x`,
  `postgres://app:${SECRET}@db:5432/x`,
  `Authorization: Bearer ${SECRET}`,
  `Proxy-Authorization: Basic ${SECRET}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${SECRET}`,
];

describe('redactText', () => {
  it.each(HOLDERS)('takes the secret out of %s', (text) => {
    expect(redactText(`before ${text} after`)).not.toContain(SECRET);
    expect(redactText(`before ${text} after`)).toMatch(/^before .*<redacted>.* after$/);
  });

  it.each([
    'SyntaxError: Unexpected token < in JSON at position 0',
    'password authentication failed for user "app"',
    'http://127.0.0.1:5678/json/version',
    'https://user@example.org/x',
    'tokenizer=fast',
    '127.0.0.1:5678 listens: python3 (pid 12, user dev): python3 -m debugpy --listen 127.0.0.1:5678 app.py',
  ])('leaves %s alone', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('is done after once', () => {
    for (const text of HOLDERS) expect(redactText(redactText(text))).toBe(redactText(text));
  });

  // A rule that blows up never ends here, and the runner's own limit ends the test.
  it.each(['a', 'token', 'x://', 'token:', 'eyJ-', '--password '])('gets to the end of a long text of %j', (piece) => {
    expect(redactText(`${piece.repeat(200_000 / piece.length)} end`).endsWith('end')).toBe(true);
  });
});

describe('a document', () => {
  it('is redacted in every string', () => {
    const holder = fc.constantFrom(...HOLDERS);
    const document = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        holder,
        fc.integer(),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value;
    const property = fc.property(document, (value) => {
      expect(JSON.stringify(redactDeep(value))).not.toContain(SECRET);
    });
    fc.assert(property);
  });

  it.each(['wrong-port', 'port-held-by-other-program', 'orphaned-debug-adapter-holds-port', 'server-crashed-at-start'])(
    'of the recorded %s is redacted, its remedies too',
    async (scenario) => {
      const fixture = listFixtures().find(({ id }) => id === `linux/${scenario}`);
      if (fixture === undefined) throw new Error(`there is no fixture ${scenario}`);
      const recorded = readRecordedRun(fixture);
      const run = await diagnose(createReplayHost(recorded), recorded.targets, CHECKS);
      const tainted = replaceTexts(run, (text) => `${text} --password ${SECRET}`);
      expect(renderJson(tainted)).toContain(SECRET);
      expect(renderJson(createReport(tainted, vocabulary, '0.0.0', 1))).not.toContain(SECRET);
    },
  );
});
