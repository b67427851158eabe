/**
 * One JSON document and a line end. Characters that a terminal or a log viewer could take for a command stay escaped:
 * JSON.stringify escapes C0 controls, and C1 controls and text-direction overrides are escaped here.
 */
export function renderJson(document: unknown): string {
  const text = JSON.stringify(document, null, 2).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}
