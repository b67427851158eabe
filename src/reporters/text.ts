import { HOPS } from '../model/hop.js';
import type { Evidence } from '../model/observation.js';
import type { Platform } from '../model/platform.js';
import type { Remedy } from '../model/remedy.js';
import type { CheckResult, HopState, PathStep, Report, RootCause, TargetReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import { clean } from './clean.js';
import type { Style } from './style.js';
import { showCommand, showStep } from './word-remedy.js';
import { wrap } from './wrap.js';

export interface TextOptions {
  style: Style;
  /** Columns; infinite when nobody watches. */
  width: number;
  detail: 'quiet' | 'normal' | 'verbose';
}

/** The hops that the picture always shows; others only when they are not in order. */
const PICTURED = new Set([
  'name',
  'route',
  'firewall',
  'port',
  'process',
  'protocol',
  'session',
  'tool',
  'rights',
  'resources',
]);

/** Untrusted text is cut here. */
const LONGEST_LINE = 1000;

const SHOWN_CAUSES = 3;
const SHOWN_EVIDENCE = 6;

function placeOf({ host, port, socketPath, pid }: Target): string {
  if (socketPath !== null) return socketPath;
  if (host === null || port === null) return `pid ${pid ?? '?'}`;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function signOf(state: HopState, { symbols, ...paint }: Style): string {
  switch (state) {
    case 'ok':
      return paint.green(symbols.ok);
    case 'broken':
      return paint.red(symbols.broken);
    case 'degraded':
      return paint.yellow(symbols.degraded);
    case 'unknown':
      return paint.yellow(symbols.unknown);
    case 'not-reached':
      return paint.dim(symbols.notReached);
  }
}

/** The path in one line, in its order, after what must be there at all. */
function picture(path: readonly PathStep[], style: Style): string {
  const ground = path.filter(({ hop }) => ['tool', 'rights', 'resources'].includes(hop));
  const shown = [...ground, ...path.filter((step) => !ground.includes(step))].filter(
    ({ hop, state }) => PICTURED.has(hop) || (state !== 'ok' && state !== 'not-reached'),
  );
  return shown.map(({ hop, state }) => `${hop} ${signOf(state, style)}`).join(` ${style.dim(style.symbols.line)} `);
}

function verdict({ target, status, diagnosis }: TargetReport, style: Style): string {
  const place = `${target.adapter} on ${clean(placeOf(target), 200)}`;
  // Of several configurations the name tells which one it is.
  const subject = target.source.kind === 'project' ? `${clean(target.name, 200)} (${place})` : place;
  const [first] = diagnosis.rootCauses;
  if (status === 'unhealthy') {
    const hedge = first?.confidence === 'possible' ? 'perhaps: ' : '';
    return `${style.red(style.symbols.broken)} ${style.bold(`${subject}: ${hedge}${clean(first?.title ?? 'not healthy')}`)}`;
  }
  if (status === 'inconclusive') {
    return `${style.yellow(style.symbols.unknown)} ${style.bold(`${subject}: nothing wrong was seen, but not everything could be seen`)}`;
  }
  const said = target.request === 'attach' ? 'a debugger can attach' : 'a debug server can start';
  const warning = first === undefined ? '' : `, with a warning: ${clean(first.title)}`;
  const sign = first === undefined ? style.green(style.symbols.ok) : style.yellow(style.symbols.degraded);
  return `${sign} ${style.bold(`${subject}: ${said}${warning}`)}`;
}

function evidenceLines(evidence: readonly Evidence[], indent: string, style: Style, width: number): string[] {
  const shown = evidence.slice(0, SHOWN_EVIDENCE).flatMap(({ text, detail }) => [
    ...bullet(text, indent, style, width),
    ...(detail ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${indent}  ${style.dim(clean(line, LONGEST_LINE))}`),
  ]);
  const more = evidence.length - SHOWN_EVIDENCE;
  return more > 0 ? [...shown, `${indent}  ${style.dim(`and ${more} more (--verbose)`)}`] : shown;
}

function bullet(text: string, indent: string, style: Style, width: number): string[] {
  const [first = '', ...rest] = wrap(clean(text, LONGEST_LINE), `${indent}  `, width);
  return [`${indent}${style.dim('-')} ${first.trimStart()}`, ...rest];
}

/** Commands stay in one piece, so that they can be copied. */
function remedyLines(remedy: Remedy, platform: Platform, style: Style, width: number): string[] {
  const steps = remedy.steps.flatMap((step) => {
    const said = clean(showStep(step, remedy, platform), LONGEST_LINE);
    return step.kind === 'instruct' ? wrap(said, '      ', width) : [`      ${style.cyan(said)}`];
  });
  return [`    ${clean(remedy.title, LONGEST_LINE)} ${style.dim(`[${remedy.risk}]`)}`, ...steps];
}

function causeLines(cause: RootCause, platform: Platform, { style, width }: TextOptions): string[] {
  const changes = cause.remedies.filter(({ risk }) => risk !== 'safe');
  const looks = cause.remedies.filter(({ risk }) => risk === 'safe');
  const fixes = changes.length > 0 ? changes : looks;
  return [
    '',
    `  ${style.bold(clean(cause.title))} ${style.dim(`(${cause.cause}, ${cause.confidence})`)}`,
    ...wrap(clean(cause.summary, LONGEST_LINE), '  ', width),
    '',
    `  ${style.bold('Evidence')}`,
    ...evidenceLines(cause.evidence, '    ', style, width),
    ...(fixes.length === 0 ? [] : ['', `  ${style.bold('What to do')}`]),
    ...fixes.flatMap((remedy) => remedyLines(remedy, platform, style, width)),
  ];
}

function resultLines(
  { check, outcome, claim, reason, evidence, durationMs }: CheckResult,
  style: Style,
  width: number,
): string[] {
  const state = { pass: 'ok', fail: 'broken', unknown: 'unknown', crashed: 'unknown', skipped: 'not-reached' } as const;
  const why = reason === null ? '' : `: ${clean(reason, LONGEST_LINE)}`;
  return [
    `    ${signOf(state[outcome], style)} ${check} ${style.dim(`${outcome}, ${Math.round(durationMs)} ms`)}`,
    `      ${clean(claim)}${why}`,
    ...evidence.flatMap(({ text }) => bullet(text, '      ', style, width)),
  ];
}

function verboseLines({ results, diagnosis }: TargetReport, { style, width }: TextOptions): string[] {
  const ordered = HOPS.flatMap((hop) => results.filter((result) => result.hop === hop));
  const excluded = diagnosis.ruledOut.map(({ cause, because }) => `    ${cause}: ${clean(because, LONGEST_LINE)}`);
  return [
    '',
    `  ${style.bold('Checks')}`,
    ...ordered.flatMap((result) => resultLines(result, style, width)),
    ...(excluded.length === 0 ? [] : ['', `  ${style.bold('Ruled out')}`, ...excluded]),
  ];
}

/** The words that name the target on the command line; none for what is meant when nothing is said. */
function targetWords(target: Target): string[] {
  const { source, adapter } = target;
  if (source.kind === 'default') return [];
  if (source.kind === 'config') return ['--config', source.file];
  return source.kind === 'project' ? [target.name] : [placeOf(target), '--adapter', adapter];
}

function nextStep({ status, target, diagnosis }: TargetReport, platform: Platform): string | null {
  const [first] = diagnosis.rootCauses;
  const fixable = first?.confidence !== 'possible' && first?.remedies.some(({ risk }) => risk === 'reversible');
  if (status !== 'unhealthy' || fixable !== true) return null;
  const request = target.request === 'launch' ? ['--request', 'launch'] : [];
  const command = target.command.length > 0 && target.source.kind !== 'project' ? ['--', ...target.command] : [];
  return showCommand(['debug-doctor', 'fix', ...targetWords(target), ...request, ...command], platform);
}

function targetLines(report: TargetReport, platform: Platform, options: TextOptions): string[] {
  const { style, detail } = options;
  const { rootCauses, unknowns } = report.diagnosis;
  const head = [verdict(report, style)];
  if (detail === 'quiet') return head;
  head.push(`  ${picture(report.path, style)}`);
  const shown = detail === 'verbose' ? rootCauses : rootCauses.slice(0, SHOWN_CAUSES);
  const causes = shown.flatMap((cause) => causeLines(cause, platform, options));
  const unseen =
    report.status === 'inconclusive'
      ? unknowns.map(({ check, because }) => `    ${check}: ${clean(because, LONGEST_LINE)}`)
      : [];
  const next = nextStep(report, platform);
  return [
    ...head,
    ...causes,
    ...(unseen.length === 0 ? [] : ['', `  ${style.bold('Not seen')}`, ...unseen]),
    ...(detail === 'verbose' ? verboseLines(report, options) : []),
    ...(next === null ? [] : ['', `  ${style.dim('Or let the doctor do it:')} ${style.cyan(clean(next))}`]),
  ];
}

/** The report for people: verdict, path, root cause, evidence, remedies. Everything untrusted is cleaned. */
export function renderText(report: Report, options: TextOptions): string {
  const { style } = options;
  const warnings = report.warnings.map((warning) => `${style.yellow(style.symbols.degraded)} ${clean(warning)}`);
  const targets = report.targets.flatMap((target, index) => [
    ...(index === 0 ? [] : ['']),
    ...targetLines(target, report.host.platform, options),
  ]);
  return style.plain(`${[...warnings, ...targets].join('\n')}\n`);
}
