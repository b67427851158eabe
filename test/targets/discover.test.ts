import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.js';
import { discoverProject } from '../../src/targets/discover.js';
import { FORMATS } from '../../src/targets/formats/index.js';
import { PROJECT_FILES } from '../../src/targets/project-files.js';
import { configurationsNamed, defaultConfigurations, targetOf } from '../../src/targets/project-targets.js';

const folders: string[] = [];

function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'debug-doctor-project-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function launch(...configurations: object[]): string {
  return JSON.stringify({
    version: '0.2.0',
    configurations,
    compounds: [{ name: 'Both', configurations: ['A', 'B'] }],
  });
}

const ATTACH = { type: 'node', request: 'attach' };
const discover = (folder: string) => discoverProject(createNodeHost(), folder);

describe('a project', () => {
  it('is searched for exactly the files that the formats read', () => {
    const read = FORMATS.flatMap(({ files }) => files);
    expect(PROJECT_FILES.map(({ pattern }) => pattern).toSorted()).toEqual(read.toSorted());
  });

  it('without configurations has nothing', async () => {
    const folder = project({ 'package.json': '{"scripts":{"start":"node app.js"}}', 'readme.txt': '--inspect' });
    expect(await discover(folder)).toEqual({ folder, configurations: [], compounds: [], problems: [], inputs: [] });
  });

  it('is read through patterns, one folder deep for each star', async () => {
    const folder = project({
      '.devcontainer/api/devcontainer.json': '{"forwardPorts":[9229]}',
      '.devcontainer/deep/er/devcontainer.json': '{"forwardPorts":[9230]}',
      'shop.code-workspace': JSON.stringify({ launch: { configurations: [{ ...ATTACH, name: 'W', port: 9231 }] } }),
    });
    const ports = (await discover(folder)).configurations.map(({ port }) => port);
    expect(ports.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([9229, 9231]);
  });

  it('keeps what it can read beside a broken file', async () => {
    const folder = project({
      '.vscode/launch.json': launch({ ...ATTACH, name: 'A', port: 9229 }),
      'compose.yaml': 'services: [debug',
    });
    const { configurations, problems } = await discover(folder);
    expect(configurations.map(({ name }) => name)).toEqual(['A']);
    expect(problems.map(({ file }) => file)).toEqual([join(folder, 'compose.yaml')]);
  });
});

describe('the targets of a project', () => {
  it('are its attach configurations, each place once', async () => {
    const folder = project({
      '.vscode/launch.json': launch(
        { ...ATTACH, name: 'A', port: 9229 },
        { ...ATTACH, name: 'B', port: 9230 },
        { ...ATTACH, name: 'A again', port: 9229 },
        { ...ATTACH, name: 'asked for', port: '${input:port}' },
      ),
      'package.json': '{"scripts":{"debug":"node --inspect=9240 app.js"}}',
    });
    expect(defaultConfigurations(await discover(folder)).map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('are the servers that it starts when nothing attaches', async () => {
    const folder = project({ 'package.json': '{"scripts":{"debug":"node --inspect=9240 app.js"}}' });
    const found = await discover(folder);
    const targets = defaultConfigurations(found).map((configuration) => targetOf(configuration, found, null));
    expect(targets).toMatchObject([{ request: 'attach', adapter: 'node', host: '127.0.0.1', port: 9240 }]);
  });

  it('can be named, alone and as a compound', async () => {
    const folder = project({
      '.vscode/launch.json': launch({ ...ATTACH, name: 'A', port: 9229 }, { ...ATTACH, name: 'B', port: 9230 }),
    });
    const found = await discover(folder);
    expect(configurationsNamed(found, 'B').map(({ port }) => port)).toEqual([9230]);
    expect(configurationsNamed(found, 'Both').map(({ port }) => port)).toEqual([9229, 9230]);
    expect(configurationsNamed(found, 'nobody')).toEqual([]);
  });

  it('say where they stand, and what else wants their port', async () => {
    const file = '.vscode/launch.json';
    const folder = project({
      [file]: launch({ ...ATTACH, name: 'A', port: 9229 }),
      'package.json': '{"scripts":{"one":"node --inspect=9229 a.js","two":"node --inspect=9229 b.js"}}',
    });
    const found = await discover(folder);
    const sources = found.configurations.map((configuration) => targetOf(configuration, found, null).source);
    expect(sources[0]).toMatchObject({
      kind: 'project',
      file: join(folder, file),
      portKeyPath: ['configurations', '0', 'port'],
      collidesWith: [],
    });
    expect(sources.slice(1).map((source) => source.kind === 'project' && source.collidesWith.length)).toEqual([1, 1]);
  });
});
