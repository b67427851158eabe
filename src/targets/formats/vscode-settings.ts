import type { Node } from 'jsonc-parser';
import { isHarmlessHost, parseTarget, quote, wholeNumber } from '../address.js';
import type { Address } from '../address.js';
import { formatKeyPath, propertiesOf } from '../jsonc-document.js';
import type { KeyPath } from '../jsonc-document.js';
import { fillVariables, inputsIn } from './vscode-variables.js';
import type { FilledText, Surroundings } from './vscode-variables.js';

/** What reading one configuration leans on, and where it leaves its notes. */
export interface Scope {
  surroundings: Surroundings;
  unresolved: Set<string>;
  /** Ids of the inputs of which values other than words of a command are made. */
  inputs: Set<string>;
  report(node: Node, message: string): void;
}

/** The settings of one configuration, or of a section inside it. */
export interface Settings {
  node: Node;
  path: KeyPath;
  scope: Scope;
  /** Settings of a platform block, each with the path that leads to it, override the others. */
  values: ReadonlyMap<string, { node: Node; path: KeyPath }>;
}

/** `value` is null when the key is missing, hidden by a variable, or reported as a problem. */
export interface Setting<T> {
  isSet: boolean;
  value: T | null;
  /** Leads to a value that stands for itself; null when a variable is part of it. */
  keyPath: readonly string[] | null;
}

const UNSET = { isSet: false, value: null, keyPath: null };
const HIDDEN = { isSet: true, value: null, keyPath: null };

/** The settings of an object; those of the block `platformBlock` in it (`linux`, `osx`, `windows`) take precedence. */
export function settingsOf(node: Node, path: KeyPath, scope: Scope, platformBlock?: string): Settings {
  const values = new Map<string, { node: Node; path: KeyPath }>();
  const add = (object: Node, at: KeyPath): void => {
    for (const { key, valueNode } of propertiesOf(object)) values.set(key, { node: valueNode, path: [...at, key] });
  };
  add(node, path);
  const block = platformBlock === undefined ? undefined : values.get(platformBlock);
  if (block !== undefined) add(block.node, block.path);
  return { node, path, scope, values };
}

/** `null` in the file counts as absent, as it does for the editor. */
export function has(settings: Settings, key: string): boolean {
  return find(settings, key) !== null;
}

export function sectionOf(settings: Settings, key: string): Settings | null {
  const found = find(settings, key);
  if (found === null) return null;
  if (found.node.type === 'object') return settingsOf(found.node, found.path, settings.scope);
  reportValue(settings, found, 'an object');
  return null;
}

export function textOf(settings: Settings, key: string): Setting<string> {
  return readText(settings, key, 'a text', (text) => text);
}

/** A host name or address that is harmless to carry around; it may still be no valid one. */
export function hostOf(settings: Settings, key: string): Setting<string> {
  return readText(settings, key, 'a host name or address', (text) => (isHarmlessHost(text) ? text : null));
}

/** `HOST:PORT`, `:PORT`, `PORT` or `[IPV6]:PORT` in one text. A remedy cannot edit half of it: no key path. */
export function addressOf(settings: Settings, key: string): Setting<Address> {
  const read = readText(settings, key, 'HOST:PORT', (text) => {
    const parsed = parseTarget(text);
    return parsed.ok && parsed.value.port !== null ? parsed.value : null;
  });
  return { ...read, keyPath: null };
}

/**
 * A whole number, also an impossible port. Digits in a text count too; where the debugger's settings allow a number
 * only (`number-only`), and no variable was filled in, they are reported as well.
 */
export function portOf(settings: Settings, key: string, orText: 'or-text' | 'number-only'): Setting<number> {
  const expected = 'a port number';
  const found = find(settings, key);
  if (found === null) return UNSET;
  if (found.node.type === 'number') {
    const value: unknown = found.node.value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) {
      return { isSet: true, value, keyPath: found.path.map(String) };
    }
    reportValue(settings, found, expected);
    return HIDDEN;
  }
  const read = readText(settings, key, expected, wholeNumber);
  if (orText === 'number-only' && read.keyPath !== null) reportValue(settings, found, 'a number without quotes');
  return read;
}

/** A process id as number or digits; null for 0 and for a process name, which let the user pick. */
export function pidOf(settings: Settings, key: string): number | null {
  const found = find(settings, key);
  const isNumber = found?.node.type === 'number';
  const { value } = isNumber ? portOf(settings, key, 'or-text') : readText(settings, key, 'a process id', wholeOrName);
  return value !== null && value > 0 ? value : null;
}

/** A text for a command line: unresolved variables stay in it. Null when missing. */
export function wordOf(settings: Settings, key: string): string | null {
  const found = find(settings, key);
  if (found === null) return null;
  if (found.node.type === 'string') return fill(settings, found.node).text;
  reportValue(settings, found, 'a text');
  return null;
}

/** A program: its path as one text, or a list that begins with it. */
export function programOf(settings: Settings, key: string): readonly string[] {
  if (find(settings, key)?.node.type === 'array') return wordsOf(settings, key);
  const word = wordOf(settings, key);
  return word === null || word === '' ? [] : [word];
}

/** Arguments as a list, or as one text that is split at its spaces unless a shell would read more into it. */
export function wordsOf(settings: Settings, key: string): readonly string[] {
  const found = find(settings, key);
  if (found === null) return [];
  if (found.node.type === 'string') return splitPlainWords(fill(settings, found.node).text);
  if (found.node.type !== 'array') {
    reportValue(settings, found, 'a list of texts');
    return [];
  }
  return (found.node.children ?? []).flatMap((child, index) => {
    if (child.type === 'string') return [fill(settings, child).text];
    if (child.type === 'number' || child.type === 'boolean') return [String(child.value)];
    reportValue(settings, { node: child, path: [...found.path, index] }, 'a text');
    return [];
  });
}

/** The same settings, for a reader whose misunderstandings are no fault of the file. */
export function quietly(settings: Settings): Settings {
  return { ...settings, scope: { ...settings.scope, report: () => {} } };
}

/** Reports something that the settings as a whole lack. */
export function reportLack(settings: Settings, what: string): void {
  settings.scope.report(settings.node, `${formatKeyPath(settings.path)} has ${what}`);
}

function find({ values }: Settings, key: string): { node: Node; path: KeyPath } | null {
  const found = values.get(key);
  return found === undefined || found.node.type === 'null' ? null : found;
}

function fill({ scope }: Settings, node: Node): FilledText {
  const filled = fillVariables(String(node.value), scope.surroundings);
  for (const variable of filled.unresolved) scope.unresolved.add(variable);
  return filled;
}

function readText<T>(
  settings: Settings,
  key: string,
  expected: string,
  accept: (text: string) => T | null,
): Setting<T> {
  const found = find(settings, key);
  if (found === null) return UNSET;
  if (found.node.type === 'string') {
    const filled = fill(settings, found.node);
    for (const id of inputsIn(String(found.node.value))) settings.scope.inputs.add(id);
    if (filled.unresolved.length > 0) return HIDDEN;
    const value = accept(filled.text);
    if (value !== null) return { isSet: true, value, keyPath: filled.hasVariables ? null : found.path.map(String) };
  }
  reportValue(settings, found, expected);
  return HIDDEN;
}

function reportValue({ scope }: Settings, { node, path }: { node: Node; path: KeyPath }, expected: string): void {
  const isContainer = node.type === 'object' || node.type === 'array';
  const value = isContainer
    ? `an ${node.type}`
    : node.type === 'string'
      ? quote(String(node.value))
      : String(node.value);
  scope.report(node, `${formatKeyPath(path)} is ${value}; expected ${expected}`);
}

function wholeOrName(text: string): number {
  return wholeNumber(text) ?? 0;
}

function splitPlainWords(line: string): readonly string[] {
  return /["'\\|&;<>()`*?#~!]|\$(?!\{)/.test(line) ? [] : line.split(/\s+/).filter((word) => word !== '');
}
