import type { CauseId } from '../model/cause-ids.js';
import type { FindingArgs } from '../model/cause.js';
import type { RemedyId } from '../model/remedy-ids.js';
import type { SymptomId } from '../model/symptom.js';

/** A cause in words. Texts are plain, without markup; arguments may be untrusted and are cleaned by the reporter. */
export interface CauseWords {
  /** One line that states the fault, without a full stop. */
  title: string;
  /** One or two sentences about this case. Must read well when arguments are missing. */
  summary(args: FindingArgs): string;
  /** A paragraph for the documentation page: what happens, and why it looks the way it does. */
  explanation: string;
  /** The facts that prove it, one line each. */
  proofs: readonly string[];
  /** What it is mistaken for, and the fact that tells them apart, one line each. */
  lookAlikes: readonly string[];
}

export interface RemedyWords {
  /** One line in the imperative, without a full stop. */
  title(args: FindingArgs): string;
  /** The advice, for remedies with an `instruct` step. */
  instruct?(args: FindingArgs): string;
}

export interface SymptomWords {
  title: string;
  meaning: string;
}

/** Every word of a language. A missing one does not compile. */
export interface Messages {
  causes: Readonly<Record<CauseId, CauseWords>>;
  remedies: Readonly<Record<RemedyId, RemedyWords>>;
  symptoms: Readonly<Record<SymptomId, SymptomWords>>;
}
