import type { CauseId } from '../model/cause-ids.js';
import type { Cause } from '../model/cause.js';
import {
  SCHEMA_VERSION,
  type Conclusion,
  type DiagnosisRun,
  type RankedCause,
  type Report,
  type RootCause,
  type TargetReport,
} from '../model/report.js';
import type { Platform } from '../model/platform.js';
import type { Target } from '../model/target.js';
import type { Messages } from '../messages/messages.js';
import { overallStatus } from '../engine/exit-code.js';
import { redactDeep } from './redact.js';
import { wordRemedy } from './word-remedy.js';

/** What turns codes into words; loaded only when there is something to say. */
export interface Vocabulary {
  causes: Readonly<Record<CauseId, Cause>>;
  words: Messages;
}

function wordCause(ranked: RankedCause, platform: Platform, { causes, words }: Vocabulary): RootCause {
  const { args, ...rest } = ranked;
  const { title, summary } = words.causes[ranked.cause];
  const remedies = causes[ranked.cause].remedies[platform](args).map((plan) => wordRemedy(plan, args, words));
  return { ...rest, title, summary: summary(args), docs: `docs/causes/${ranked.cause}.md`, remedies };
}

/** What a hop's line in the picture says: the claim that held, or the reason why not. */
function summaryOf({ check }: Conclusion['path'][number], { results }: Conclusion): string {
  const result = results.find((candidate) => candidate.check === check);
  if (result === undefined) return '';
  if (result.outcome === 'pass') return result.claim;
  return result.reason ?? result.evidence[0]?.text ?? result.claim;
}

function wordTarget(
  target: Target,
  conclusion: Conclusion,
  platform: Platform,
  vocabulary: Vocabulary | null,
): TargetReport {
  const { status, symptom, path, results, rootCauses, consequences, ruledOut, unknowns } = conclusion;
  return {
    target,
    status,
    path: path.map((step) => ({ hop: step.hop, state: step.state, summary: summaryOf(step, conclusion) })),
    results,
    diagnosis: {
      symptom,
      rootCauses: vocabulary === null ? [] : rootCauses.map((ranked) => wordCause(ranked, platform, vocabulary)),
      consequences,
      ruledOut,
      unknowns,
    },
  };
}

/** The document of a run, in words and without secrets. `vocabulary` may be null when the run found no cause. */
export function createReport(
  run: DiagnosisRun,
  vocabulary: Vocabulary | null,
  version: string,
  exitCode: number,
): Report {
  const { startedAt, durationMs, host, probeLevel, warnings, targets } = run;
  return redactDeep({
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'debug-doctor' as const, version },
    startedAt,
    durationMs,
    host,
    status: overallStatus(targets.map(({ conclusion }) => conclusion.status)),
    exitCode,
    probeLevel,
    warnings,
    targets: targets.map(({ target, conclusion }) => wordTarget(target, conclusion, host.platform, vocabulary)),
  });
}
