import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CHECK_OPTIONS, type OptionRow, type OptionValues, type ParsedCommand } from './option-table.js';

type ParseOptions = NonNullable<ParseArgsConfig['options']>;

function parseOptions(): ParseOptions {
  const rows: Record<string, OptionRow> = CHECK_OPTIONS;
  return Object.fromEntries(
    Object.entries(rows).map(([name, { type, multiple = false, alias }]) => [
      name,
      { type, multiple, ...(alias === undefined ? {} : { short: alias }) },
    ]),
  );
}

/**
 * Reads `check`'s arguments without yargs, whose loading takes twice as long as a whole check. Null for anything that
 * is not plainly right: then yargs reads it again and explains what is wrong.
 */
export function readCheckArguments(argv: readonly string[]): ParsedCommand | null {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      options: parseOptions(),
      allowPositionals: true,
      strict: true,
    });
    return { values: values as OptionValues, targets: positionals, command: end < 0 ? [] : argv.slice(end + 1) };
  } catch {
    return null;
  }
}
