import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../src/reporters/style.js';
import { renderText, type TextOptions } from '../../src/reporters/text.js';
import { listFixtures, readRecordedRun, replay } from '../fixtures.js';
import { replaceTexts, reportOf } from './reports.js';

const PLAIN = createStyle(0, true);
const NORMAL: TextOptions = { style: PLAIN, width: 80, detail: 'normal' };
const DETAILS = ['quiet', 'normal', 'verbose'] as const;

const broken = await reportOf('orphaned-debug-adapter-holds-port');
const launch = await reportOf('port-held-by-other-program');
const unseen = await reportOf('port-held-by-hidden-owner');
const healthy = await reportOf('healthy-debugpy');
const exposed = await reportOf('debug-port-exposed');

/** Every control character but the line end, and the characters that turn the direction of text. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '\u001B[31m',
        '\u001B]0;title\u0007',
        '\u009B31m',
        '\r',
        '\n',
        '\u202E',
        '\0',
        '\u2028',
        '\u007F',
        '\uD800',
        '…',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('hostile text', () => {
  it.each(DETAILS)('never reaches the terminal raw, %s', (detail) => {
    const property = fc.property(
      hostileText,
      fc.constantFrom(broken, launch, unseen, exposed),
      fc.boolean(),
      (text, report, wide) => {
        const rendered = renderText(
          replaceTexts(report, () => text),
          { ...NORMAL, detail, width: wide ? Number.POSITIVE_INFINITY : 60 },
        );
        expect(UNSAFE.test(rendered)).toBe(false);
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  it('does not blow up the output', () => {
    const rendered = renderText(
      replaceTexts(broken, () => 'x'.repeat(1_000_000)),
      NORMAL,
    );
    expect(rendered.length).toBeLessThan(500_000);
  });

  it('does not forge a line', () => {
    const forged = replaceTexts(healthy, (text) => `${text}\n✗ debugpy on 127.0.0.1:5678: broken`);
    const lines = renderText(forged, { ...NORMAL, width: Number.POSITIVE_INFINITY, detail: 'quiet' })
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1);
  });
});

describe('a terminal without Unicode', () => {
  const ascii = { ...NORMAL, style: createStyle(0, false), detail: 'verbose' as const };

  it.each(listFixtures())('shows $id in ASCII', async (fixture) => {
    const rendered = renderText(await replay(readRecordedRun(fixture)), ascii);
    expect(rendered).not.toMatch(/[^\n\u0020-\u007e]/);
  });

  it('tells the states apart', () => {
    const [, path = ''] = renderText(broken, ascii).split('\n');
    expect(path).toContain('process x');
    expect(path).toContain('name +');
    expect(path).toContain('session .');
  });
});

describe('colour', () => {
  it('is there when it is wanted, and nowhere else', () => {
    expect(renderText(broken, { ...NORMAL, style: createStyle(1, true) })).toContain('\u001B[31m');
    expect(renderText(broken, NORMAL)).not.toContain('\u001B');
  });
});

describe('detail', () => {
  it('grows from quiet to verbose', () => {
    for (const report of [broken, launch, healthy]) {
      const [quiet = 0, normal = 0, verbose = 0] = DETAILS.map(
        (detail) => renderText(report, { ...NORMAL, detail }).split('\n').length,
      );
      expect(quiet).toBe(2);
      expect(normal).toBeGreaterThan(quiet);
      expect(verbose).toBeGreaterThan(normal);
    }
  });

  it('names the cause, and every check only when verbose', () => {
    expect(renderText(broken, NORMAL)).toContain('orphaned-debug-adapter-holds-port');
    expect(renderText(broken, NORMAL)).not.toContain('client-slot-is-free');
    expect(renderText(broken, { ...NORMAL, detail: 'verbose' })).toContain('client-slot-is-free');
  });

  it('shows the path in its order, ground first', () => {
    const [, path = ''] = renderText(launch, NORMAL).split('\n');
    const hops = path
      .trim()
      .split(' ─ ')
      .map((part) => part.split(' ')[0]);
    expect(hops).toEqual(['tool', 'rights', 'resources', 'name', 'port', 'process', 'session']);
  });

  it('offers to fix what can be fixed', () => {
    expect(renderText(broken, NORMAL)).toContain('debug-doctor fix');
    expect(renderText(healthy, NORMAL)).not.toContain('debug-doctor fix');
  });

  it.each([
    [{ kind: 'argument', text: '5678' }, 'debug-doctor fix 127.0.0.1:5678 --adapter debugpy\n'],
    [
      { kind: 'config', file: '/srv/my shop/c.json', hostKeyPath: [], portKeyPath: [] },
      "debug-doctor fix --config '/srv/my shop/c.json'\n",
    ],
  ] as const)('says how to fix a target of %j', (source, expected) => {
    const targets = broken.targets.map((report) => ({ ...report, target: { ...report.target, source } }));
    expect(renderText({ ...broken, targets }, NORMAL)).toContain(expected);
  });
});
