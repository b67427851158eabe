import type { RemedyId } from './remedy-ids.js';

/**
 * - `safe`: looks only.
 * - `reversible`: changes something that `undo` can put back, or that nothing depends on any more.
 * - `disruptive`: ends somebody's process or session.
 * - `manual`: printed, never run by us.
 */
export const RISKS = ['safe', 'reversible', 'disruptive', 'manual'] as const;
export type Risk = (typeof RISKS)[number];

export type StepPlan =
  /** Runs a program. argv[0] is looked up on PATH; there is no shell. */
  | { kind: 'run'; argv: readonly string[] }
  /** Sets one value in a JSON or JSONC file and leaves comments and layout alone. */
  | { kind: 'edit'; file: string; keyPath: readonly string[]; value: string | number | boolean }
  /** Signals a process, after its start time (clock ticks since boot) was compared once more. TERM escalates to KILL after `graceMs`. */
  | { kind: 'signal'; pid: number; startTime: number; signal: 'TERM' | 'CONT'; graceMs: number }
  /** Something that only a person can do. Its words are in `src/messages`, under the remedy's id. */
  | { kind: 'instruct' };

/** A remedy without words. */
export interface RemedyPlan {
  id: RemedyId;
  risk: Risk;
  needsElevation: boolean;
  steps: readonly StepPlan[];
  /** The check that must pass afterwards; null: every check of the target. */
  verify: string | null;
  undo: readonly StepPlan[] | null;
}

export type Step = Exclude<StepPlan, { kind: 'instruct' }> | { kind: 'instruct'; text: string };

/** A remedy as reports show it. */
export interface Remedy extends Omit<RemedyPlan, 'steps' | 'undo'> {
  title: string;
  steps: readonly Step[];
  undo: readonly Step[] | null;
}
