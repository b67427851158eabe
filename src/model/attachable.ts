import type { ProcessInfo } from './facts.js';
import type { AdapterId } from './target.js';

const RUNTIMES: readonly (readonly [RegExp, AdapterId])[] = [
  [/^(python|pypy)[\d.]*$/, 'debugpy'],
  [/^node(js)?$/, 'node'],
  [/^java$/, 'jdwp'],
  [/^dotnet$/, 'vsdbg'],
];

/** The debugger of the runtime that a process runs in, by its executable's name; null for other programs. */
export function debuggerOf({ executable, name }: ProcessInfo): AdapterId | null {
  const file =
    executable
      ?.replace(/ \(deleted\)$/, '')
      .split('/')
      .at(-1) ?? name;
  return RUNTIMES.find(([pattern]) => pattern.test(file))?.[1] ?? null;
}
