import type { OptionValues } from './option-table.js';
import { UsageError } from './usage-error.js';

export function textOf(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function isSet(values: OptionValues, name: string): boolean {
  return values[name] === true;
}

/** A repeatable option; each value may itself be a list with commas. */
export function listOf(values: OptionValues, name: string): string[] {
  return filesOf(values, name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}

/** A repeatable option whose values may hold commas. */
export function filesOf(values: OptionValues, name: string): string[] {
  const value = values[name];
  if (value === undefined || typeof value === 'boolean') return [];
  return typeof value === 'string' ? [value] : [...value];
}

/** One of a closed list; undefined when the option was not given. */
export function choiceOf<T extends string>(values: OptionValues, name: string, choices: readonly T[]): T | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new UsageError(`--${name} is "${text}" and must be one of: ${choices.join(', ')}.`);
  return choice;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, '': 1000, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration such as `800ms`, `5s`, `2m` or `5` (seconds), in milliseconds; undefined when the option was not given. */
export function durationOf(values: OptionValues, name: string): number | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  const match = /^(\d{1,7}(?:\.\d{1,3})?)(ms|s|m|h|)$/.exec(text.trim());
  const milliseconds = Number(match?.[1]) * (UNITS[match?.[2] ?? '?'] ?? Number.NaN);
  if (!(milliseconds > 0))
    throw new UsageError(`--${name} is "${text}" and must be a duration such as 800ms, 5s or 2m.`);
  return milliseconds;
}
