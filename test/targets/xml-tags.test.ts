import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanXml } from '../../src/targets/xml-tags.js';
import type { XmlElement } from '../../src/targets/xml-tags.js';

/** `name[attribute=value](children)` */
function outline({ name, attributes, children }: XmlElement): string {
  const inside = children.map((child) => outline(child)).join(',');
  return `${name}[${[...attributes].map((pair) => pair.join('=')).join(' ')}](${inside})`;
}

function outlines(text: string): string[] {
  return scanXml(text).roots.map((root) => outline(root));
}

describe('scanXml', () => {
  it.each([
    ['<a/>', ['a[]()']],
    ['\uFEFF<?xml version="1.0"?>\n<a b="1"\n  c = \'2"\' >x<d/></a >', ['a[b=1 c=2"](d[]())']],
    ['<a><!-- <b> --><![CDATA[ <c> ]]><d:e-f.g/></a>', ['a[](d:e-f.g[]())']],
    ['<a b="&lt;&gt;&amp;&quot;&apos;&#10;&other;&amp;lt;"/>', ['a[b=<>&"\'&#10;&other;&lt;]()']],
    ['<a b=">"/>', ['a[b=>]()']],
    ['<a __proto__="1"/><c/>', ['a[__proto__=1]()', 'c[]()']],
  ])('reads %j', (text, expected) => {
    expect(scanXml(text).problem).toBeNull();
    expect(outlines(text)).toEqual(expected);
  });

  it('says where an element begins', () => {
    expect(scanXml('<a>\n  <b/></a>').roots[0]?.children[0]?.offset).toBe(6);
  });

  it.each([
    ['', 0],
    ['no tags', 0],
    ['<a>', 0],
    ['<a><b></a>', 6],
    ['<a/></a>', 4],
    ['<a b=1/>', 0],
    ['<a b="1"c="2"/>', 0],
    ['<a b="<"/>', 0],
    ['<a b="1', 0],
    ['< a/>', 0],
    ['<a><!-- </a>', 3],
    ['<a><![CDATA[ </a>', 3],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', 0],
    ['<a>'.repeat(100), 192],
    [`<a>${' '.repeat(2 * 1024 * 1024)}</a>`, 0],
  ])('refuses case %# and says where', (text, offset) => {
    expect(scanXml(text).problem?.offset).toBe(offset);
  });

  it('keeps what it read before a problem', () => {
    expect(outlines('<a><b c="1"/><d')).toEqual(['a[](b[c=1]())']);
  });

  it('reads any text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '<a',
      ' b="',
      '"',
      "'",
      '=',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '&amp;',
      '</a>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))), (pieces) => {
        const text = pieces.join('');
        const { problem } = scanXml(text);
        expect(problem === null || (problem.offset >= 0 && problem.offset <= text.length)).toBe(true);
      }),
    );
  });
});
