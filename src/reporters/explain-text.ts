import type { ExplainMatch, ExplainResult, Reading } from '../explain.js';
import type { Messages } from '../messages/messages.js';
import type { Platform } from '../model/platform.js';
import type { Remedy } from '../model/remedy.js';
import type { Errno } from '../model/symptom.js';
import { clean } from './clean.js';
import { viewCause, type CauseView } from './explain-json.js';
import type { Style } from './style.js';
import { redactText } from './redact.js';
import { showStep } from './word-remedy.js';

const DEFAULT_WIDTH = 100;
const SHOWN_CAUSES = 3;
const SYSTEM_NAMES: Readonly<Record<Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** What one error is called and numbered on each system: `EADDRINUSE: 98 Linux, 48 macOS, 10048 Windows (WSA…)`. */
function numbersOf(errno: Errno): string {
  const systems = (['linux', 'darwin', 'win32'] as const)
    .filter((platform) => errno[platform] !== null)
    .map((platform) => `${errno[platform] ?? ''} ${SYSTEM_NAMES[platform]}`);
  const windows = errno.win32Name === null || errno.win32Name === errno.name ? '' : ` (${errno.win32Name})`;
  const node = errno.libuvWin32 === null ? '' : `, ${errno.libuvWin32} Node.js on Windows`;
  return `${errno.name}: ${systems.join(', ')}${windows}${node}`;
}

/** The two remedies to show: the first that changes something, and the first that looks. */
function chosenRemedies({ remedies }: CauseView): Remedy[] {
  const change = remedies.find(({ risk }) => risk !== 'safe');
  const look = remedies.find(({ risk }) => risk === 'safe');
  return [change, look].filter((remedy) => remedy !== undefined);
}

function remedyLines(remedy: Remedy, platform: Platform, style: Style, width: number): string[] {
  const [step] = remedy.steps;
  if (step === undefined) return [];
  const said = clean(showStep(step, remedy, platform), 4 * width);
  const isWords = step.kind === 'instruct';
  const shown = said === remedy.title ? [] : [`       ${isWords ? said : style.cyan(`$ ${said}`)}`];
  return [`     ${style.dim('-')} ${clean(remedy.title, width)}`, ...shown];
}

function causeLines(cause: CauseView, number: number, platform: Platform, style: Style, width: number): string[] {
  return [
    `  ${number}. ${style.bold(clean(cause.title, width))} ${style.dim(`(${cause.cause}, ${cause.confidence})`)}`,
    ...chosenRemedies(cause).flatMap((remedy) => remedyLines(remedy, platform, style, width)),
  ];
}

/** Where to look next: the captured address, with a wildcard replaced by the address that reaches it. */
function nextCommand(match: ExplainMatch): string {
  const { host, port } = match.captures;
  if (port === null) return 'debug-doctor check <host>:<port>';
  const wildcard = host === null || ['0.0.0.0', '::', '*', ':'].includes(host) || !/^[\w.:-]{1,253}$/.test(host);
  const dialled = wildcard ? '127.0.0.1' : host;
  return `debug-doctor check ${dialled.includes(':') ? `[${dialled}]` : dialled}:${port}`;
}

interface View {
  result: ExplainResult;
  words: Messages;
  style: Style;
  width: number;
}

function block(match: ExplainMatch, reading: Reading | undefined, view: View): string[] {
  const { words, style, width } = view;
  const symptom = words.symptoms[match.symptom];
  const platform = match.platform ?? view.result.platform;
  const place = match.file === null ? `${match.lineNumber}` : `${clean(match.file, width)}:${match.lineNumber}`;
  const alike = view.result.matches.filter((other) => other.symptom === match.symptom).length - 1;
  const lines = [
    `${style.red(style.symbols.broken)} ${style.bold(symptom.title)} ${style.dim(`(${match.symptom})`)}`,
    `  ${style.dim(`${place} |`)} ${clean(redactText(match.line.trim()), width)}`,
    `  ${clean(symptom.meaning, 4 * width)}`,
  ];
  if (alike > 0) lines.push(`  ${style.dim(`+ ${alike} more line${alike === 1 ? '' : 's'} like it`)}`);
  if (reading !== undefined && reading.errno !== null) lines.push(`  ${style.dim(numbersOf(reading.errno))}`);
  if (match.platform !== null) lines.push(`  ${style.dim(`System: ${SYSTEM_NAMES[match.platform]}`)}`);
  const causes = match.causes
    .slice(0, SHOWN_CAUSES)
    .map((cause) => viewCause(cause, match, view.result.platform, words));
  if (causes.length > 0) lines.push('', '  Most probable causes');
  for (const [index, cause] of causes.entries()) lines.push(...causeLines(cause, index + 1, platform, style, width));
  lines.push('', `  Next: ${style.cyan(nextCommand(match))}`);
  return lines;
}

/** The match that stands for its symptom: the primary one, else the first. */
function representatives(result: ExplainResult): ExplainMatch[] {
  const chosen = new Map<string, ExplainMatch>();
  for (const match of result.matches) {
    const key = result.readings[0]?.kind === 'text' ? match.symptom : `${match.symptom} ${match.errno?.name ?? ''}`;
    const known = chosen.get(key);
    if (known === undefined || (match.primary && !known.primary)) chosen.set(key, match);
  }
  return [...chosen.values()].toSorted((one, other) => Number(other.primary) - Number(one.primary));
}

/**
 * The result of `explain` for people: one block per symptom, the most important first. Everything that was read is
 * cleaned. `width` is the number of columns.
 */
export function renderExplainText(
  result: ExplainResult,
  words: Messages,
  style: Style,
  width: number = DEFAULT_WIDTH,
): string {
  const view: View = { result, words, style, width: Math.max(width, 40) - 4 };
  if (result.matches.length === 0) {
    const nothing = words.symptoms['no-error-printed'];
    return `${style.yellow(style.symbols.unknown)} ${style.bold(nothing.title)}\n  ${nothing.meaning}\n`;
  }
  const blocks = representatives(result).map((match) => {
    const reading = result.readings.find(
      ({ symptom, errno }) =>
        symptom === match.symptom &&
        (match.errno === null ? errno === null : [errno?.name, errno?.win32Name].includes(match.errno.name)),
    );
    return block(match, reading, view).join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
