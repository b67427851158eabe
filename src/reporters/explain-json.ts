import { CAUSES } from '../causes/index.js';
import type { ExplainMatch, ExplainResult, ExplainedCause } from '../explain.js';
import type { Captures } from '../logs/captures.js';
import type { Messages } from '../messages/messages.js';
import type { CauseId } from '../model/cause-ids.js';
import type { FindingArgs } from '../model/cause.js';
import type { Confidence } from '../model/check.js';
import type { Platform } from '../model/platform.js';
import type { Remedy } from '../model/remedy.js';
import { SCHEMA_VERSION } from '../model/report.js';
import type { ErrnoRef, SymptomId } from '../model/symptom.js';
import { redactDeep } from './redact.js';
import { wordRemedy } from './word-remedy.js';

export interface CauseView {
  cause: CauseId;
  title: string;
  confidence: Confidence;
  remedies: readonly Remedy[];
}

/** The document that `explain --json` writes (schemaVersion "1.0"); more fields may be added. */
export interface ExplainReport {
  schemaVersion: typeof SCHEMA_VERSION;
  tool: { name: 'debug-doctor'; version: string };
  matches: readonly {
    line: string;
    lineNumber: number;
    file: string | null;
    text: string;
    symptom: SymptomId;
    errno: ErrnoRef | null;
    platform: Platform | null;
    captures: Captures;
    primary: boolean;
    causes: readonly CauseView[];
  }[];
}

/** What a match tells the catalogue's remedies. */
function argsOf(match: ExplainMatch): FindingArgs {
  const { host, port, pid, path } = match.captures;
  const socket = match.symptom === 'socket-file-missing' || match.symptom === 'path-too-long';
  return {
    ...(host === null ? {} : { host }),
    ...(port === null ? {} : { port }),
    ...(pid === null ? {} : { pid }),
    ...(path === null ? {} : socket ? { socketPath: path } : { file: path }),
  };
}

/** A cause of a match in words, with the remedies for the system that the match belongs to. */
export function viewCause(
  { cause, confidence }: ExplainedCause,
  match: ExplainMatch,
  platform: Platform,
  words: Messages,
): CauseView {
  const args = argsOf(match);
  const plans = CAUSES[cause].remedies[match.platform ?? platform](args);
  return {
    cause,
    title: words.causes[cause].title,
    confidence,
    remedies: plans.map((plan) => wordRemedy(plan, args, words)),
  };
}

/** The result of `explain` as data without secrets, in the fixed shape. `version` is the tool's. */
export function renderExplainJson(result: ExplainResult, words: Messages, version: string): ExplainReport {
  return redactDeep({
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'debug-doctor' as const, version },
    matches: result.matches.map((match) => ({
      line: match.line,
      lineNumber: match.lineNumber,
      file: match.file,
      text: match.text,
      symptom: match.symptom,
      errno: match.errno,
      platform: match.platform,
      captures: match.captures,
      primary: match.primary,
      causes: match.causes.map((cause) => viewCause(cause, match, result.platform, words)),
    })),
  });
}
