import type { Platform } from '../model/platform.js';
import { SYMPTOM_IDS, SYMPTOMS, errnoRef } from '../model/symptom.js';
import type { Errno, ErrnoRef, SymptomId } from '../model/symptom.js';

export interface ErrnoRow {
  symptom: SymptomId;
  errno: Errno;
}

/** The symptom table as rows, each errno name once, under the symptom it has when a socket was bound or dialled. */
export const ERRNO_ROWS: readonly ErrnoRow[] = SYMPTOM_IDS.flatMap((symptom) =>
  SYMPTOMS[symptom].map((errno) => ({ symptom, errno })),
).filter((row, index, rows) => rows.findIndex((other) => other.errno.name === row.errno.name) === index);

/** The row of an errno name (EADDRINUSE, WSAEADDRINUSE); null when unknown. */
export function findErrno(name: string): ErrnoRow | null {
  const wanted = name.toUpperCase();
  return ERRNO_ROWS.find(({ errno }) => errno.name === wanted || errno.win32Name === wanted) ?? null;
}

/**
 * The systems on which a number is this errno. Node prints errnos below zero (-98, or -4091 on Windows); getaddrinfo's
 * numbers have a sign of their own on each system.
 */
function platformsOf(errno: Errno, number: number): Platform[] {
  const platforms: Platform[] = [];
  for (const platform of ['linux', 'darwin'] as const) {
    const own = errno[platform];
    const negated = !errno.name.startsWith('EAI_') && own === -number;
    if (own !== null && (own === number || negated)) platforms.push(platform);
  }
  if (errno.win32 === number || (errno.libuvWin32 !== null && errno.libuvWin32 === number)) platforms.push('win32');
  return platforms;
}

/**
 * Ways to write an error number down. A number in any other place is a count, a port or a size.
 * A row of digits directly behind a bracket, `(98: Address…` or `(98)Address…`, is nginx's and Apache's way.
 */
const NUMBER_FORMS = [
  /\[(?:errno|winerror|error) (-?\d{1,5})\]/gi,
  /\b(?:os error|errno|system error|winerror|wsaerror|err no)\b["']?\s?[:=]?\s?(-?\d{1,5})\b/gi,
  /\((-?\d{1,5})(?:: |\)(?=[A-Z:]))/g,
  /\bcode: (-?\d{1,5}), kind:/g,
  /\[(-?\d{1,5})\]: /g,
  /\b(?:error|exception) \(?(-?\d{2,5})\)?(?=[ :])/gi,
  /[a-z.] \((-?\d{1,5})\)(?:\s|[.,]|$)/g,
];

/** The error numbers that a line states, in order of the forms. */
function statedNumbers(line: string): number[] {
  const numbers: number[] = [];
  for (const form of NUMBER_FORMS) {
    for (const match of line.matchAll(form)) numbers.push(Number(match[1]));
  }
  return numbers;
}

export interface StatedErrno {
  ref: ErrnoRef | null;
  /** The system that the number belongs to; null: no number, or the same one on several systems. */
  platform: Platform | null;
  /** The number as the line states it. */
  number: number | null;
}

/** The errno of a line whose text stands for `name`; a number that disagrees with the text is no part of it. */
export function errnoOfLine(name: string | null, line: string, fallback: Platform): StatedErrno {
  const row = name === null ? null : findErrno(name);
  if (name === null || row === null) return { ref: null, platform: null, number: null };
  for (const number of statedNumbers(line)) {
    const platforms = platformsOf(row.errno, number);
    if (platforms.length === 0) continue;
    const platform = platforms.length === 1 ? (platforms[0] ?? null) : null;
    const windowsName = number > 0 && platform === 'win32' ? row.errno.win32Name : null;
    return { ref: { name: windowsName ?? row.errno.name, number }, platform, number };
  }
  return { ref: errnoRef(row.errno.name, fallback), platform: null, number: null };
}

export interface Meaning extends ErrnoRow {
  /** Where the number means this. */
  platforms: readonly Platform[];
}

/** What a number may be besides an errno: getaddrinfo's result, or a Windows error. `any` when nothing is told. */
export type NumberKind = 'any' | 'resolver' | 'windows';

/** getaddrinfo's small numbers on macOS and Linux collide with errnos; only those below zero are told by their sign. */
function fits(row: ErrnoRow, number: number, kind: NumberKind, platform: Platform): boolean {
  const resolver = row.errno.name.startsWith('EAI_');
  if (kind === 'resolver') return resolver;
  if (kind === 'windows') return platform === 'win32' && number > 0;
  return !resolver || platform === 'win32' || (platform === 'linux' && number < 0 && row.errno.linux === number);
}

/** Everything that a number stands for, one meaning per errno name; getaddrinfo's negative numbers first. */
export function meaningsOf(number: number, kind: NumberKind): Meaning[] {
  const meanings = ERRNO_ROWS.map((row) => ({
    ...row,
    platforms: platformsOf(row.errno, number).filter((platform) => fits(row, number, kind, platform)),
  })).filter((meaning) => meaning.platforms.length > 0);
  const isResolver = (meaning: Meaning): number => (meaning.symptom === 'name-not-resolved' ? 0 : 1);
  return meanings.toSorted((one, other) => isResolver(one) - isResolver(other));
}
