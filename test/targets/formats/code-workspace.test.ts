import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeWorkspace } from '../../../src/targets/formats/code-workspace.js';
import type { FileContent } from '../../../src/targets/formats/format.js';

function read(text: string): FileContent {
  return codeWorkspace.read(text, {
    file: '/home/dev/shop/shop.code-workspace',
    folder: '/home/dev/shop',
    platform: 'linux',
    environment: () => null,
  });
}

function programsWith(folders: unknown, program: string): readonly string[][] {
  const configuration = { name: 'a', type: 'node', request: 'launch', program };
  const { configurations } = read(JSON.stringify({ folders, launch: { configurations: [configuration] } }));
  return configurations.map(({ command, unresolved }) => [...command, ...unresolved]);
}

describe('codeWorkspace', () => {
  it('takes its one folder for the folder', () => {
    expect(programsWith([{ path: '../other' }], '${workspaceFolder}/a.js')).toEqual([['node', '/home/dev/other/a.js']]);
  });

  it('does not choose among several folders, or none', () => {
    const open = [['node', '${workspaceFolder}/a.js', '${workspaceFolder}']];
    expect(programsWith([{ path: 'a' }, { path: 'b' }], '${workspaceFolder}/a.js')).toEqual(open);
    expect(programsWith(undefined, '${workspaceFolder}/a.js')).toEqual(open);
  });

  it.each([
    ['api', '/home/dev/shop/services/a/x.js'],
    ['b', '/srv/b/x.js'],
  ])('finds the folder %s by its name or the end of its path', (name, program) => {
    const folders = [{ path: 'services/a', name: 'api' }, { path: '/srv/b' }, { uri: 'vscode-remote://x/c' }, 7];
    expect(programsWith(folders, `\${workspaceFolder:${name}}/x.js`)).toEqual([['node', program]]);
  });

  it.each([
    ['{}', []],
    ['{ "launch": 7 }', ['1:13']],
    ['{ "launch": { "configurations": {} } }', ['1:33']],
    ['{ "folders": 7, "launch": {} }', ['1:14']],
    ['{ "launch": ', ['1:13']],
    ['7', ['1:1']],
  ])('says where %s is wrong', (text, places) => {
    expect(read(text).problems.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
  });

  it('never throws', () => {
    const launch = fc.dictionary(fc.constantFrom('configurations', 'inputs', 'compounds'), fc.jsonValue());
    const files = fc.record(
      { folders: fc.jsonValue(), launch: fc.oneof(launch, fc.jsonValue()) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          files.map((file) => JSON.stringify(file)),
        ),
        (text) => {
          for (const { cwd } of read(text).configurations) expect(cwd.startsWith('/')).toBe(true);
        },
      ),
    );
  });
});
