import { describe, expect, test } from 'vitest';
import type { RemedyPlan, StepPlan } from '../../src/model/remedy.js';
import { planRemedies, type LeaveOutReason } from '../../src/remedies/plan.js';
import { catalogue, remedy, root, run, target } from './samples.js';

const CHANGE: StepPlan = { kind: 'run', argv: ['true', 'one'] };
const OTHER: StepPlan = { kind: 'run', argv: ['true', 'two'] };
const END: StepPlan = { kind: 'signal', pid: 4242, startTime: 7, signal: 'TERM', graceMs: 10 };
const LINUX = { maxRisk: 'reversible', platform: 'linux' } as const;

function planFor(
  remedies: RemedyPlan[],
  args = {},
  elevated = false,
  maxRisk: 'reversible' | 'disruptive' | 'manual' = 'disruptive',
) {
  const causes = catalogue({ 'port-held-by-other-program': () => remedies });
  const diagnosed = run([{ target: target(), roots: [root('port-held-by-other-program', args)] }], elevated);
  return planRemedies(diagnosed, causes, { maxRisk, platform: 'linux' });
}

describe('planRemedies', () => {
  test('takes the first remedy that changes something', () => {
    const chosen = planFor([remedy([OTHER], { risk: 'safe' }), remedy([CHANGE]), remedy([OTHER])]);
    expect(chosen.remedies.map((one) => one.remedy.steps)).toEqual([[CHANGE]]);
    expect(chosen.leftOut).toEqual([]);
  });

  test.each<[LeaveOutReason, RemedyPlan, object]>([
    ['manual', remedy([CHANGE], { risk: 'manual' }), {}],
    ['manual', remedy([{ kind: 'instruct' }]), {}],
    ['protected-process', remedy([END], { risk: 'disruptive' }), { protectedProcess: true }],
    ['protected-process', remedy([END], { risk: 'disruptive' }), { processName: 'systemd-resolve' }],
    ['protected-process', remedy([END], { risk: 'disruptive' }), { command: ['/usr/bin/docker-proxy', '-proto'] }],
    ['protected-process', remedy([{ ...END, pid: 1 }], { risk: 'disruptive' }), {}],
    ['identity-unchecked', remedy([{ kind: 'run', argv: ['C:\\Windows\\System32\\taskkill.exe', '/PID', '42'] }]), {}],
    ['identity-unchecked', remedy([{ kind: 'run', argv: ['sudo', 'kill', '42'] }]), {}],
    ['placeholder', remedy([{ kind: 'run', argv: ['pip', 'install', '<package>'] }]), {}],
    ['placeholder', remedy([{ kind: 'edit', file: '<file>', keyPath: ['port'], value: 1 }]), {}],
    ['needs-elevation', remedy([CHANGE], { needsElevation: true }), {}],
  ])('leaves out with reason %s', (reason, left, args) => {
    const chosen = planFor([left, remedy([OTHER])], args);
    expect(chosen.leftOut.map((one) => [one.reason, one.remedy])).toEqual([[reason, left]]);
    expect(chosen.remedies.map((one) => one.remedy.steps)).toEqual([[OTHER]]);
  });

  test('keeps to the highest allowed risk, and never takes a manual remedy', () => {
    const remedies = [remedy([CHANGE], { risk: 'disruptive' }), remedy([OTHER], { risk: 'manual' })];
    expect(planFor(remedies, {}, false, 'reversible').leftOut.map(({ reason }) => reason)).toEqual([
      'risk-above-max',
      'manual',
    ]);
    expect(planFor(remedies, {}, false, 'disruptive').remedies).toHaveLength(1);
    expect(planFor(remedies.slice(1), {}, true, 'manual').remedies).toEqual([]);
  });

  test('takes a remedy that needs elevation when we have it', () => {
    expect(planFor([remedy([CHANGE], { needsElevation: true })], {}, true).remedies).toHaveLength(1);
  });

  test('resuming a protected process is no ending of it', () => {
    const resume = remedy([{ ...END, signal: 'CONT' }]);
    expect(planFor([resume], { protectedProcess: true }).remedies).toHaveLength(1);
  });

  test('looks at the first error of each target only', () => {
    const causes = catalogue({
      'port-held-by-other-program': () => [remedy([CHANGE])],
      'privileged-port': () => [remedy([OTHER])],
      'disk-full': () => [remedy([{ kind: 'run', argv: ['true', 'three'] }])],
    });
    const diagnosed = run([
      {
        target: target({ name: 'a' }),
        roots: [
          root('disk-full', {}, { severity: 'warning' }),
          root('port-held-by-other-program'),
          root('privileged-port'),
        ],
      },
      { target: target({ name: 'b' }), roots: [root('privileged-port')] },
      { target: target({ name: 'c' }), roots: [] },
    ]);
    const chosen = planRemedies(diagnosed, causes, LINUX);
    expect(chosen.remedies.map((one) => [one.target.name, one.cause])).toEqual([
      ['a', 'port-held-by-other-program'],
      ['b', 'privileged-port'],
    ]);
  });

  test('looks at warnings when there is no error', () => {
    const causes = catalogue({ 'debug-port-exposed': () => [remedy([CHANGE])] });
    const warned = { target: target(), roots: [root('debug-port-exposed', {}, { severity: 'warning' })] };
    expect(planRemedies(run([warned]), causes, LINUX).remedies).toHaveLength(1);
    const failing = { target: target({ name: 'b' }), roots: [root('disk-full')] };
    expect(planRemedies(run([warned, failing]), causes, LINUX).remedies).toEqual([]);
  });

  test('plans the same remedy for two targets once', () => {
    const causes = catalogue({ 'port-held-by-other-program': () => [remedy([END], { risk: 'disruptive' })] });
    const both = ['a', 'b'].map((name) => ({ target: target({ name }), roots: [root('port-held-by-other-program')] }));
    const chosen = planRemedies(run(both), causes, { ...LINUX, maxRisk: 'disruptive' });
    expect(chosen.remedies.map((one) => one.target.name)).toEqual(['a']);
    expect(chosen.leftOut.map((one) => [one.target.name, one.reason])).toEqual([['b', 'already-planned']]);
  });
});
