import type { Judged } from '../../src/engine/evaluate.js';
import { fail, finding, pass, type Check, type Confidence, type Verdict } from '../../src/model/check.js';
import type { CauseId } from '../../src/model/cause-ids.js';
import { evidence } from '../../src/model/observation.js';
import type { CheckOutcome } from '../../src/model/report.js';

/** A check that passes, with whatever a test wants otherwise. */
export function checkOf(id: string, changes: Partial<Check> = {}): Check {
  return {
    id,
    claim: `${id} holds`,
    hop: 'port',
    requests: ['attach', 'launch'],
    needs: [],
    uses: [],
    dependsOn: [],
    causes: [],
    appliesTo: () => true,
    evaluate: () => pass(evidence(`${id} was seen`)),
    ...changes,
  };
}

export function failing(cause: CauseId, confidence: Confidence = 'certain'): Pick<Check, 'causes' | 'evaluate'> {
  return { causes: [cause], evaluate: (): Verdict => fail(finding(cause, confidence, {}, evidence(`seen ${cause}`))) };
}

/** A result as evaluation leaves it. */
export function judgedAs(check: Check, outcome: CheckOutcome, ...found: (readonly [CauseId, Confidence])[]): Judged {
  const findings = found.map(([cause, confidence]) => finding(cause, confidence, {}));
  const reason = outcome === 'pass' || outcome === 'fail' ? null : `why ${check.id}`;
  const { id, hop, claim } = check;
  return {
    check,
    result: { check: id, hop, claim, outcome, findings, evidence: [], reason, durationMs: 0 },
    ruledOut: [],
  };
}
