import type { CauseId } from '../model/cause-ids.js';
import type { Confidence, RuledOut } from '../model/check.js';
import { GROUND_HOPS, HOPS, PATH_HOPS, type Hop } from '../model/hop.js';
import type { CheckResult, Conclusion, HopState, RankedCause, Status, SymptomRef } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { Judged } from './evaluate.js';

/** What the engine must know of a cause; the catalogue gives it. */
export type CauseTraits = (cause: CauseId) => { hop: Hop; severity: 'error' | 'warning' };

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'possible'];

/** What must be there at all comes first, then the path in its order. */
const RANK_OF_HOP: readonly Hop[] = [...GROUND_HOPS, ...PATH_HOPS];

/** Errors before warnings, the surer before the vaguer, the earlier hop before the later. */
function rankCauses(judged: readonly Judged[], traits: CauseTraits): RankedCause[] {
  const causes = judged.flatMap(({ check, result }) =>
    result.findings.map((found) => ({ ...found, ...traits(found.cause), check: check.id, checkHop: check.hop })),
  );
  const key = ({ severity, confidence, checkHop }: (typeof causes)[number]): number =>
    (severity === 'error' ? 0 : 10_000) + CONFIDENCES.indexOf(confidence) * 100 + RANK_OF_HOP.indexOf(checkHop);
  const ranked = causes.toSorted((a, b) => key(a) - key(b)).map(({ checkHop: _, ...cause }) => cause);
  // Two checks may establish the same cause; the surer one speaks.
  return ranked.filter(({ cause }, index) => ranked.findIndex((other) => other.cause === cause) === index);
}

function stateOf(results: readonly CheckResult[], errors: ReadonlySet<string>): HopState {
  const failed = results.filter(({ outcome }) => outcome === 'fail');
  if (failed.some(({ check }) => errors.has(check))) return 'broken';
  if (failed.length > 0) return 'degraded';
  if (results.every(({ outcome }) => outcome === 'skipped')) return 'not-reached';
  if (results.some(({ outcome }) => outcome === 'unknown' || outcome === 'crashed')) return 'unknown';
  return 'ok';
}

/** The first result that explains a hop's state. */
function tellingCheck(results: readonly CheckResult[], state: HopState): string | null {
  const wanted = { ok: 'pass', broken: 'fail', degraded: 'fail', unknown: 'unknown', 'not-reached': 'skipped' }[state];
  return results.find(({ outcome }) => outcome === wanted)?.check ?? null;
}

function pathOf(judged: readonly Judged[], rootCauses: readonly RankedCause[]): Conclusion['path'] {
  const errors = new Set(rootCauses.filter(({ severity }) => severity === 'error').map(({ check }) => check));
  return HOPS.flatMap((hop) => {
    const results = judged.map(({ result }) => result).filter((result) => result.hop === hop);
    if (results.length === 0) return [];
    const state = stateOf(results, errors);
    return [{ hop, state, check: tellingCheck(results, state) }];
  });
}

/**
 * Healthy only when nothing is wrong and nothing that matters stayed unseen. For a client, an answer of the wanted
 * debugger proves every step before it, so that an unseen one does not matter any more. It says nothing of a program that
 * is yet to be started and to call it.
 */
function statusOf(judged: readonly Judged[], rootCauses: readonly RankedCause[], target: Target): Status {
  if (rootCauses.some(({ severity }) => severity === 'error')) return 'unhealthy';
  const outcomes = judged.map(({ result }) => result);
  const proven =
    target.request === 'attach' && outcomes.some(({ hop, outcome }) => hop === 'protocol' && outcome === 'pass');
  const seen = outcomes.some(({ outcome }) => outcome === 'pass' || outcome === 'fail');
  const unseen = outcomes.filter(({ outcome }) => outcome === 'unknown' || outcome === 'crashed');
  const matters = unseen.some(({ hop }) => !proven || hop === 'tool');
  return seen && !matters ? 'healthy' : 'inconclusive';
}

/** What is excluded, once each, and never a cause that another check established. */
function ruledOutOf(judged: readonly Judged[], established: ReadonlySet<CauseId>): RuledOut[] {
  const all = judged.flatMap(({ ruledOut }) => ruledOut).filter(({ cause }) => !established.has(cause));
  return all.filter(({ cause }, index) => all.findIndex((other) => other.cause === cause) === index);
}

/** Draws the conclusion from what the checks said. Pure. */
export function conclude(
  judged: readonly Judged[],
  traits: CauseTraits,
  target: Target,
  symptom: SymptomRef | null,
): Conclusion {
  const rootCauses = rankCauses(judged, traits);
  const established = new Set(rootCauses.map(({ cause }) => cause));
  const results = judged.map(({ result }) => result);
  const status = statusOf(judged, rootCauses, target);
  return {
    status,
    symptom: status === 'healthy' ? null : symptom,
    path: pathOf(judged, rootCauses),
    results,
    rootCauses,
    consequences: results
      .filter(({ outcome }) => outcome === 'skipped')
      .map(({ check, hop, reason }) => ({ check, hop, because: reason ?? '' })),
    ruledOut: ruledOutOf(judged, established),
    unknowns: results
      .filter(({ outcome }) => outcome === 'unknown' || outcome === 'crashed')
      .map(({ check, hop, reason }) => ({ check, hop, because: reason ?? '' })),
  };
}
