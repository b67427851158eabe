import type { CauseId } from './cause-ids.js';
import type { FindingArgs } from './cause.js';
import type { Confidence, Finding, RuledOut } from './check.js';
import type { Hop, PathHop } from './hop.js';
import type { Evidence } from './observation.js';
import type { Platform } from './platform.js';
import type { ProbeLevel } from './probe-level.js';
import type { Remedy, RemedyPlan } from './remedy.js';
import type { ErrnoRef, SymptomId } from './symptom.js';
import type { Target } from './target.js';

export const SCHEMA_VERSION = '1.0';

export type Status = 'healthy' | 'unhealthy' | 'inconclusive';

export type CheckOutcome = 'pass' | 'fail' | 'unknown' | 'skipped' | 'crashed';

export interface CheckResult {
  check: string;
  hop: Hop;
  claim: string;
  outcome: CheckOutcome;
  findings: readonly Finding[];
  evidence: readonly Evidence[];
  /** Why it is unknown, skipped or crashed; null otherwise. */
  reason: string | null;
  durationMs: number;
}

export type HopState = 'ok' | 'broken' | 'degraded' | 'unknown' | 'not-reached';

export interface PathStep {
  hop: Hop;
  state: HopState;
  summary: string;
}

/** A check that was not asked, since an earlier one failed. */
export interface Consequence {
  check: string;
  hop: Hop;
  /** The failed check that hides this one. */
  because: string;
}

export interface Unknown {
  check: string;
  hop: Hop;
  because: string;
}

export interface SymptomRef {
  id: SymptomId;
  errno: ErrnoRef | null;
}

/** A root cause before it gets its words. */
export interface RankedCause {
  cause: CauseId;
  hop: Hop;
  severity: 'error' | 'warning';
  confidence: Confidence;
  check: string;
  args: FindingArgs;
  evidence: readonly Evidence[];
}

/** What the engine concludes. Everything that a report says, without words. */
export interface Conclusion {
  status: Status;
  symptom: SymptomRef | null;
  path: readonly { hop: PathHop | Hop; state: HopState; check: string | null }[];
  results: readonly CheckResult[];
  rootCauses: readonly RankedCause[];
  consequences: readonly Consequence[];
  ruledOut: readonly RuledOut[];
  unknowns: readonly Unknown[];
}

export interface HostSummary {
  platform: Platform;
  release: string;
  arch: string;
  elevated: boolean;
  container: string | null;
  wsl: string | null;
}

/** One run of the doctor, without words: what `diagnose` returns and reporters render. */
export interface DiagnosisRun {
  startedAt: string;
  durationMs: number;
  host: HostSummary;
  targets: readonly { target: Target; conclusion: Conclusion }[];
  probeLevel: ProbeLevel;
  /** What a user should know: an unknown configuration key, a contact that may have disturbed a server. */
  warnings: readonly string[];
}

export interface RootCause {
  cause: CauseId;
  hop: Hop;
  severity: 'error' | 'warning';
  title: string;
  summary: string;
  confidence: Confidence;
  check: string;
  evidence: readonly Evidence[];
  docs: string;
  remedies: readonly Remedy[];
}

export interface TargetReport {
  target: Target;
  status: Status;
  path: readonly PathStep[];
  results: readonly CheckResult[];
  diagnosis: {
    symptom: SymptomRef | null;
    rootCauses: readonly RootCause[];
    consequences: readonly Consequence[];
    ruledOut: readonly RuledOut[];
    unknowns: readonly Unknown[];
  };
}

/** The versioned document (schemaVersion "1.0"). Every output format is a view of it. */
export interface Report {
  schemaVersion: typeof SCHEMA_VERSION;
  tool: { name: 'debug-doctor'; version: string };
  startedAt: string;
  durationMs: number;
  host: HostSummary;
  status: Status;
  exitCode: number;
  probeLevel: ProbeLevel;
  warnings: readonly string[];
  targets: readonly TargetReport[];
}

/** A remedy that belongs to a cause of a target. */
export interface PlannedRemedy {
  cause: CauseId;
  /** The check that established the cause: what has to pass when the remedy names no check of its own. */
  check: string;
  args: FindingArgs;
  target: Target;
  remedy: RemedyPlan;
}
