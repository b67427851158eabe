const BEFORE = [
  '(?:^\\s{0,80}',
  '[\\])}(\\[{:"\'`>|,;=.?!】）-]\\s{0,4}',
  '\\b(?:error|failed|failure|because|reason|errno -?\\d{1,5})\\s)',
].join('|');
const AFTER =
  '(?=\\s{0,4}(?:$|[.,:;()\\[\\]{}"\'`<>|!。，-])|\\s(?:during|while|after \\d|at [\\w./]|in [/<]|by peer|unable))';

/**
 * Matches an error text that stands as a clause of its own, as programs print it behind a colon, in brackets or alone.
 * Inside a sentence ("shows a hint after connection refused") the same words are no error.
 * The texts are sources of regular expressions; the part is in the group `text`.
 */
export function clause(texts: readonly string[]): RegExp {
  return new RegExp(`${BEFORE}(?<text>${texts.join('|')})${AFTER}`, 'i');
}

/** The source of a regular expression that matches a text as it stands. */
export function verbatim(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** One regular expression out of several alternatives, with the flags of the first. */
export function either(first: RegExp, ...others: readonly RegExp[]): RegExp {
  return new RegExp([first, ...others].map((regexp) => regexp.source).join('|'), first.flags);
}
