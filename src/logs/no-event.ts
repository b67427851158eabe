import { either } from './clause.js';

/** Structured entries of a level at which programs report no failure. */
const QUIET_LEVEL = either(
  /"(?:level|severity|lvl|levelname|log\.level)"\s?:\s?(?:"(?:trace|debug|info|notice)"|[1-3]0\b)/i,
  /\b(?:level|severity|lvl)=(?:trace|debug|info|notice)\b/i,
);

/** The same in plain logs, where the level stands in capitals near the beginning. */
const QUIET_LINE = /^(?:.{0,60}[\s[(|])?(?:INFO|DEBUG|TRACE)[\s\])|:]/;

const DOCUMENTATION = either(
  /^\W{0,8}(?:tip|hint|note|see|e\.g\.|example|usage|help|faq|todo|fixme|q:|a:|docs?)\b/i,
  /^\W{0,8}(?:if (?:you|the|your|python|node|it)|when (?:you|the))\b/i,
  /\b(?:is|are|gets?|be) (?:raised|thrown|returned|printed|shown|reported|logged) (?:when|if|on|for|by)\b/i,
  /\b(?:usually|typically|commonly) (?:means|goes|happens|indicates|appears)\b/i,
  /\bsee (?:also |man )?(?:\w{1,20}\(\d\)|man\b|page \d|section \d|chapter \d)/i,
  /\btroubleshooting (?:chapter|guide|section|page)\b|\(default[: ]/i,
);

const COMMIT = either(
  /^\s{0,8}(?:[-*•]\s)?(?=\d{0,39}[a-f])[0-9a-f]{7,40}\s/i,
  /^\s{0,8}(?:[-*•]\s)?(?:fix|feat|chore|docs|refactor|tests?|ci|build|perf|style)(?:\([\w./@ -]{1,60}\))?!?:\s/i,
  /^\s{0,8}(?:[-*•]\s)?(?:merge (?:pull|branch|remote)|closes|fixe[sd]|resolve[sd]|changelog|commit|reverts?) /i,
);

const SOURCE = either(
  // a numbered line of a code frame
  /^\s{0,40}[>+-]?\s{0,8}\d{1,6}\s{0,4}\|/,
  // statements and declarations, perhaps in a diff
  /^\s{0,80}[-+]?\s{0,40}(?:\}\s?)?(?:else\s)?(?:if|elif|while|for|switch|catch)\b\s{0,4}[\w.]{0,60}\s{0,4}[([]/,
  /^\s{0,80}[-+]?\s{0,40}(?:return|raise|throw|assert|except|await)\b\s{0,4}(?:new\s)?[\w.]{0,60}\s{0,4}[([]/,
  /^\s{0,80}[-+]?\s{0,40}(?:except|case|elif) [\w.'"]{1,60}(?: as \w{1,40})?:/,
  /^\s{0,80}[-+]?\s{0,40}(?:const|let|var|import|export|def|pub|fn|func|function|class|async)\s[\w{*]/,
  /^\s{0,80}[-+]?\s{0,40}(?:public|private|static|#define)\s[\w{*]/,
  /\s[!=]==\s|&&|\|\||(?:\)|=>)\s?\{\s{0,4}$|;\s{0,4}$|^>>> /,
  /\bconsole\.\w{1,12}\(|\b(?:print|puts|println!?|printf|logger\.\w{1,12}|log\.\w{1,12})\(["'`]/,
  // a comment, and one that a search found
  /^\s{0,80}(?:#(?![<\d{])|\/\/|\/\*|\s\* |<!--|--\s|;)/,
  /^\S{1,200}\.\w{1,5}:\d{1,6}:(?:\d{1,6}:)?\s{0,80}(?:\/\/|#|\*|--\s)/,
  /✖ \d{1,6} problems?|\bis defined but never used\b/,
);

const TEST_REPORT = either(
  /^\s{0,40}(?:✓|✔|√|☑|PASS\b|SKIP(?:PED)?\b|ok \d|---\s(?:PASS|SKIP))/i,
  /\[\s{0,4}(?:PASSED|OK)\s{0,4}\]|\bPASSED\b|\b\d{1,6} (?:passing|passed)\b|\.\.\.\s?ok$|\bxfail\b/i,
  /\b(?:it|test|describe|expect|context|scenario)(?:\.\w{1,12})?\(["'`]|\(expected (?:failure|error)\)/i,
);

const RECOVERED = either(
  /(?<!\bnot )\b(?:success|succeeded|successfully|recovered|healthy again|reconnected|released|freed|gracefully)\b/i,
  /\b(?:no further|link up|not in use|was solved|resolved itself|connected on attempt|back online)\b/i,
  /\bnow (?:free|accepting|available|listening|reachable)\b|\bfall(?:s|ed|ing)? back\b/i,
  /\btrying (?:another|the next|next)\b|\b(?:using|used|from|chose|picked) [\w .:-]{1,40} instead\b/i,
  /\busing (?:port )?:?\d{2,5}\b|\battempt \d{1,3} (?:ok|connected)\b/i,
  /\b(?:worked|connected|established|healthy|resumed|restored|online|ok) (?:on|after|at|again|now)\b/i,
  /(?:\.\.\.|…|[;,-]) ?(?:then )?(?:connected|ok|ready|up again|continuing)\b|\((?:ignored|expected|harmless)\)/i,
);

/** A package manager that may not write its own files. */
const PACKAGE_FILES = /^npm (?:ERR!|error|warn) .{0,200}\b(?:EACCES|EPERM|ENOENT)\b/;

const NO_EVENTS = [QUIET_LEVEL, QUIET_LINE, DOCUMENTATION, COMMIT, SOURCE, TEST_REPORT, RECOVERED, PACKAGE_FILES];

/** A quoted error text in the middle of a sentence: it is mentioned, not reported. */
function isMentioned(line: string, index: number, length: number): boolean {
  const before = line.slice(Math.max(0, index - 3), index + 1);
  const after = line.slice(index + length, index + length + 4);
  return /(?:^|[^:=,([{\s]\s)["'`“]/.test(before) && /^[.,]?["'`”],?\s\w/.test(after);
}

/** An error text that is counted: `timed out: 0`. */
function isZeroCounter(line: string, index: number, length: number): boolean {
  return /^["']?\s?[:=]\s?(?:0|none|no|never|false)\b(?![.:])/i.test(line.slice(index + length, index + length + 12));
}

/**
 * Whether a line that holds an error text reports no failure: documentation, source code, a commit title, a passed
 * test, an entry of level info, or something that recovered. `index` and `length` say where the error text stands.
 */
export function isNoEvent(line: string, index: number, length: number): boolean {
  const quiet = NO_EVENTS.some((regexp) => regexp.test(line));
  return quiet || isMentioned(line, index, length) || isZeroCounter(line, index, length);
}
