/** An element with its attributes; texts between elements are not kept. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** Where its `<` stands. */
  offset: number;
}

export interface ScannedXml {
  /** The elements that belong to no other one; with a problem, those that were read until then. */
  roots: readonly XmlElement[];
  problem: { offset: number; reason: string } | null;
}

const MAX_LENGTH = 2 * 1024 * 1024;
const MAX_DEPTH = 64;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/** What is skipped as a whole, by how it begins and ends. */
const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

interface OpenElement extends XmlElement {
  children: OpenElement[];
}

/**
 * Reads the elements of an XML text of at most 2 MB and 64 levels. It expands the five named entities and no other, and
 * refuses a document type, so that a file cannot grow while it is read. Never throws.
 */
export function scanXml(source: string): ScannedXml {
  const roots: OpenElement[] = [];
  if (source.length > MAX_LENGTH) return { roots, problem: { offset: 0, reason: 'it is larger than 2 MB' } };
  const open: OpenElement[] = [];
  const stop = (offset: number, reason: string): ScannedXml => ({ roots, problem: { offset, reason } });
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at)) {
    const skipped = SKIPPED.find(([begin]) => source.startsWith(begin, at));
    if (skipped !== undefined) {
      const end = source.indexOf(skipped[1], at + skipped[0].length);
      if (end < 0) return stop(at, `${skipped[0]} has no ${skipped[1]}`);
      at = end + skipped[1].length;
    } else if (source.startsWith('<!', at)) {
      return stop(at, 'it has a document type');
    } else if (source.startsWith('</', at)) {
      const [text, name] = matchAt(/<\/([A-Za-z_:][\w:.-]*)\s*>/y, source, at);
      const element = open.pop();
      if (element === undefined || element.name !== name)
        return stop(at, 'an end tag stands where no such element is open');
      at += text.length;
    } else {
      const tag = readTag(source, at);
      if (tag === null) return stop(at, 'a tag is malformed');
      (open.at(-1)?.children ?? roots).push(tag.element);
      if (!tag.isClosed && open.push(tag.element) > MAX_DEPTH)
        return stop(at, `it is nested deeper than ${MAX_DEPTH} levels`);
      at = tag.end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return stop(unclosed.offset, 'an element is not closed');
  return { roots, problem: roots.length === 0 ? { offset: 0, reason: 'it holds no element' } : null };
}

function readTag(source: string, offset: number): { element: OpenElement; end: number; isClosed: boolean } | null {
  const [begin, name] = matchAt(/<([A-Za-z_:][\w:.-]*)/y, source, offset);
  if (name === undefined) return null;
  const attributes = new Map<string, string>();
  let end = offset + begin.length;
  for (;;) {
    const attribute = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
    const [text, key, double, single = ''] = matchAt(attribute, source, end);
    if (key === undefined) break;
    attributes.set(
      key,
      (double ?? single).replaceAll(/&\w+;/g, (entity) => ENTITIES.get(entity) ?? entity),
    );
    end += text.length;
  }
  const [close, slash] = matchAt(/\s*(\/?)>/y, source, end);
  if (slash === undefined) return null;
  return { element: { name, attributes, children: [], offset }, end: end + close.length, isClosed: slash === '/' };
}

/** The whole match and its groups; an empty text without groups when the pattern does not stand there. */
function matchAt(pattern: RegExp, source: string, offset: number): readonly [string, ...(string | undefined)[]] {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = offset;
  const [text = '', ...groups] = sticky.exec(source) ?? [];
  return [text, ...groups];
}
