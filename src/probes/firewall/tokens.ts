/** Characters that stand for themselves in an nft rule, unless quoted. */
const SINGLE = new Set(['{', '}', ',', '(', ')']);

/** Splits an nft rule into words. Quoted text keeps its quotes; what follows an unquoted `#` is left out. */
export function nftTokens(text: string): string[] {
  const tokens: string[] = [];
  let word = '';
  const end = (): void => {
    if (word !== '') tokens.push(word);
    word = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '#') break;
    if (character === '"') {
      const close = text.indexOf('"', at + 1);
      const stop = close === -1 ? text.length : close + 1;
      word += text.slice(at, stop);
      at = stop - 1;
    } else if (character === ' ' || character === '\t' || character === '\n') {
      end();
    } else if (SINGLE.has(character)) {
      end();
      tokens.push(character);
    } else {
      word += character;
    }
  }
  end();
  return tokens;
}

/** Splits a line of iptables-save into arguments; quotes are taken off, with their backslashes. */
export function iptablesTokens(line: string): string[] {
  const tokens: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quoted && character === '\\') {
      at += 1;
      word = (word ?? '') + (line[at] ?? '');
    } else if (character === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (character === ' ' && !quoted) {
      if (word !== null) tokens.push(word);
      word = null;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (word !== null) tokens.push(word);
  return tokens;
}
