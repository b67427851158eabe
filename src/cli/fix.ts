import { createInterface } from 'node:readline/promises';
import { CHECKS } from '../../checks/index.js';
import { diagnose, DEFAULT_OPTIONS, limitsOf } from '../diagnose.js';
import { createMutableNodeHost } from '../host/node.js';
import type { Platform } from '../model/platform.js';
import { RISKS, type Risk } from '../model/remedy.js';
import type { DiagnosisRun, PlannedRemedy } from '../model/report.js';
import { fix, type FixOutcome, type FixResult } from '../remedies/fix.js';
import type { FixPlan } from '../remedies/plan.js';
import { isUndoable } from '../remedies/undo.js';
import { clean } from '../reporters/clean.js';
import { renderFixJson } from '../reporters/fix-json.js';
import { renderJson } from '../reporters/json.js';
import { redactDeep, redactText } from '../reporters/redact.js';
import { showStep, wordRemedy } from '../reporters/word-remedy.js';
import { journalFolder } from './journal-folder.js';
import type { ParsedCommand } from './option-table.js';
import { withProgress } from './progress.js';
import { choiceOf, durationOf, isSet } from './read-options.js';
import { resolveInput } from './resolve-input.js';
import type { Terminal } from './terminal.js';
import { vocabulary } from '../reporters/vocabulary.js';

const SAID: Readonly<Record<FixOutcome, string>> = {
  'nothing-to-fix': 'Nothing is broken, so nothing was changed.',
  'nothing-applicable': 'Nothing was changed: no remedy may be applied here.',
  declined: 'Nothing was changed.',
  'dry-run': 'Nothing was changed (--dry-run).',
  fixed: 'Fixed: the check passes now.',
  unverified: 'Applied, but whether it helped could not be seen.',
  'still-failing': 'Applied, but the check still fails: see `debug-doctor check`.',
  failed: 'The remedy could not be applied.',
};

/** The causes that a plan is about, once each. */
function reasonLines({ remedies, leftOut }: FixPlan): string[] {
  const planned = [...remedies, ...leftOut];
  const first = planned.filter(({ cause, target }, index) => {
    return planned.findIndex((other) => other.cause === cause && other.target.name === target.name) === index;
  });
  return first.map(({ cause, args, target }) => {
    const { title, summary } = vocabulary.words.causes[cause];
    return `${clean(target.name, 200)}: ${title}\n  ${clean(summary(args), 1000)}`;
  });
}

function remedyLines({ remedy, args }: PlannedRemedy, platform: Platform): string[] {
  const worded = wordRemedy(remedy, args, vocabulary.words);
  return [
    `  ${clean(worded.title)} [${worded.risk}]`,
    ...worded.steps.map((step) => `    ${clean(showStep(step, worded, platform), 1000)}`),
  ];
}

function planLines({ remedies, leftOut }: FixPlan, platform: Platform): string[] {
  return [
    ...(remedies.length === 0
      ? []
      : ['What would be done:', ...remedies.flatMap((planned) => remedyLines(planned, platform))]),
    ...(leftOut.length === 0 ? [] : ['Left out:']),
    ...leftOut.flatMap((planned) =>
      remedyLines(planned, platform).map((line, index) => (index === 0 ? `${line} (${planned.reason})` : line)),
    ),
  ];
}

/** Asks on a terminal; anywhere else the answer is no. */
async function ask(terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  if (!terminal.canAsk) {
    terminal.writeError('Nobody can be asked here: add --yes to apply.\n');
    return false;
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question('Apply? [y/N] ', { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}

function resultLines(result: FixResult, platform: Platform): string[] {
  const why = result.failure === null ? [] : [`  ${result.failure.reason}: ${clean(result.failure.detail)}`];
  const plan = planLines(result.plan, platform);
  if (result.outcome === 'dry-run') return [...reasonLines(result.plan), ...plan, SAID['dry-run']];
  if (result.outcome === 'nothing-applicable')
    return [...reasonLines(result.plan), SAID['nothing-applicable'], ...plan];
  const undo = result.applied.some((entry) => isUndoable(entry)) ? ['`debug-doctor undo` takes it back.'] : [];
  return [SAID[result.outcome], ...why, ...undo];
}

/** `debug-doctor fix`: diagnoses, shows the plan, asks, applies, diagnoses again. */
export async function runFix(parsed: ParsedCommand, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const { values } = parsed;
  const host = createMutableNodeHost(signal);
  const maxRisk: Risk = choiceOf(values, 'max-risk', RISKS) ?? 'reversible';
  const timeoutMs = durationOf(values, 'timeout');
  const json = isSet(values, 'json');
  const say = (lines: readonly string[]): void => {
    if (!json) terminal.write(redactText(`${lines.join('\n')}\n`));
  };
  // Read anew before each look: a remedy may have changed the configuration.
  const look = async (): Promise<DiagnosisRun> => {
    const { targets, warnings } = await resolveInput(parsed, host);
    const options = { ...DEFAULT_OPTIONS, ...limitsOf(timeoutMs), offline: isSet(values, 'offline'), warnings, signal };
    return diagnose(host, targets, CHECKS, options);
  };
  const result = await fix({
    diagnose: () => withProgress(terminal, 'Looking…', look()),
    causes: vocabulary.causes,
    host,
    journalFolder: journalFolder(),
    maxRisk,
    dryRun: isSet(values, 'dry-run'),
    confirm: async (plan) => {
      say([...reasonLines(plan), ...planLines(plan, host.platform)]);
      return isSet(values, 'yes') || (!json && (await ask(terminal, signal)));
    },
  });
  if (json) terminal.write(renderJson(redactDeep(renderFixJson(result, vocabulary, __VERSION__))));
  else say(resultLines(result, host.platform));
  return result.exitCode;
}
