/** The last stop before any output: what looks like a secret is replaced in every string of a document. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,100}):[^\s/@]{1,200}@/gi, '$1:<redacted>@'],
  [/\b(authorization:\s{0,4}(?:bearer|basic)?\s{0,4})\S{4,}/gi, '$1<redacted>'],
  [
    /\b([\w-]{0,40}(?:token|secret|password|passwd|(?:api|access|private)[-_]?key)["']?\s{0,2}[=:]\s{0,2})["']?[^\s"',;]{3,}/gi,
    '$1<redacted>',
  ],
  [/(--[\w-]{0,40}(?:token|secret|password|api-key)\s)(?!--)\S{3,}/gi, '$1<redacted>'],
  [/\beyJ[\w-]{10,500}\.[\w-]{10,4000}\.[\w-]{5,1000}/g, '<redacted>'],
];

export function redactText(text: string): string {
  return RULES.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}

/** The same document with every string redacted. Keys stay as they are. */
export function redactDeep<T>(value: T): T {
  if (typeof value === 'string') return redactText(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => redactDeep(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, redactDeep(item)]),
  ) as T;
}
