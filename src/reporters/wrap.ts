const NARROWEST = 40;

/**
 * Breaks prose into lines of at most `width` columns, each after `indent`; words that are longer stay whole. An
 * infinite width, as for a pipe, gives one line.
 */
export function wrap(text: string, indent: string, width: number): string[] {
  const room = Math.max(NARROWEST, width) - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
