import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CAUSE_IDS, type CauseId } from '../../src/model/cause-ids.js';
import type { Cause, FindingArgs } from '../../src/model/cause.js';
import type { RemedyPlan, StepPlan } from '../../src/model/remedy.js';
import type { CheckOutcome, CheckResult, DiagnosisRun, PlannedRemedy, RankedCause } from '../../src/model/report.js';
import type { Target } from '../../src/model/target.js';
import type { Catalogue } from '../../src/remedies/plan.js';

/** A fresh folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'debug-doctor-remedies-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function target(changes: Partial<Target> = {}): Target {
  return {
    name: 'sample',
    request: 'attach',
    adapter: 'debugpy',
    host: '127.0.0.1',
    port: 17300,
    socketPath: null,
    portRange: [17300, 17310],
    pid: null,
    command: [],
    cwd: '/',
    logFiles: [],
    serverLogFile: null,
    errorText: null,
    settings: null,
    source: { kind: 'default' },
    ...changes,
  };
}

export function remedy(steps: readonly StepPlan[], changes: Partial<RemedyPlan> = {}): RemedyPlan {
  return {
    id: 'move-to-free-port',
    risk: 'reversible',
    needsElevation: false,
    steps,
    verify: null,
    undo: null,
    ...changes,
  };
}

export function planned(
  steps: readonly StepPlan[],
  changes: Partial<PlannedRemedy> & { undo?: StepPlan[] } = {},
): PlannedRemedy {
  const { undo, ...rest } = changes;
  return {
    cause: 'port-held-by-other-program',
    check: 'port-free',
    args: {},
    target: target(),
    remedy: remedy(steps, { undo: undo ?? null }),
    ...rest,
  };
}

export function root(cause: CauseId, args: FindingArgs = {}, changes: Partial<RankedCause> = {}): RankedCause {
  return {
    cause,
    hop: 'port',
    severity: 'error',
    confidence: 'certain',
    check: 'port-free',
    args,
    evidence: [],
    ...changes,
  };
}

function result(check: string, outcome: CheckOutcome, found: readonly RankedCause[]): CheckResult {
  const findings = found.map(({ cause, args, confidence, evidence }) => ({ cause, args, confidence, evidence }));
  return { check, hop: 'port', claim: '', outcome, findings, evidence: [], reason: null, durationMs: 0 };
}

export interface TargetSample {
  target: Target;
  roots: readonly RankedCause[];
  /** Checks that gave no finding, with their outcome. */
  others?: Readonly<Record<string, CheckOutcome>>;
  status?: 'healthy' | 'unhealthy' | 'inconclusive';
}

/** A diagnosis of these targets with these root causes; a check of a root cause failed, the others did as given. */
export function run(samples: readonly TargetSample[], elevated = false): DiagnosisRun {
  return {
    startedAt: '2026-01-07T00:00:00.000Z',
    durationMs: 1,
    host: { platform: 'linux', release: '', arch: 'x64', elevated, container: null, wsl: null },
    probeLevel: 'gentle',
    warnings: [],
    targets: samples.map((sample) => ({
      target: sample.target,
      conclusion: {
        status: sample.status ?? (sample.roots.some(({ severity }) => severity === 'error') ? 'unhealthy' : 'healthy'),
        symptom: null,
        path: [],
        results: [
          ...sample.roots.map((one) => result(one.check, 'fail', [one])),
          ...Object.entries(sample.others ?? {}).map(([check, outcome]) => result(check, outcome, [])),
        ],
        rootCauses: sample.roots,
        consequences: [],
        ruledOut: [],
        unknowns: [],
      },
    })),
  };
}

/** A catalogue in which only the given causes have remedies. */
export function catalogue(remedies: Partial<Record<CauseId, (args: FindingArgs) => RemedyPlan[]>>): Catalogue {
  const rows = CAUSE_IDS.map((id): [CauseId, Cause] => {
    const of = remedies[id] ?? (() => []);
    const everywhere = { linux: of, darwin: of, win32: of };
    return [id, { id, hop: 'port', severity: 'error', symptoms: {}, platforms: ['linux'], remedies: everywhere }];
  });
  const causes = Object.fromEntries(rows);
  if (!isComplete(causes)) throw new Error('a cause is missing');
  return causes;
}

function isComplete(causes: Record<string, Cause>): causes is Catalogue {
  return CAUSE_IDS.every((id) => id in causes);
}
