/** The value of an environment variable; null when it is not set. */
export type ReadVariable = (name: string) => string | null;

const MAX_LENGTH = 16_384;

const PART = /\\([\s\S])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|([\s\S])/g;

/** The words of an option list such as NODE_OPTIONS: separated by spaces, quoted where they hold one. */
export function splitWords(text: string): string[] {
  return text.length > MAX_LENGTH
    ? []
    : (text.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\S)+/g) ?? []).map((word) => unquote(word));
}

/** A word of a shell without its quotes and backslashes. */
export function unquote(word: string): string {
  return word.replaceAll(PART, (_: string, escaped?: string, single?: string, double?: string, plain?: string) => {
    return escaped ?? single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? plain ?? '';
  });
}
