import { createInterface } from 'node:readline/promises';
import { CHECKS } from '../../checks/index.js';
import { diagnose, DEFAULT_OPTIONS } from '../diagnose.js';
import { createMutableNodeHost } from '../host/node.js';
import type { Platform } from '../model/platform.js';
import { RISKS, type Risk } from '../model/remedy.js';
import type { DiagnosisRun, PlannedRemedy } from '../model/report.js';
import { fix, type FixOutcome, type FixResult } from '../remedies/fix.js';
import type { FixPlan } from '../remedies/plan.js';
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
import { vocabulary } from './vocabulary.js';

const SAID: Readonly<Record<FixOutcome, string>> = {
  'nothing-to-fix': 'Nothing is broken, so nothing was changed.',
  'nothing-applicable': 'Nothing was changed: no remedy may be applied here. What you can do yourself:',
  declined: 'Nothing was changed.',
  'dry-run': 'Nothing was changed (--dry-run).',
  fixed: 'Fixed: the check passes now. `debug-doctor undo` takes it back.',
  unverified: 'Applied, but whether it helped could not be seen.',
  'still-failing': 'Applied, but the check still fails. `debug-doctor undo` takes it back.',
  failed: 'The remedy could not be applied.',
};

function remedyLines({ remedy, args }: PlannedRemedy, platform: Platform): string[] {
  const worded = wordRemedy(remedy, args, vocabulary.words);
  return [`  ${clean(worded.title)} [${worded.risk}]`, ...worded.steps.map((step) => `    ${clean(showStep(step, worded, platform), 1000)}`)];
}

function planLines({ remedies, leftOut }: FixPlan, platform: Platform): string[] {
  return [
    ...(remedies.length === 0 ? [] : ['What would be done:', ...remedies.flatMap((planned) => remedyLines(planned, platform))]),
    ...(leftOut.length === 0 ? [] : ['Left out:']),
    ...leftOut.flatMap((planned) => remedyLines(planned, platform).map((line, index) => (index === 0 ? `${line} (${planned.reason})` : line))),
  ];
}

function causeLines({ targets }: DiagnosisRun): string[] {
  return targets.flatMap(({ target, conclusion }) =>
    conclusion.rootCauses.slice(0, 1).map(({ cause, args }) => {
      const { title, summary } = vocabulary.words.causes[cause];
      return `${target.name}: ${title}\n  ${clean(summary(args), 1000)}`;
    }),
  );
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
  const remaining = result.outcome === 'still-failing' && result.after !== null ? causeLines(result.after) : [];
  const showPlan = result.outcome === 'dry-run' || result.outcome === 'nothing-applicable';
  return [
    ...(showPlan ? causeLines(result.before) : []),
    ...(result.outcome === 'dry-run' ? planLines(result.plan, platform) : []),
    SAID[result.outcome],
    ...why,
    ...remaining,
    ...(result.outcome === 'nothing-applicable' ? planLines(result.plan, platform) : []),
  ];
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
    const limits = timeoutMs === undefined ? {} : { probeTimeoutMs: timeoutMs, connectTimeoutMs: timeoutMs };
    const options = { ...DEFAULT_OPTIONS, ...limits, offline: isSet(values, 'offline'), warnings, signal };
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
      say(planLines(plan, host.platform));
      return isSet(values, 'yes') || (!json && (await ask(terminal, signal)));
    },
  });
  if (json) terminal.write(renderJson(redactDeep(renderFixJson(result, vocabulary, __VERSION__))));
  else say(resultLines(result, host.platform));
  return result.exitCode;
}
