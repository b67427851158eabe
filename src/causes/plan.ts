import type { FindingArgs } from '../model/cause.js';
import type { RemedyId } from '../model/remedy-ids.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan, Risk, StepPlan } from '../model/remedy.js';

type Remedies = (args: FindingArgs) => RemedyPlan[];

/** `<name>` where the case does not tell; steps that still hold one are shown and never run. */
export function fill(value: string | number | undefined, name: string): string {
  return value === undefined ? `<${name}>` : String(value);
}

interface Change {
  risk: Exclude<Risk, 'safe'>;
  needsElevation?: boolean;
  verify?: string;
  undo?: readonly StepPlan[];
}

/** A command that only looks. Listed after the changes; `fix` never takes it for a fix. */
export function look(id: RemedyId, ...argv: string[]): RemedyPlan {
  return { id, risk: 'safe', needsElevation: false, steps: [{ kind: 'run', argv }], verify: null, undo: null };
}

/** A command that changes something. */
export function run(id: RemedyId, argv: readonly string[], change: Change): RemedyPlan {
  return plan(id, [{ kind: 'run', argv }], change);
}

const PLACEHOLDER = /<[a-z][a-z .-]*>/;

/** Whether a command still lacks something that the case did not tell. */
function isIncomplete(step: StepPlan): boolean {
  return step.kind === 'run' && step.argv.some((argument) => PLACEHOLDER.test(argument));
}

/** A change made of several steps, or of an edit or a signal. One with an incomplete command is only printed. */
export function plan(id: RemedyId, steps: readonly StepPlan[], change: Change): RemedyPlan {
  return {
    id,
    risk: steps.some(isIncomplete) ? 'manual' : change.risk,
    needsElevation: change.needsElevation ?? false,
    steps,
    verify: change.verify ?? null,
    undo: change.undo ?? null,
  };
}

/** Advice in words only: `src/messages` has them under the same id. */
export function advise(id: RemedyId): RemedyPlan {
  return plan(id, [{ kind: 'instruct' }], { risk: 'manual' });
}

/** The same remedies on every system. */
export function everywhere(remedies: Remedies): Record<Platform, Remedies> {
  return { linux: remedies, darwin: remedies, win32: remedies };
}

/** Remedies by system, from one function that is told the system. */
export function perSystem(
  remedies: (platform: Platform, args: FindingArgs) => RemedyPlan[],
): Record<Platform, Remedies> {
  return {
    linux: (args) => remedies('linux', args),
    darwin: (args) => remedies('darwin', args),
    win32: (args) => remedies('win32', args),
  };
}

/** Remedies by system. */
export function by(remedies: Record<Platform, Remedies>): Record<Platform, Remedies> {
  return remedies;
}

export const none: Remedies = () => [];
