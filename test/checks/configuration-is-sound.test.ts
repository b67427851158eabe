import { expect, it } from 'vitest';
import check from '../../checks/configuration-is-sound.js';
import type { TargetSource } from '../../src/model/target.js';
import { attach, verdict } from './facts.js';

type ProjectSource = Extract<TargetSource, { kind: 'project' }>;

function from(source: Partial<ProjectSource>): ProjectSource {
  return {
    kind: 'project',
    file: '/tmp/project/.vscode/launch.json',
    line: 3,
    column: 5,
    hostKeyPath: null,
    portKeyPath: ['configurations', '0', 'port'],
    problems: [],
    collidesWith: [],
    ...source,
  };
}

const MISTAKE = 'configuration-file-broken certain';
const COLLISION = 'two-servers-configured-for-same-port certain';

const CASES: readonly (readonly [string, Partial<ProjectSource>, string])[] = [
  ['a sound file', {}, 'pass'],
  ['a mistake in it', { problems: ['3:9: comma expected'] }, MISTAKE],
  ['a collision', { collidesWith: ['worker'] }, COLLISION],
  ['both', { problems: ['3:9: comma expected'], collidesWith: ['worker'] }, `${MISTAKE}, ${COLLISION}`],
];

it.each(CASES)('%s', (_, source, expected) => {
  expect(verdict(check, {}, attach({ source: from(source) }))).toBe(expected);
});

it('has nothing to say about a target that stands in no file', () => {
  expect(check.appliesTo(attach({ source: from({}) }))).toBe(true);
  expect(check.appliesTo(attach({ source: { kind: 'default' } }))).toBe(false);
});
