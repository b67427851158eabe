import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../src/adapters/option-words.js';
import { readArguments, readCommands } from '../../src/targets/command-text.js';
import type { SimpleCommand } from '../../src/targets/command-text.js';

/** `A=1 program argument` as one list. */
function flat(commands: SimpleCommand[]): string[][] {
  return commands.map(({ variables, argv }) => [...[...variables].map(([name, value]) => `${name}=${value}`), ...argv]);
}

describe('readCommands', () => {
  it.each([
    ['node app.js', [['node', 'app.js']]],
    [
      '  tsc -p . &&node "a b.js"  ',
      [
        ['tsc', '-p', '.'],
        ['node', 'a b.js'],
      ],
    ],
    ['a; b | c || d & e', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['a\nb # rest\nc#d', [['a'], ['b'], ['c#d']]],
    ['(cd x && y)', [['cd', 'x'], ['y']]],
    ['a 2>&1 >log', [['a', '2>&1', '>log']]],
    [String.raw`a\ b 'c d'"e \"f\" $g"h`, [['a b', 'c de "f" $gh']]],
    ['A=1 B="2 3" node x C=4', [['A=1', 'B=2 3', 'node', 'x', 'C=4']]],
    ["cross-env A=1 NODE_OPTIONS='--inspect --x' next dev", [['A=1', 'NODE_OPTIONS=--inspect --x', 'next', 'dev']]],
    ['env -i A=1 node x', [['A=1', 'node', 'x']]],
    [
      'export A=1; A=2 b; c',
      [
        ['A=2', 'b'],
        ['A=1', 'c'],
      ],
    ],
    ['set A=1 && node x', [['A=1', 'node', 'x']]],
    [
      'A=1 sh -c "B=2 node x && y"',
      [
        ['A=1', 'B=2', 'node', 'x'],
        ['A=1', 'y'],
      ],
    ],
    ['bash -lc "exec node x"', [['exec', 'node', 'x']]],
    [
      'concurrently -k "tsc -w" "node x"',
      [
        ['tsc', '-w'],
        ['node', 'x'],
      ],
    ],
    ['nodemon --watch src --exec "node --inspect x"', [['node', '--inspect', 'x']]],
    ['nodemon --inspect x', [['nodemon', '--inspect', 'x']]],
    ['sh', [['sh']]],
    ['A=1', []],
    ['"unclosed', [['"unclosed']]],
    ['', []],
  ])('%j', (text, commands) => {
    expect(flat(readCommands(text))).toEqual(commands);
  });

  it('ends: nested shells and long texts', () => {
    const nested = (levels: number): string => {
      return Array.from({ length: levels }).reduce<string>((text) => `sh -c ${JSON.stringify(text)}`, 'x');
    };
    expect(readCommands(nested(2))).toHaveLength(1);
    expect(readCommands(nested(9))).toEqual([]);
    expect(readCommands(Array.from({ length: 9 }).reduce<string>((text) => `env ${text}`, 'x'))).toEqual([]);
    expect(readCommands('x '.repeat(10_000))).toEqual([]);
  });
});

describe('readArguments', () => {
  it('splits only what a shell would', () => {
    expect(flat(readArguments(['node', 'a && b']))).toEqual([['node', 'a && b']]);
    expect(flat(readArguments(['sh', '-c', 'a && b']))).toEqual([['a'], ['b']]);
  });
});

describe('splitWords', () => {
  it('keeps what is quoted together', () => {
    expect(splitWords(` --inspect --require "./a b.js" '--x=1 2' `)).toEqual([
      '--inspect',
      '--require',
      './a b.js',
      '--x=1 2',
    ]);
  });
});

describe('any text', () => {
  const part = fc.oneof(
    fc.constantFrom('"', "'", '\\', ' ', '\n', '&&', ';', '$(', 'sh -c ', 'env ', 'A=1 ', '>&'),
    fc.string(),
  );

  it('is read without a throw, into commands that have a program', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const commands = readCommands(parts.join(''));
        expect(commands.every(({ argv }) => argv.length > 0)).toBe(true);
        expect(splitWords(parts.join('')).every((word) => typeof word === 'string')).toBe(true);
      }),
    );
  });
});
