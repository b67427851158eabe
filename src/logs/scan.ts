import type { CauseId } from '../model/cause-ids.js';
import type { Confidence } from '../model/check.js';
import type { Platform } from '../model/platform.js';
import type { ErrnoRef, SymptomId } from '../model/symptom.js';
import { capturesOf } from './captures.js';
import type { Captures } from './captures.js';
import { errnoOfLine } from './errno.js';
import { isNoEvent } from './no-event.js';
import type { LogPattern } from './pattern.js';
import { LOG_PATTERNS } from './patterns.js';
import { verbatim } from './clause.js';

/** Characters of a line that are looked at, around the place where an error text was suspected. */
const LINE_LIMIT = 8192;
/** Characters that two looks at a longer line have in common. */
const OVERLAP = 1024;
const DEFAULT_MAX_HITS = 1000;

export interface ScanOptions {
  /** Named in the matches; null or missing: no file. */
  file?: string | null;
  /** The system whose numbers stand for an errno that the line only names. */
  platform: Platform;
  /** Matches kept; of more the newest. */
  maxHits?: number;
}

/** A line that reports a failure. A `LogHit` with more to it. */
export interface LogMatch {
  file: string | null;
  /** From 1. */
  lineNumber: number;
  /** The line without its end and without colours, clipped; untrusted. */
  text: string;
  /** The part of the line that says the error. */
  part: string;
  pattern: string;
  symptom: SymptomId;
  errno: ErrnoRef | null;
  /** The system that the text or its number comes from; null: it could be any. */
  platform: Platform | null;
  captures: Captures;
  causes: readonly CauseId[];
  confidence: Confidence;
}

const LITERALS = [...new Set(LOG_PATTERNS.flatMap((pattern) => pattern.literals))];

/** One pass over a text finds the few lines that any pattern could match. */
const SUSPICION = LITERALS.map(verbatim).join('|');

const ESCAPE_SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-?]{0,32}[ -/]{0,8}[@-~]`, 'g');

/** Colours go, and other controls become spaces, so that they part words as they do on a screen. */
function withoutControls(line: string): string {
  return line
    .replace(ESCAPE_SEQUENCE, '')
    .replace(/\r$/, '')
    .replace(/[^\P{Cc}\t]/gu, ' ');
}

function holdsLiteral(pattern: LogPattern, lowerLine: string): boolean {
  return pattern.literals.some((literal) => lowerLine.includes(literal));
}

/** Matches one line, which must be clipped already. Null when it reports no failure that the table knows. */
export function matchLine(line: string, lineNumber: number, options: ScanOptions): LogMatch | null {
  const lowerLine = line.toLowerCase();
  for (const pattern of LOG_PATTERNS) {
    if (!holdsLiteral(pattern, lowerLine)) continue;
    const match = pattern.regexp.exec(line);
    if (match === null || (pattern.requires !== null && !pattern.requires.test(line))) continue;
    const part = match.groups?.text ?? match[0].trim();
    if (isNoEvent(line, match.index + match[0].indexOf(part), part.length)) return null;
    const stated = errnoOfLine(pattern.errnoName, line, pattern.platform ?? options.platform);
    return {
      file: options.file ?? null,
      lineNumber,
      text: line,
      part,
      pattern: pattern.id,
      symptom: pattern.symptom,
      errno: stated.ref,
      platform: pattern.platform ?? stated.platform,
      captures: capturesOf(line, match.groups ?? {}, stated.number),
      causes: pattern.causes,
      confidence: pattern.confidence,
    };
  }
  return null;
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

export interface LineScanner {
  /** The next piece of the log, cut anywhere. UTF-8 unless it is a string; other bytes do no harm. */
  push(chunk: string | Uint8Array): void;
  /** The last line, and the result: oldest first, with the number of lines that were seen and of matches dropped. */
  end(): { matches: readonly LogMatch[]; lines: number; dropped: number };
}

/** A scanner over input of any size; keeps at most a piece of one line and `maxHits` matches. */
export function createLineScanner(options: ScanOptions): LineScanner {
  const maxHits = options.maxHits ?? DEFAULT_MAX_HITS;
  const decoder = new TextDecoder();
  const suspicion = new RegExp(SUSPICION, 'gi');
  const matches: LogMatch[] = [];
  let dropped = 0;
  let line = 1;
  let rest = '';

  function keep(match: LogMatch): void {
    matches.push(match);
    if (matches.length <= maxHits) return;
    matches.shift();
    dropped += 1;
  }

  /** Looks at every suspicious place of whole lines, or of a piece of a line that is too long to keep. */
  function scanBlock(block: string): void {
    let counted = 0;
    suspicion.lastIndex = 0;
    for (let hit = suspicion.exec(block); hit !== null; hit = suspicion.exec(block)) {
      const lineStart = block.lastIndexOf('\n', hit.index - 1) + 1;
      const lineEnd = block.indexOf('\n', hit.index);
      const stop = lineEnd === -1 ? block.length : lineEnd;
      line += countLineEnds(block, counted, lineStart);
      counted = lineStart;
      const from = Math.max(lineStart, hit.index - OVERLAP);
      const whole = stop - lineStart <= LINE_LIMIT;
      const clipped = whole ? block.slice(lineStart, stop) : block.slice(from, Math.min(stop, from + LINE_LIMIT));
      const known = matches.at(-1)?.lineNumber === line;
      const match = known ? null : matchLine(withoutControls(clipped), line, options);
      if (match !== null) keep(match);
      suspicion.lastIndex =
        whole || known || match !== null ? stop : Math.max(hit.index + 1, from + LINE_LIMIT - OVERLAP);
    }
    line += countLineEnds(block, counted, block.length);
  }

  function take(text: string): void {
    const block = rest + text;
    const end = block.lastIndexOf('\n') + 1;
    if (end > 0) scanBlock(block.slice(0, end));
    rest = block.slice(end);
    if (rest.length <= 8 * LINE_LIMIT) return;
    scanBlock(rest);
    rest = rest.slice(-OVERLAP);
  }

  return {
    push(chunk) {
      take(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    },
    end() {
      take(decoder.decode());
      if (rest !== '') scanBlock(rest);
      const lines = line - (rest === '' ? 1 : 0);
      rest = '';
      return { matches, lines, dropped };
    },
  };
}

/** The failures that a text reports, oldest first. Never throws; the time grows with the length of the text. */
export function scanText(text: string, options: ScanOptions): readonly LogMatch[] {
  const scanner = createLineScanner(options);
  scanner.push(text);
  return scanner.end().matches;
}
