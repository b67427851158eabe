import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/targets/formats/compose.js';
import { debugpyConfigFormat } from '../../../src/targets/formats/debugpy-config-format.js';
import { dotenv } from '../../../src/targets/formats/dotenv.js';
import type { FileContent } from '../../../src/targets/formats/format.js';
import { jetbrains } from '../../../src/targets/formats/jetbrains.js';
import { packageJson } from '../../../src/targets/formats/package-json.js';
import { procfile } from '../../../src/targets/formats/procfile.js';
import { readAs } from './read-format.js';

/** Pieces of which random texts come near to files of every format. */
const PIECES = [
  'services:§ web:§\n§  §- §ports:§ &a§ *a§<<: *a§"9229:9229"§[§{§}§]§,§: §command: §environment: §node --inspect=',
  'NODE_OPTIONS=§--inspect§XDEBUG_MODE=debug§${§$$§|§"§<component name="RunManager">§<configuration type="Remote"',
  ' name="a"§>§/>§</component>§<!--§-->§<option name="PORT" value="5005"/>§<![CDATA[§]]>§&lt;',
  '"scripts"§"server"§"port"§"host"§5678',
].flatMap((pieces) => pieces.split('§'));

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), { maxLength: 60 })
    .map((parts) => parts.join('')),
);

const json = fc.json({ maxDepth: 4 });

function isSound({ configurations, compounds, problems }: FileContent): boolean {
  const places = [...configurations, ...problems];
  const addresses = configurations.every(({ port, host }) => {
    return (port === null || Number.isSafeInteger(port)) && (host === null || host !== '');
  });
  return addresses && Array.isArray(compounds) && places.every(({ line, column }) => line >= 1 && column >= 1);
}

describe.each([compose, debugpyConfigFormat, dotenv, jetbrains, packageJson, procfile])('$id', (format) => {
  it('reads any text without a throw', () => {
    fc.assert(
      fc.property(text, (source) => isSound(readAs(format, source))),
      { numRuns: 300 },
    );
  });

  it('reads any JSON without a throw, at its known keys too', () => {
    const known = fc.dictionary(
      fc.constantFrom('scripts', 'server', 'services', 'ports', 'command', 'environment', 'port', 'host', '__proto__'),
      fc.oneof(
        json.map((value): unknown => JSON.parse(value)),
        fc.constant({ web: { ports: ['1:2'], command: ['node'] } }),
      ),
    );
    fc.assert(
      fc.property(known, (value) => isSound(readAs(format, JSON.stringify(value)))),
      { numRuns: 200 },
    );
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{"a":'.repeat(50_000)],
    ['list items', '- '.repeat(100_000)],
    ['elements', '<a>'.repeat(300_000)],
    ['quotes', '"'.repeat(100_000)],
    ['variables', 'A="${A}${A}"\n'.repeat(20_000)],
    ['keys', Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n')],
    ['blanks', ' '.repeat(3_000_000)],
  ])('reads a long file of %s in time', (_, source) => {
    expect(isSound(readAs(format, source))).toBe(true);
  });
});
