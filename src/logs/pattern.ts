import type { CauseId } from '../model/cause-ids.js';
import type { Confidence } from '../model/check.js';
import type { Platform } from '../model/platform.js';
import type { SymptomId } from '../model/symptom.js';

/** One row of the table: an error text that a program, a runtime or the system prints. */
export interface LogPattern {
  readonly id: string;
  /** Lower case, at least four bytes each. Every match contains one of them, in whatever case. */
  readonly literals: readonly [string, ...string[]];
  /**
   * Tried on one line of bounded length, without the line end. May name groups `text` (the part that says the error),
   * `host`, `port`, `pid` and `path`. No nested and no unbounded ambiguous repetition.
   */
  readonly regexp: RegExp;
  /** What else the line must hold, for words that other programs use too; null: nothing. */
  readonly requires: RegExp | null;
  readonly symptom: SymptomId;
  /** A name of the symptom table; null: the text stands for no errno. */
  readonly errnoName: string | null;
  /** What this very text is known to come from, the most probable first. May be empty. */
  readonly causes: readonly CauseId[];
  /** The only system that prints this text; null: several do. */
  readonly platform: Platform | null;
  /** How well the text proves the first of its causes. */
  readonly confidence: Confidence;
  readonly samples: {
    readonly hits: readonly [string, ...string[]];
    /** Lines that look alike and must not match. */
    readonly nearMisses: readonly [string, ...string[]];
  };
}

type Optional = 'requires' | 'errnoName' | 'causes' | 'platform' | 'confidence' | 'samples';

type PatternInput = Omit<LogPattern, Optional> &
  Partial<Pick<LogPattern, 'requires' | 'errnoName' | 'causes' | 'platform' | 'confidence'>> &
  LogPattern['samples'];

/** A row with what most rows have in common left out. */
export function pattern(input: PatternInput): LogPattern {
  return {
    id: input.id,
    literals: input.literals,
    regexp: input.regexp,
    requires: input.requires ?? null,
    symptom: input.symptom,
    errnoName: input.errnoName ?? null,
    causes: input.causes ?? [],
    platform: input.platform ?? null,
    confidence: input.confidence ?? 'likely',
    samples: { hits: input.hits, nearMisses: input.nearMisses },
  };
}
