import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devcontainer } from '../../../src/targets/formats/devcontainer.js';
import type { FileContent } from '../../../src/targets/formats/format.js';

function read(text: string): FileContent {
  const context = { folder: '/shop', platform: 'linux', environment: () => null } as const;
  return devcontainer.read(text, { ...context, file: '/shop/.devcontainer/devcontainer.json' });
}

describe('devcontainer', () => {
  it.each([
    ['5678', 'debugpy', 5678],
    ['5687', 'debugpy', 5687],
    ['5688', 'tcp', 5688],
    ['9229', 'node', 9229],
    ['"worker:9230"', 'node', 9230],
    ['"5005"', 'jdwp', 5005],
    ['3000', 'tcp', 3000],
    ['70000', 'tcp', 70000],
  ])('forwards %s', (written, adapter, port) => {
    expect(read(`{ "forwardPorts": [${written}] }`)).toMatchObject({
      configurations: [{ role: 'client', request: 'attach', adapter, host: 'localhost', port, line: 1, column: 20 }],
      problems: [],
    });
  });

  it('leads to a number that can be edited, and to no text', () => {
    const { configurations } = read('{ "forwardPorts": ["db:5678", 5678] }');
    expect(configurations.map(({ portKeyPath }) => portKeyPath)).toEqual([null, ['forwardPorts', '1']]);
  });

  it('names a port by its label', () => {
    const attributes = { '5678': { label: 'the debugger' }, 'db:5432': { label: 7 }, '3000': 'web' };
    const { configurations } = read(
      JSON.stringify({ forwardPorts: [5678, 'db:5432', 3000], portsAttributes: attributes }),
    );
    expect(configurations.map(({ name }) => name.includes('the debugger'))).toEqual([true, false, false]);
    expect(new Set(configurations.map(({ name }) => name)).size).toBe(3);
  });

  it.each([
    ['{ "forwardPorts": 5678 }', ['1:19']],
    ['{ "forwardPorts": [5678.5, null, {}, "db:", "db", 5678] }', ['1:20', '1:28', '1:34', '1:38', '1:45']],
    ['{ "forwardPorts": [5678,,] }', ['1:25']],
    ['[]', ['1:1']],
    ['{}', []],
  ])('says where %s is wrong', (text, places) => {
    expect(read(text).problems.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
  });

  it('never throws', () => {
    const files = fc.record({ forwardPorts: fc.array(fc.jsonValue()), portsAttributes: fc.jsonValue() });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          files.map((file) => JSON.stringify(file)),
        ),
        (text) => {
          for (const { port } of read(text).configurations) expect(Number.isSafeInteger(port)).toBe(true);
        },
      ),
    );
  });
});
