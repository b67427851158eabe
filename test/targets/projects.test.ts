import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/targets/formats/index.js';

const PROJECTS = resolve(import.meta.dirname, '../../fixtures/projects');

const isUpdating = process.env['UPDATE_FIXTURES'] === '1';

/** What the projects may find in the environment. */
const ENVIRONMENT = new Map([
  ['HOME', '/home/dev'],
  ['STAGING_HOST', '192.0.2.10'],
]);

/** The files of a project that match a pattern, in which `*` stands for any name within one folder. */
function filesMatching(project: string, pattern: string): string[] {
  let found = [''];
  for (const part of pattern.split('/')) {
    const name = new RegExp(`^${part.replaceAll(/[.+]/g, String.raw`\$&`).replaceAll('*', '.*')}$`);
    found = found
      .filter((parent) => statSync(join(project, parent)).isDirectory())
      .flatMap((parent) => readdirSync(join(project, parent)).map((entry) => join(parent, entry)))
      .filter((path) => name.test(path.slice(path.lastIndexOf('/') + 1)));
  }
  return found;
}

/** Paths relative to the project; of a problem only where it is, since its words may change. */
function comparable(content: unknown, folder: string): unknown {
  return JSON.parse(JSON.stringify(content), (key, value: unknown) => {
    if (key === 'message') return undefined;
    if (typeof value !== 'string') return value;
    return value === folder ? '.' : value.replaceAll(`${folder}/`, '');
  });
}

function readProject(name: string): Record<string, unknown> {
  const project = join(PROJECTS, name);
  const folder = `/home/dev/${name}`;
  const read = FORMATS.flatMap((format) =>
    format.files
      .flatMap((pattern) => filesMatching(project, pattern))
      .map((path) => {
        const content = format.read(readFileSync(join(project, path), 'utf8'), {
          file: `${folder}/${path}`,
          folder,
          platform: 'linux',
          environment: (variable) => ENVIRONMENT.get(variable) ?? null,
        });
        return [path, comparable(content, folder)] as const;
      }),
  );
  return Object.fromEntries(read.toSorted(([one], [other]) => one.localeCompare(other)));
}

describe.each(readdirSync(PROJECTS))('%s', (name) => {
  it('is read as expected', () => {
    const content = readProject(name);
    const file = join(PROJECTS, name, 'expected.json');
    if (isUpdating) writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
    expect(Object.keys(content)).not.toHaveLength(0);
    expect(content).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});

describe('the formats', () => {
  it('have an id each', () => {
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
  });

  it('each read a file of at least one project', () => {
    const unread = FORMATS.filter(({ files }) => {
      return !readdirSync(PROJECTS).some((name) =>
        files.some((pattern) => filesMatching(join(PROJECTS, name), pattern).length > 0),
      );
    });
    expect(unread.map(({ id }) => id)).toEqual([]);
  });
});
