import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Platform } from '../../../src/model/platform.js';
import { fillVariables } from '../../../src/targets/formats/vscode-variables.js';
import type { Surroundings } from '../../../src/targets/formats/vscode-variables.js';

const variables = new Map([
  ['HOME', '/home/dev'],
  ['USERPROFILE', 'C:\\Users\\dev'],
  ['PORT', '5678'],
  ['EMPTY', ''],
]);

function surroundingsOf(platform: Platform, folder: string | null): Surroundings {
  return {
    folder,
    folders: new Map([['api', '/work/api']]),
    platform,
    environment: (name) => variables.get(name) ?? null,
    inputs: new Map([['port', '9229']]),
  };
}

const linux = surroundingsOf('linux', '/work/shop');
const windows = surroundingsOf('win32', 'C:\\work\\shop');
const several = surroundingsOf('linux', null);

describe('fillVariables', () => {
  it.each([
    [linux, 'plain', 'plain'],
    [linux, '${workspaceFolder}/a.py', '/work/shop/a.py'],
    [linux, '${workspaceRoot}/a.py', '/work/shop/a.py'],
    [linux, '${workspaceFolder:api}/a.py', '/work/api/a.py'],
    [linux, '${workspaceFolderBasename}', 'shop'],
    [linux, '${workspaceFolderBasename:api}', 'api'],
    [windows, '${workspaceFolderBasename}', 'shop'],
    [linux, '${env:PORT}', '5678'],
    [linux, '[${env:EMPTY}]', '[]'],
    [linux, '${userHome}', '/home/dev'],
    [windows, '${userHome}', 'C:\\Users\\dev'],
    [linux, 'a${pathSeparator}b${/}c', 'a/b/c'],
    [windows, 'a${pathSeparator}b${/}c', 'a\\b\\c'],
    [linux, 'localhost:${input:port}', 'localhost:9229'],
    [linux, '$HOME ${ } $${', '$HOME ${ } $${'],
  ])('%#: %s', (surroundings, text, filled) => {
    expect(fillVariables(text, surroundings).text).toBe(filled);
  });

  it.each([
    [linux, '${file}'],
    [linux, '${config:shop.port}'],
    [linux, '${command:pickProcess}'],
    [linux, '${input:host}'],
    [linux, '${env:UNSET}'],
    [linux, '${env}'],
    [linux, '${workspaceFolder:other}'],
    [several, '${workspaceFolder}'],
    [several, '${workspaceFolderBasename}'],
    [linux, '${__proto__}'],
  ])('%#: leaves %s to the editor', (surroundings, variable) => {
    expect(fillVariables(`a ${variable} b`, surroundings)).toEqual({
      text: `a ${variable} b`,
      unresolved: [variable],
      hasVariables: true,
    });
  });

  it('does not fill in what a value brings along', () => {
    const hostile = { ...linux, environment: () => '${userHome}' };
    expect(fillVariables('${env:X}', hostile)).toEqual({ text: '${userHome}', unresolved: [], hasVariables: true });
  });

  it('never throws, and only a variable changes a text', () => {
    const texts = fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '/', 'env', 'input', 'port', ' ') });
    fc.assert(
      fc.property(texts, (text) => {
        const { text: filled, hasVariables } = fillVariables(text, linux);
        expect(hasVariables || filled === text).toBe(true);
      }),
    );
  });
});
