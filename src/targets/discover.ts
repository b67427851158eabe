import { posix, win32 } from 'node:path';
import type { Platform } from '../model/platform.js';
import type { Compound, ConfigurationProblem, EditorInput, FoundConfiguration } from './formats/format.js';
import { PROJECT_FILES, type ProjectFile } from './project-files.js';

const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 100;

/** What discovery asks of a machine; a host fits. */
export interface ProjectReader {
  platform: Platform;
  environment(name: string): string | null;
  readFile(
    path: string,
    options: { maxBytes: number },
  ): Promise<{ ok: true; text: string; truncated: boolean } | { ok: false; code: string }>;
  listDirectory(path: string): Promise<{ ok: true; names: readonly string[] } | { ok: false; code: string }>;
}

/** Everything that a project's files say about debugging. */
export interface ProjectConfigurations {
  folder: string;
  configurations: readonly FoundConfiguration[];
  compounds: readonly Compound[];
  problems: readonly ConfigurationProblem[];
  /** What the editor asks for, and in which file it says so. */
  inputs: readonly (EditorInput & { file: string })[];
}

/** What the user said when asked for an input of a file; null: not asked. */
export type AnswerInput = (file: string, id: string) => string | null;

interface ReadableFile {
  pattern: string;
  path: string;
  text: string;
}

function matches(name: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return name === pattern;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

/** Files of a pattern, one folder level after the other; `*` never crosses a folder. */
async function expand(reader: ProjectReader, folder: string, pattern: string): Promise<string[]> {
  const path = reader.platform === 'win32' ? win32 : posix;
  let found = [folder];
  for (const part of pattern.split('/')) {
    const next: string[] = [];
    for (const base of found) {
      if (!part.includes('*')) {
        next.push(path.join(base, part));
        continue;
      }
      const listing = await reader.listDirectory(base);
      const names = listing.ok ? listing.names.filter((name) => matches(name, part)) : [];
      next.push(...names.toSorted().map((name) => path.join(base, name)));
    }
    found = next.slice(0, MAX_FILES);
  }
  return found;
}

async function readFilesOf(reader: ProjectReader, folder: string, file: ProjectFile): Promise<ReadableFile[]> {
  const paths = await expand(reader, folder, file.pattern);
  const contents = await Promise.all(
    paths.map(async (path) => ({ path, content: await reader.readFile(path, { maxBytes: MAX_FILE_BYTES }) })),
  );
  return contents.flatMap(({ path, content }) => {
    if (!content.ok) return [];
    const isTelling = file.words === null || file.words.some((word) => content.text.toLowerCase().includes(word));
    return isTelling ? [{ pattern: file.pattern, path, text: content.text }] : [];
  });
}

/** Reads what the files of a project say. A folder without any costs a few failed look-ups, and no parser is loaded. */
export async function discoverProject(
  reader: ProjectReader,
  folder: string,
  answer: AnswerInput = () => null,
): Promise<ProjectConfigurations> {
  const read = await Promise.all(PROJECT_FILES.map((file) => readFilesOf(reader, folder, file)));
  const files = read.flat();
  if (files.length === 0) return { folder, configurations: [], compounds: [], problems: [], inputs: [] };
  const { FORMATS } = await import('./formats/index.js');
  const contents = files.flatMap(({ pattern, path, text }) => {
    const { platform, environment } = reader;
    const context = { file: path, folder, platform, environment, answer: (id: string) => answer(path, id) };
    return FORMATS.filter((format) => format.files.includes(pattern)).map((format) => ({
      file: path,
      ...format.read(text, context),
    }));
  });
  return {
    folder,
    configurations: contents.flatMap(({ configurations }) => configurations),
    compounds: contents.flatMap(({ compounds }) => compounds),
    problems: contents.flatMap(({ problems }) => problems),
    inputs: contents.flatMap(({ file, inputs = [] }) => inputs.map((input) => ({ ...input, file }))),
  };
}
