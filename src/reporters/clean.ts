/** C0 and C1 controls, DEL, and the characters that turn the direction of text. */
const UNSAFE = /\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function shown(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0xff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\x${code.toString(16).padStart(2, '0')}`;
}

/**
 * Makes untrusted text safe for one line of a terminal: line ends and tabs become spaces, other controls are written
 * out (`\x1b`), and what is longer than `maxLength` characters is cut with an ellipsis.
 */
export function clean(text: string, maxLength = 500): string {
  const part = text.length > maxLength * 2 ? text.slice(0, maxLength * 2) : text;
  const safe = part.replace(/\r?\n|[\r\t\v\f\u2028\u2029]/g, ' ').replace(UNSAFE, shown);
  const cut = part.length < text.length || safe.length > maxLength;
  return cut ? `${safe.slice(0, Math.max(0, maxLength - 1)).replace(/[\ud800-\udbff]$/, '')}…` : safe;
}
