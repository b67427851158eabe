import type { Node } from 'jsonc-parser';
import { formatKeyPath, position, propertiesOf } from './jsonc-document.js';
import type { JsoncDocument, KeyPath } from './jsonc-document.js';

/** The keys that a configuration file may hold: sections, and the keys of each. */
export type KnownKeys = Readonly<Record<string, readonly string[]>>;

const MAX_WARNINGS = 20;
const MAX_COMPARED_LENGTH = 64;

/** Written only when it is shown: a hostile file can hold a hundred thousand. */
type Warning = () => string;

/**
 * One warning for each key that nobody reads, with the key that was probably meant, and for each key that stands twice
 * in one object. At most 20, and one more that counts the rest.
 */
export function keyWarnings(document: JsoncDocument, known: KnownKeys): string[] {
  const warnings = [...unknownKeys(document, known), ...duplicateKeys(document.text, document.root, [])];
  const shown = warnings.slice(0, MAX_WARNINGS).map((write) => write());
  const left = warnings.length - shown.length;
  return left > 0 ? [...shown, `${left} more keys are unknown or stand twice`] : shown;
}

function unknownKeys({ root, text }: JsoncDocument, known: KnownKeys): Warning[] {
  const sections = Object.keys(known);
  return propertiesOf(root).flatMap(({ key: section, keyNode, valueNode }) => {
    if (!Object.hasOwn(known, section)) {
      const meant = (): string | undefined => nearest(section, sections) ?? sameKeyElsewhere(section, known);
      return [unknownKey(text, [section], keyNode.offset, meant)];
    }
    const keys = known[section] ?? [];
    return propertiesOf(valueNode)
      .filter(({ key }) => !keys.includes(key))
      .map(({ key, keyNode: { offset } }) => {
        const sibling = (): string | undefined => prefixed(section, nearest(key, keys));
        return unknownKey(text, [section, key], offset, () => sibling() ?? sameKeyElsewhere(key, known));
      });
  });
}

function unknownKey(text: string, path: KeyPath, offset: number, findMeant: () => string | undefined): Warning {
  return () => {
    const meant = findMeant();
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return `unknown key ${formatKeyPath(path)} at ${position(text, offset)}${hint}`;
  };
}

function duplicateKeys(text: string, node: Node, path: KeyPath): Warning[] {
  if (node.type === 'array') {
    return (node.children ?? []).flatMap((child, index) => duplicateKeys(text, child, [...path, index]));
  }
  const seen = new Set<string>();
  return propertiesOf(node).flatMap(({ key, keyNode, valueNode }) => {
    const keyPath = [...path, key];
    const warnings = duplicateKeys(text, valueNode, keyPath);
    if (!seen.has(key)) {
      seen.add(key);
      return warnings;
    }
    const again = `key ${formatKeyPath(keyPath)} stands twice, again at `;
    return [() => `${again}${position(text, keyNode.offset)}; the last one counts`, ...warnings];
  });
}

function prefixed(section: string, key: string | undefined): string | undefined {
  return key === undefined ? undefined : `${section}.${key}`;
}

function sameKeyElsewhere(key: string, known: KnownKeys): string | undefined {
  const section = Object.keys(known).find((candidate) => known[candidate]?.includes(key));
  return section === undefined ? undefined : prefixed(section, key);
}

/** The known key that differs by one slip, or by two in a longer word. `waitForClient` counts as `wait_for_client`. */
function nearest(key: string, candidates: readonly string[]): string | undefined {
  if (key.length > MAX_COMPARED_LENGTH) return undefined;
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, '');
  const wanted = bare(key);
  const allowed = wanted.length > 4 ? 2 : 1;
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(wanted, bare(candidate)) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}
