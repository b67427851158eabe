import type { Check, RuledOut, Verdict } from '../model/check.js';
import type { FactMap, FactName } from '../model/facts.js';
import type { Observation } from '../model/observation.js';
import type { CheckResult } from '../model/report.js';
import type { Target } from '../model/target.js';
import { orderChecks } from './select.js';

/** What the probes saw, by fact. A fact that nobody asked for is missing. */
export type Observations = { readonly [N in FactName]?: Observation<FactMap[N]> };

/** How long each probe took, in milliseconds. */
export type ProbeDurations = { readonly [N in FactName]?: number };

/** The facts that were seen, by name. */
function factsOf(names: readonly FactName[], observations: Observations): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const name of names) {
    const observation = observations[name];
    if (observation?.status === 'ok') facts[name] = observation.value;
  }
  return facts;
}

function missingNeed(check: Check, observations: Observations): string | null {
  for (const name of check.needs) {
    const observation = observations[name];
    if (observation === undefined) return `${name} was not looked at`;
    if (observation.status === 'unavailable') {
      const [first] = observation.evidence;
      return `${name} could not be seen (${observation.reason})${first === undefined ? '' : `: ${first.text}`}`;
    }
  }
  return null;
}

/** A check's result, and the causes that its verdict excludes. */
export interface Judged {
  check: Check;
  result: CheckResult;
  ruledOut: readonly RuledOut[];
}

type Judgement = Pick<CheckResult, 'outcome' | 'findings' | 'evidence' | 'reason'> & { ruledOut: readonly RuledOut[] };

const nothing = { findings: [], evidence: [], reason: null, ruledOut: [] };

function judgementOf(check: Check, verdict: Verdict): Judgement {
  if (verdict.outcome === 'unknown') {
    return { ...nothing, outcome: 'unknown', evidence: verdict.evidence, reason: verdict.missing };
  }
  if (verdict.outcome === 'pass') {
    const because = verdict.evidence[0]?.text ?? check.claim;
    return { ...nothing, outcome: 'pass', evidence: verdict.evidence, ruledOut: excludeAll(check, because) };
  }
  const evidence = verdict.findings.flatMap((found) => found.evidence);
  return { ...nothing, outcome: 'fail', findings: verdict.findings, evidence, ruledOut: verdict.ruledOut };
}

function excludeAll(check: Check, because: string): RuledOut[] {
  return check.causes.map((cause) => ({ cause, because }));
}

function judge(check: Check, observations: Observations, target: Target): Judgement {
  const missing = missingNeed(check, observations);
  if (missing !== null) return { ...nothing, outcome: 'unknown', reason: missing };
  const facts = factsOf([...check.needs, ...check.uses], observations);
  try {
    return judgementOf(check, check.evaluate(facts as Parameters<Check['evaluate']>[0], target));
  } catch (error) {
    return { ...nothing, outcome: 'crashed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A check's time is that of the slowest probe that it waited for. */
function durationOf(check: Check, durations: ProbeDurations): number {
  return Math.max(0, ...[...check.needs, ...check.uses].map((name) => durations[name] ?? 0));
}

/**
 * Judges every check. A failed dependency makes a check `skipped`; a missing need makes it `unknown` without asking
 * it; a throw makes it `crashed`.
 */
export function evaluateChecks(
  checks: readonly Check[],
  observations: Observations,
  durations: ProbeDurations,
  target: Target,
): Judged[] {
  const hidden = new Map<string, string>();
  return orderChecks(checks).map((check) => {
    const blocker = check.dependsOn.find((id) => hidden.has(id));
    const judgement: Judgement =
      blocker === undefined
        ? judge(check, observations, target)
        : { ...nothing, outcome: 'skipped', reason: hidden.get(blocker) ?? blocker };
    if (judgement.outcome === 'fail' && failsHard(judgement)) hidden.set(check.id, check.id);
    if (judgement.outcome === 'skipped' && judgement.reason !== null) hidden.set(check.id, judgement.reason);
    const { ruledOut, ...rest } = judgement;
    const identity = { check: check.id, hop: check.hop, claim: check.claim };
    return { check, result: { ...identity, ...rest, durationMs: durationOf(check, durations) }, ruledOut };
  });
}

/** A failure that is only possible must not hide what comes after it. */
function failsHard({ findings }: Judgement): boolean {
  return findings.some(({ confidence }) => confidence !== 'possible');
}
