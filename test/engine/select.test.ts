import { describe, expect, it } from 'vitest';
import { orderChecks, selectChecks, unknownCheckIds } from '../../src/engine/select.js';
import { attach, launch } from '../checks/facts.js';
import { checkOf } from './checks.js';

const ALL = { only: [], skip: [] };
const ids = (checks: readonly { id: string }[]): string[] => checks.map(({ id }) => id);

describe('selectChecks', () => {
  const checks = [
    checkOf('both'),
    checkOf('client', { requests: ['attach'] }),
    checkOf('server', { requests: ['launch'] }),
    checkOf('node-only', { appliesTo: ({ adapter }) => adapter === 'node' }),
  ];

  it('takes what fits the request and the target', () => {
    expect(ids(selectChecks(checks, attach(), ALL))).toEqual(['both', 'client']);
    expect(ids(selectChecks(checks, launch({ adapter: 'node' }), ALL))).toEqual(['both', 'server', 'node-only']);
  });

  it('takes only what was asked for, and never what does not fit', () => {
    expect(ids(selectChecks(checks, attach(), { only: ['client', 'server'], skip: [] }))).toEqual(['client']);
  });

  it('leaves out what was skipped, even when it was asked for', () => {
    expect(ids(selectChecks(checks, attach(), { only: [], skip: ['both'] }))).toEqual(['client']);
    expect(ids(selectChecks(checks, attach(), { only: ['both'], skip: ['both'] }))).toEqual([]);
  });

  it('names ids that no check has', () => {
    expect(unknownCheckIds(checks, { only: ['both', 'nobody'], skip: ['nothing'] })).toEqual(['nobody', 'nothing']);
  });
});

describe('orderChecks', () => {
  it('puts every check after those it depends on', () => {
    const checks = [checkOf('c', { dependsOn: ['b', 'a'] }), checkOf('b', { dependsOn: ['a'] }), checkOf('a')];
    expect(ids(orderChecks(checks))).toEqual(['a', 'b', 'c']);
  });

  it('keeps the given order otherwise, and ignores absent dependencies', () => {
    expect(ids(orderChecks([checkOf('b', { dependsOn: ['absent'] }), checkOf('a')]))).toEqual(['b', 'a']);
  });

  it('refuses a circle', () => {
    const circle = [
      checkOf('a', { dependsOn: ['b'] }),
      checkOf('b', { dependsOn: ['c'] }),
      checkOf('c', { dependsOn: ['a'] }),
    ];
    expect(() => orderChecks(circle)).toThrow(/circle.*a → b → c/);
    expect(() => orderChecks([checkOf('a', { dependsOn: ['a'] })])).toThrow(/circle/);
  });
});
