import { CHECKS } from '../../checks/index.js';
import { diagnose, DEFAULT_OPTIONS, type DiagnoseOptions, limitsOf } from '../diagnose.js';
import { EXIT, exitCodeOf } from '../engine/exit-code.js';
import { unknownCheckIds } from '../engine/select.js';
import { createNodeHost } from '../host/node.js';
import type { Host } from '../host/host.js';
import { PROBE_LEVELS } from '../model/probe-level.js';
import type { DiagnosisRun } from '../model/report.js';
import type { Target } from '../model/target.js';
import { clean } from '../reporters/clean.js';
import { createReport } from '../reporters/report.js';
import { askerOf } from './ask-inputs.js';
import type { ParsedCommand, OptionValues } from './option-table.js';
import { withProgress } from './progress.js';
import { choiceOf, durationOf, isSet, listOf, textOf } from './read-options.js';
import { resolveInput } from './resolve-input.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const DEFAULT_WAIT_PAUSE_MS = 500;

/** What the options say about how to look. */
function readDiagnoseOptions(values: OptionValues, warnings: readonly string[], signal: AbortSignal): DiagnoseOptions {
  const only = listOf(values, 'only');
  const skip = listOf(values, 'skip');
  const [unknown] = unknownCheckIds(CHECKS, { only, skip });
  if (unknown !== undefined)
    throw new UsageError(`There is no check "${unknown}"; \`debug-doctor list checks\` shows them.`);
  const timeoutMs = durationOf(values, 'timeout');
  return {
    ...DEFAULT_OPTIONS,
    ...limitsOf(timeoutMs),
    only,
    skip,
    offline: isSet(values, 'offline'),
    probeLevel: choiceOf(values, 'probe', PROBE_LEVELS) ?? DEFAULT_OPTIONS.probeLevel,
    warnings,
    signal,
  };
}

interface Subject {
  host: Host;
  targets: readonly Target[];
  warnings: readonly string[];
  /** Called with the finished run; writes the recording, when one was asked for. */
  finish: () => Promise<void>;
}

/** This machine, this machine with its answers recorded, or a recorded one. */
async function chooseSubject(parsed: ParsedCommand, terminal: Terminal, signal: AbortSignal): Promise<Subject> {
  const replay = textOf(parsed.values, 'replay');
  const record = textOf(parsed.values, 'record');
  if (replay !== undefined) {
    const { readRecording } = await import('./recording-files.js');
    return { ...(await readRecording(replay)), warnings: [], finish: () => Promise.resolve() };
  }
  const host = createNodeHost(signal);
  // A program that reads the report is at the other end of --json, not somebody who answers.
  const ask = isSet(parsed.values, 'json') ? null : askerOf(terminal, signal);
  const { targets, warnings } = await resolveInput(parsed, host, ask);
  if (record === undefined) return { host, targets, warnings, finish: () => Promise.resolve() };
  const { startRecording } = await import('./recording-files.js');
  return { ...startRecording(host, targets, record), targets, warnings };
}

async function diagnoseUntilHealthy(subject: Subject, options: DiagnoseOptions, waitMs: number): Promise<DiagnosisRun> {
  const deadline = Date.now() + waitMs;
  const seconds = subject.targets[0]?.settings?.reconnectDelaySeconds ?? null;
  const pauseMs = seconds === null ? DEFAULT_WAIT_PAUSE_MS : Math.max(50, seconds * 1000);
  for (;;) {
    const run = await diagnose(subject.host, subject.targets, CHECKS, options);
    const healthy = run.targets.every(({ conclusion }) => conclusion.status === 'healthy');
    if (healthy || Date.now() + pauseMs > deadline) return run;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Prints a run as the options want it. The catalogue and its words are loaded only when there is a cause to name. */
async function printRun(run: DiagnosisRun, exitCode: number, values: OptionValues, terminal: Terminal): Promise<void> {
  const found = run.targets.some(({ conclusion }) => conclusion.rootCauses.length > 0);
  const vocabulary = found ? (await import('../reporters/vocabulary.js')).vocabulary : null;
  const report = createReport(run, vocabulary, __VERSION__, exitCode);
  if (isSet(values, 'json')) {
    const { renderJson } = await import('../reporters/json.js');
    terminal.write(renderJson(report));
    return;
  }
  const [{ renderText }, { terminalStyle }] = await Promise.all([
    import('../reporters/text.js'),
    import('../reporters/style.js'),
  ]);
  const detail = isSet(values, 'quiet') ? 'quiet' : isSet(values, 'verbose') ? 'verbose' : 'normal';
  terminal.write(
    renderText(report, {
      style: terminalStyle(terminal.unicode, terminal.colours),
      width: terminal.outputIsTerminal ? terminal.columns : Number.POSITIVE_INFINITY,
      detail,
    }),
  );
}

/** Writes a warning on standard error when it is first heard: `--wait` looks again and again. */
function announceOn(terminal: Terminal): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) terminal.writeError(`${clean(text, 1000)}\n`);
    said.add(text);
  };
}

/** `debug-doctor check`: looks, says what it found, changes nothing. */
export async function runCheck(parsed: ParsedCommand, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const { values } = parsed;
  const failOn = choiceOf(values, 'fail-on', ['error', 'warning'] as const) ?? 'error';
  const waitMs = durationOf(values, 'wait') ?? 0;
  const subject = await chooseSubject(parsed, terminal, signal);
  const announce = announceOn(terminal);
  const options = { ...readDiagnoseOptions(values, subject.warnings, signal), announce };
  const run = await withProgress(terminal, 'Looking…', diagnoseUntilHealthy(subject, options, waitMs));
  if (signal.aborted) return EXIT.interrupted;
  await subject.finish();
  const exitCode = exitCodeOf(
    run.targets.map(({ conclusion }) => conclusion),
    failOn,
  );
  await printRun(run, exitCode, values, terminal);
  return exitCode;
}
