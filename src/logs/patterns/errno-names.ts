import { either } from '../clause.js';
import { ERRNO_ROWS } from '../errno.js';
import { pattern } from '../pattern.js';
import type { LogPattern } from '../pattern.js';
import type { Errno, SymptomId } from '../../model/symptom.js';

const CALLS =
  'listen|bind|connect|accept|read|write|recv|recvfrom|send|socket|getaddrinfo|query\\w{1,6}|kill|setsockopt|shutdown';

/** The places where a program writes the name of the error that it met. A bare name in a sentence is none of them. */
function namePlaces(name: string): string {
  return [
    `\\b(?:${CALLS}) ${name}\\b`,
    `\\b(?:code|errno)["']?: ?["']${name}["']`,
    `\\bErrno::${name}\\b`,
    `\\b[Ee]rror -?\\d{1,5} ${name}\\b`,
    `\\b${name} (?:\\d{1,3}\\.\\d{1,3}\\.|\\[?[0-9a-f]{0,4}::|localhost:)`,
    `= -1 ${name} \\(`,
    `(?:\\[|\\()${name}(?:\\]|\\))(?::|\\s{0,4}$)`,
    `^\\s{0,20}(?:[\\w.]{0,40}(?:Error|Exception): )?${name}(?:: \\S.{0,400})?\\s{0,4}$`,
    `: ${name}(?:\\s{0,4}$|: [a-z])`,
    `\\{error, ?${name.toLowerCase()}\\}`,
  ].join('|');
}

/** The numbers that say enough without their text. Below 35 they are errors of files as well. */
function tellingNumbers(errno: Errno): number[] {
  const posix = [errno.linux, errno.darwin].filter((number) => number !== null && number >= 35);
  const windows = [errno.win32].filter((number) => number !== null && number >= 10000);
  return [...new Set([...posix, ...windows])].filter((number) => number !== null);
}

function nameRow(name: string, symptom: SymptomId, errnoName: string): LogPattern {
  return pattern({
    id: `errno-${name.toLowerCase().replaceAll('_', '-')}`,
    literals: [name.toLowerCase()],
    regexp: new RegExp(namePlaces(name)),
    symptom,
    errnoName,
    hits: [`Error: connect ${name} 127.0.0.1:9229`, `  code: '${name}',`],
    nearMisses: [`# If you see ${name}, pick another port.`, `    if (err.code === '${name}') {`],
  });
}

function numberRow(errno: Errno, symptom: SymptomId): LogPattern[] {
  const numbers = tellingNumbers(errno);
  if (numbers.length === 0) return [];
  const own = numbers.join('|');
  return [
    pattern({
      id: `errno-number-${errno.name.toLowerCase().replaceAll('_', '-')}`,
      literals: ['errno', '[winerror ', '[error ', 'os error ', 'os { code'],
      regexp: either(
        new RegExp(`\\[(?:Errno|WinError|Error) (?:${own})\\]|\\(os error (?:${own})\\)`, 'i'),
        new RegExp(`\\berrno[ =:]{1,3}-?(?:${own})\\b|\\bOs \\{ code: (?:${own}),`, 'i'),
      ),
      symptom,
      errnoName: errno.name,
      hits: [`OSError: [Errno ${numbers[0]}] message in some language`],
      nearMisses: [`processed ${numbers[0]} records in 1.4 s`, `errno=0 (Success) after flushing ${numbers[0]} pages`],
    }),
  ];
}

/** A file, not a socket: these names are read by the patterns about files. */
const ABOUT_FILES = new Set([
  'ENOENT',
  'ENOEXEC',
  'EIO',
  'ENOMEM',
  'ERROR_FILE_NOT_FOUND',
  'ERROR_PATH_NOT_FOUND',
  'ERROR_ACCESS_DENIED',
]);

const SOCKET_ROWS = ERRNO_ROWS.filter(({ errno }) => !ABOUT_FILES.has(errno.name));

/** Errno names and numbers wherever programs print them. Made from the symptom table. */
export const errnoPatterns: readonly LogPattern[] = [
  pattern({
    id: 'errno-getaddrinfo-enoent',
    literals: ['getaddrinfo enoent'],
    regexp: /\bgetaddrinfo ENOENT\b/,
    symptom: 'name-not-resolved',
    errnoName: 'EAI_NONAME',
    causes: ['localhost-entry-broken', 'name-does-not-resolve'],
    hits: ['getaddrinfo ENOENT localhost:5858'],
    nearMisses: ['open ENOENT localhost'],
  }),
  nameRow('ENOTFOUND', 'name-not-resolved', 'EAI_NONAME'),
  ...SOCKET_ROWS.map(({ errno, symptom }) => nameRow(errno.name, symptom, errno.name)),
  ...SOCKET_ROWS.flatMap(({ errno, symptom }) =>
    errno.win32Name === null ? [] : [nameRow(errno.win32Name, symptom, errno.name)],
  ),
  ...SOCKET_ROWS.flatMap(({ errno, symptom }) => numberRow(errno, symptom)),
];
