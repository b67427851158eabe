import type { CauseId } from './cause-ids.js';
import type { FindingArgs } from './cause.js';
import type { FactMap, FactName } from './facts.js';
import type { Hop } from './hop.js';
import type { Evidence } from './observation.js';
import type { DebugRequest, Target } from './target.js';

/** `certain`: the facts leave nothing else. `likely`: they fit, and nothing fits better. `possible`: they allow it. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A cause that a check established. */
export interface Finding {
  cause: CauseId;
  args: FindingArgs;
  confidence: Confidence;
  evidence: readonly Evidence[];
}

/** A cause that a check excluded, and the fact that excludes it. */
export interface RuledOut {
  cause: CauseId;
  because: string;
}

export type Verdict =
  | { outcome: 'pass'; evidence: readonly Evidence[] }
  | { outcome: 'fail'; findings: readonly [Finding, ...Finding[]]; ruledOut: readonly RuledOut[] }
  | { outcome: 'unknown'; missing: string; evidence: readonly Evidence[] };

export type Facts<Needs extends FactName, Uses extends FactName> = { readonly [N in Needs]: FactMap[N] } & {
  readonly [U in Uses]?: FactMap[U] | undefined;
};

/**
 * One question about one hop, judged. `evaluate` is pure, synchronous and total: it gets the facts and the target, and
 * touches nothing else.
 */
export interface Check<Needs extends FactName = FactName, Uses extends FactName = FactName> {
  id: string;
  /** The claim that should hold, such as "nothing else listens on the port". */
  claim: string;
  hop: Hop;
  requests: readonly DebugRequest[];
  /** Facts without which there is no judgement: when one is missing the outcome is `unknown`. */
  needs: readonly Needs[];
  /** Facts that help, and may be missing. */
  uses: readonly Uses[];
  /** Checks whose failure makes this one pointless. */
  dependsOn: readonly string[];
  /** Every cause that this check can establish, and that its passing rules out. */
  causes: readonly CauseId[];
  /** Whether the question makes sense for this target at all. */
  appliesTo(target: Target): boolean;
  evaluate(facts: Facts<Needs, Uses>, target: Target): Verdict;
}

/** Types a check; the facts that `evaluate` sees follow from `needs` and `uses`. */
export function defineCheck<const Needs extends FactName, const Uses extends FactName>(
  check: Check<Needs, Uses>,
): Check {
  return check;
}

export function pass(...evidence: Evidence[]): Verdict {
  return { outcome: 'pass', evidence };
}

export function fail(...findings: [Finding, ...Finding[]]): Verdict {
  return { outcome: 'fail', findings, ruledOut: [] };
}

/** A failure that also excludes look-alikes, each by a fact. */
export function failRulingOut(ruledOut: readonly RuledOut[], ...findings: [Finding, ...Finding[]]): Verdict {
  return { outcome: 'fail', findings, ruledOut };
}

export function unknown(missing: string, ...evidence: Evidence[]): Verdict {
  return { outcome: 'unknown', missing, evidence };
}

/** Shorthand for a finding. */
export function finding(cause: CauseId, confidence: Confidence, args: FindingArgs, ...evidence: Evidence[]): Finding {
  return { cause, args, confidence, evidence };
}
