import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/targets/yaml-document.js';
import type { YamlNode } from '../../src/targets/yaml-document.js';

function rootOf(text: string): YamlNode {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.root;
}

/** Everything below a node, as plain data. */
function dataOf(node: YamlNode): unknown {
  if (node.text !== null) return node.text;
  const entries = node.entries().map(({ key, valueNode }) => [key, dataOf(valueNode)]);
  return entries.length > 0 ? Object.fromEntries(entries) : node.items().map((item) => dataOf(item));
}

describe('parseYaml', () => {
  it('reads scalars as they are written', () => {
    const text = 'a: 9229\nb: "9229:9229"\nc: 22:22\nd: yes\ne:\nf: 0x10\ng: >\n  two\n  lines\nh: [1, {i: 2}]\n';
    const scalars = { a: '9229', b: '9229:9229', c: '22:22', d: 'yes', e: [], f: '0x10', g: 'two lines\n' };
    expect(dataOf(rootOf(text))).toEqual({ ...scalars, h: ['1', { i: '2' }] });
  });

  it('follows aliases and merges; the own key wins, and of two alike the last', () => {
    const text = 'x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  a: 5\nl: *x\nm: {a: 1, a: 2}\n';
    const root = rootOf(text);
    expect(root.get('z')?.get('a')?.text).toBe('5');
    expect(root.get('z')?.get('c')?.text).toBe('4');
    expect(root.get('l')?.get('b')?.text).toBe('2');
    expect(root.get('m')?.get('a')?.text).toBe('2');
    expect(root.get('z')?.get('nothing')).toBeNull();
  });

  it('places keys, values and aliases', () => {
    const root = rootOf('services:\n  web: &w\n    ports:\n      - "1:2"\n  api: *w\n');
    const services = root.get('services')?.entries() ?? [];
    expect(services.map(({ keyNode }) => keyNode.place)).toEqual([
      { line: 2, column: 3 },
      { line: 5, column: 3 },
    ]);
    expect(services[0]?.valueNode.get('ports')?.items()[0]?.place).toEqual({ line: 4, column: 9 });
    expect(services[1]?.valueNode.place).toEqual({ line: 5, column: 8 });
  });

  it.each([
    ['an open sequence', 'a: [1\nb: 2', 2, 1],
    ['an open text', 'a: "x', 1, 6],
    ['a mapping where a text began', 'a: 1\n b: 2', 1, 4],
    ['a tab', '\ta: 1', 1, 1],
    ['two documents', 'a: 1\n---\nb: 2', 2, 1],
    ['an alias of nothing', 'a: *b', 1, 4],
    ['nothing', '', 1, 1],
    ['a comment', '# nothing', 1, 1],
    ['nested flow', `a: ${'['.repeat(100)}`, 1, 67],
    ['nested items', '- '.repeat(100_000), 1, 129],
    ['more than 1 MB', `a: ${'x'.repeat(1024 * 1024)}`, 1, 1],
  ])('refuses %s and says where', (_, text, line, column) => {
    expect(parseYaml(text)).toMatchObject({ ok: false, place: { line, column } });
  });

  it('ends for circles and for aliases that multiply', () => {
    expect(rootOf('a: &a\n  <<: *a\n  b: 1\n').get('a')?.get('b')?.text).toBe('1');
    const levels = Array.from({ length: 7 }, (_, level) => {
      const below = Array.from({ length: 20 }).fill(`*l${level}`).join(', ');
      return `l${level + 1}: &l${level + 1}\n  <<: [${below}]\n`;
    });
    const root = rootOf(`l0: &l0 {a: 1}\n${levels.join('')}`);
    expect(root.get('l7')?.entries().length).toBeLessThan(200_000);
  });
});
