import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../checks/index.js';
import { diagnose } from '../../src/diagnose.js';
import { createReplayHost } from '../../src/host/replay.js';
import { reportSchema } from '../../src/report-schema.js';
import { createReport } from '../../src/reporters/report.js';
import { vocabulary } from '../../src/reporters/vocabulary.js';
import { listFixtures, readRecordedRun } from '../fixtures.js';
import { reportOf } from './reports.js';

describe('createReport', () => {
  it('needs no words for a healthy machine', async () => {
    const fixture = listFixtures().find(({ id }) => id === 'linux/healthy-node');
    if (fixture === undefined) throw new Error('the fixture is gone');
    const recorded = readRecordedRun(fixture);
    const run = await diagnose(createReplayHost(recorded), recorded.targets, CHECKS);
    expect(createReport(run, null, '1.2.3', 0)).toEqual(createReport(run, vocabulary, '1.2.3', 0));
    expect(reportSchema.parse(createReport(run, null, '1.2.3', 0))).toMatchObject({
      tool: { version: '1.2.3' },
      status: 'healthy',
      exitCode: 0,
    });
  });

  it('gives every cause its title, page and remedies', async () => {
    const { targets } = await reportOf('port-held-by-other-program');
    const [cause] = targets[0]?.diagnosis.rootCauses ?? [];
    expect(cause).toMatchObject({
      cause: 'port-held-by-other-program',
      docs: 'docs/causes/port-held-by-other-program.md',
    });
    expect(cause?.title).not.toBe('');
    expect(cause?.remedies.map(({ risk }) => risk)).toContain('disruptive');
    expect(cause).not.toHaveProperty('args');
  });

  it('has a summary for each step of the path', async () => {
    const { targets } = await reportOf('wrong-port');
    for (const { hop, state, summary } of targets[0]?.path ?? [])
      expect([hop, state, summary !== '']).toEqual([hop, state, true]);
  });

  it('has the worst status of its targets', async () => {
    const [healthy, broken] = ['healthy-node', 'wrong-port'].map((scenario) => {
      const fixture = listFixtures().find(({ id }) => id === `linux/${scenario}`);
      if (fixture === undefined) throw new Error(`there is no fixture ${scenario}`);
      return readRecordedRun(fixture);
    });
    if (healthy === undefined || broken === undefined) throw new Error('two recordings are needed');
    const runs = await Promise.all(
      [healthy, broken].map((recorded) => diagnose(createReplayHost(recorded), recorded.targets, CHECKS)),
    );
    const [first, second] = runs;
    if (first === undefined || second === undefined) throw new Error('two runs are needed');
    const both = { ...first, targets: [...first.targets, ...second.targets] };
    expect(createReport(both, vocabulary, '0.0.0', 1).status).toBe('unhealthy');
  });
});
