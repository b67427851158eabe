import { causesOf } from './causes/index.js';
import { NO_CAPTURES, capturesOf } from './logs/captures.js';
import type { Captures } from './logs/captures.js';
import { findErrno, meaningsOf } from './logs/errno.js';
import type { Meaning, NumberKind } from './logs/errno.js';
import { hintedCauses } from './logs/hints.js';
import { scanText } from './logs/scan.js';
import type { LogMatch } from './logs/scan.js';
import { sideOf } from './logs/situation.js';
import type { Side } from './logs/situation.js';
import type { CauseId } from './model/cause-ids.js';
import type { Cause } from './model/cause.js';
import type { Confidence } from './model/check.js';
import type { Platform } from './model/platform.js';
import type { Errno, ErrnoRef, SymptomId } from './model/symptom.js';
import { errnoRef } from './model/symptom.js';

export interface ExplainOptions {
  /** The system to rank for where the text does not tell its own. */
  platform: Platform;
  /** Where the text was read; named in the matches. */
  file?: string | null;
}

export interface ExplainedCause {
  cause: CauseId;
  confidence: Confidence;
}

/** One line (or number, or name) and what it means, without words. */
export interface ExplainMatch {
  /** The whole line, clipped; untrusted, as `text` and `captures` are. */
  line: string;
  lineNumber: number;
  file: string | null;
  /** The part of the line that says the error. */
  text: string;
  symptom: SymptomId;
  errno: ErrnoRef | null;
  /** The system that the text belongs to; null when it fits several. */
  platform: Platform | null;
  side: Side | null;
  captures: Captures;
  /** Most probable first. */
  causes: readonly ExplainedCause[];
  /** True for the one match that matters most. */
  primary: boolean;
}

/** How the input was understood: what one error is called and numbered on every system. */
export interface Reading {
  kind: 'number' | 'name' | 'text';
  symptom: SymptomId;
  /** Null when the text stands for no errno. */
  errno: Errno | null;
}

export interface ExplainResult {
  /** The system that was ranked for. */
  platform: Platform;
  /** In the order of the lines. */
  matches: readonly ExplainMatch[];
  /** One per symptom and errno, in the same order. */
  readings: readonly Reading[];
}

/** Characters of the input that circumstances are read from. */
const AROUND_LIMIT = 65_536;
/** Longer inputs are scanned, but the neighbours of a line are not looked at. */
const MAX_LOOK = 4_000_000;
const CAUSE_LIMIT = 10;

const NUMBER_INPUT = /^(?:\[?(errno|os error|winerror|error|wsaerror|gaierror|eai|code)[\s:=#]{0,3})?(-?\d{1,6})\]?$/i;
const NAME_INPUT = /^(?:errno[\s:=]{1,2})?([A-Za-z][A-Za-z_]{2,30})$/;

const MAX_MATCHES = 200;
/** Inputs of more lines are logs, where the newest failure matters; shorter ones are excerpts, where the first does. */
const EXCERPT_LINES = 40;

function clean(causes: readonly CauseId[]): CauseId[] {
  return [...new Set(causes)].filter((cause) => cause !== 'undetermined').slice(0, CAUSE_LIMIT);
}

/** The catalogue's causes, with those that only WSL knows at the end unless the text speaks of it. */
function catalogueCauses(symptom: SymptomId, platform: Platform, around: string): CauseId[] {
  const causes = causesOf(symptom, platform);
  const away = (cause: Cause): boolean =>
    platform === 'linux' && !cause.platforms.includes('linux') && !cause.platforms.includes('container');
  const known = /\bwsl/i.test(around) ? causes : [...causes.filter((cause) => !away(cause)), ...causes.filter(away)];
  return known.map(({ id }) => id);
}

/** The causes that a pattern proves, alone; else what the circumstances speak for, its own, and the catalogue's. */
function rankCauses(match: LogMatch, side: Side | null, around: string, options: ExplainOptions): ExplainedCause[] {
  const platform = match.platform ?? options.platform;
  const own = match.causes;
  const hinted = hintedCauses({ match, side, platform, around });
  const first = match.confidence === 'certain' ? [...own, ...hinted] : [...hinted, ...own];
  const leading = first[0];
  const rest = match.confidence === 'certain' ? [] : catalogueCauses(match.symptom, platform, around);
  return clean([...first, ...rest]).map((cause) => {
    if (cause !== leading) return { cause, confidence: 'possible' };
    return { cause, confidence: cause === own[0] ? match.confidence : 'likely' };
  });
}

/** The nearest address around a line that names none: a trace and its headline, an error and its fields. */
function addressNear(lines: readonly string[], lineNumber: number): Pick<Captures, 'host' | 'port'> {
  for (let distance = 1; distance <= 12; distance += 1) {
    for (const index of [lineNumber - 1 + distance, lineNumber - 1 - distance]) {
      const line = lines[index];
      if (line === undefined || line.length > 2048) continue;
      const { host, port } = capturesOf(line, {}, null);
      if (port !== null) return { host, port };
    }
  }
  return { host: null, port: null };
}

function weight(match: LogMatch): number {
  if (match.symptom === 'reason-not-stated') return 0;
  const stated = match.captures.errno === null ? 0 : 0.5;
  return { possible: 1, likely: 2, certain: 3 }[match.confidence] + stated;
}

/** The match that matters most: of a trace or a log the newest, of an excerpt the best stated. */
function primaryOf(matches: readonly LogMatch[], text: string, lineCount: number): LogMatch | undefined {
  const stated = matches.filter((match) => weight(match) > 0);
  const newest = text.includes('Traceback (most recent call last)') || lineCount > EXCERPT_LINES;
  if (newest) return stated.at(-1) ?? matches.at(-1);
  return matches.toSorted((one, other) => weight(other) - weight(one))[0];
}

function explainText(text: string, options: ExplainOptions): ExplainResult {
  const lines = text.length > MAX_LOOK ? [] : text.split('\n');
  const found = scanText(text, { ...options, maxHits: MAX_MATCHES });
  const primary = primaryOf(found, text, lines.length === 0 ? EXCERPT_LINES + 1 : lines.length);
  const around = text.slice(0, AROUND_LIMIT);
  const matches = found.map((match): ExplainMatch => {
    const near = match.captures.port === null ? addressNear(lines, match.lineNumber) : null;
    const host = match.captures.host ?? near?.host ?? null;
    const captures = near === null ? match.captures : { ...match.captures, host, port: near.port };
    const side = sideOf(match.text);
    return {
      line: match.text,
      lineNumber: match.lineNumber,
      file: match.file,
      text: match.part,
      symptom: match.symptom,
      errno: match.errno,
      platform: match.platform,
      side,
      captures,
      causes: rankCauses({ ...match, captures }, side, around, options),
      primary: match === primary,
    };
  });
  return { platform: options.platform, matches, readings: readingsOf('text', matches) };
}

function readingsOf(kind: Reading['kind'], matches: readonly ExplainMatch[]): Reading[] {
  const readings: Reading[] = [];
  for (const { symptom, errno } of matches) {
    const row = errno === null ? null : (findErrno(errno.name)?.errno ?? null);
    if (!readings.some((other) => other.symptom === symptom && other.errno === row)) {
      readings.push({ kind, symptom, errno: row });
    }
  }
  return readings;
}

/** One match for a meaning of a bare number or name. */
function meant(input: string, meaning: Meaning, number: number | null, options: ExplainOptions): ExplainMatch {
  const { errno, symptom, platforms } = meaning;
  const platform = platforms.length === 1 ? (platforms[0] ?? null) : null;
  const shown = number !== null && number > 0 && platform === 'win32' ? (errno.win32Name ?? errno.name) : errno.name;
  const system = platforms.includes(options.platform) ? options.platform : (platforms[0] ?? options.platform);
  return {
    line: input,
    lineNumber: 1,
    file: options.file ?? null,
    text: input,
    symptom,
    errno: number === null ? errnoRef(errno.name, system) : { name: shown, number },
    platform,
    side: null,
    captures: { ...NO_CAPTURES, errno: number },
    causes: clean(catalogueCauses(symptom, system, '')).map((cause) => ({ cause, confidence: 'possible' })),
    primary: false,
  };
}

function explainMeanings(
  kind: Reading['kind'],
  input: string,
  meanings: readonly Meaning[],
  number: number | null,
  options: ExplainOptions,
): ExplainResult {
  const own = meanings.findIndex((meaning) => meaning.platforms.includes(options.platform));
  const matches = meanings.map((meaning, index) => ({
    ...meant(input, meaning, number, options),
    primary: index === Math.max(own, 0),
  }));
  return { platform: options.platform, matches, readings: readingsOf(kind, matches) };
}

function kindOfNumber(label: string | undefined): NumberKind {
  if (label === undefined) return 'any';
  if (/^(?:gaierror|eai)$/i.test(label)) return 'resolver';
  return /^(?:winerror|wsaerror)$/i.test(label) ? 'windows' : 'any';
}

/** Node says ENOTFOUND for what getaddrinfo calls EAI_NONAME; a Windows name belongs to Windows alone. */
function meaningOfName(name: string): Meaning | null {
  const row = findErrno(name.toUpperCase() === 'ENOTFOUND' ? 'EAI_NONAME' : name);
  if (row === null) return null;
  const windowsOnly = row.errno.name !== name.toUpperCase() && row.errno.win32Name === name.toUpperCase();
  const everywhere = (['linux', 'darwin', 'win32'] as const).filter((platform) => row.errno[platform] !== null);
  return { ...row, platforms: windowsOnly ? ['win32'] : everywhere };
}

/**
 * What an error means, without words: a number (`98`, `errno 13`, `-4091`, `gaierror -2`), an errno name, or any text,
 * trace or log. A number that means different things on different systems gives one match per meaning. Pure; never
 * throws; a text that reports no known failure gives no match.
 */
export function explain(input: string, options: ExplainOptions): ExplainResult {
  const trimmed = input.length > 64 ? input : input.trim();
  const numbered = NUMBER_INPUT.exec(trimmed);
  if (numbered !== null) {
    const number = Number(numbered[2]);
    return explainMeanings('number', trimmed, meaningsOf(number, kindOfNumber(numbered[1])), number, options);
  }
  const named = NAME_INPUT.exec(trimmed)?.[1];
  const meaning = named === undefined ? null : meaningOfName(named);
  if (meaning !== null) return explainMeanings('name', trimmed, [meaning], null, options);
  return explainText(input, options);
}
