import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../src/report-schema.js';
import { concludedIn, listFixtures, readExpected, readRecordedRun, replay } from './fixtures.js';

const isUpdating = process.env['UPDATE_FIXTURES'] === '1';

describe.each(listFixtures())('$id', (fixture) => {
  it('is diagnosed as expected', async () => {
    const report = await replay(readRecordedRun(fixture));
    const concluded = concludedIn(report);
    if (isUpdating) writeFileSync(join(fixture.folder, 'expected.json'), `${JSON.stringify(concluded, null, 2)}\n`);
    expect(report.targets).toHaveLength(1);
    expect(concluded).toEqual(readExpected(fixture));
    expect(reportSchema.parse(report)).toBeDefined();
    expect(report.exitCode).toBe({ healthy: 0, unhealthy: 1, inconclusive: 3 }[concluded.status]);
  });

  it('says what was set up', () => {
    expect(existsSync(join(fixture.folder, 'README.md'))).toBe(true);
  });
});
