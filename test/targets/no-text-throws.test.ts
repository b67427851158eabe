import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments, readCommands } from '../../src/targets/command-text.js';
import { debugOptionsOf } from '../../src/targets/debug-options.js';
import { fillVariables, variablesIn } from '../../src/targets/shell-variables.js';
import { parseYaml } from '../../src/targets/yaml-document.js';

const PIECES = [
  'a: b\n§- §  §{§[§]§}§,§: §&a§*a§<<: §|\n§>-\n§!!map §---\n§"§\'§#§${A§:-§}§$§$$§=§;§&&§ sh -c §env A=1 §node §--inspect',
  '=9229§npm run §java -agentlib:jdwp=§server=y§address=§:§nest start --debug §php -dxdebug.mode=debug §\\',
].flatMap((pieces) => pieces.split('§'));

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 80 }).map((parts) => parts.join('')),
);

describe('no text throws', () => {
  it('as YAML', () => {
    fc.assert(
      fc.property(text, (source) => {
        const parsed = parseYaml(source);
        expect(parsed.ok || (parsed.reason !== '' && parsed.place.line >= 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('as a command with its debug options', () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const command of [...readCommands(source), ...readArguments(source.split(' '))]) {
          for (const { port } of debugOptionsOf(command))
            expect(port === null || Number.isSafeInteger(port)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('as a value with variables, and what is left is shown', () => {
    fc.assert(
      fc.property(text, fc.option(text), (source, value) => {
        const filled = fillVariables(source, () => value);
        expect(filled.length).toBeLessThanOrEqual(source.length * 2 + 16_384);
        expect(variablesIn(filled).every((variable) => variable.startsWith('${'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
