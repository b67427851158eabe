import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAUSE_IDS } from '../../src/model/cause-ids.js';

const SCRIPT = path.resolve('scripts/generate-docs.mjs');

function generate(...args: string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
}

describe('the generator of the cause pages', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'ddcat-docs-'));
    expect(generate(folder).status).toBe(0);
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('writes a page per cause and an index that leads to each', async () => {
    const names = await readdir(folder);
    expect(names.toSorted()).toEqual([...CAUSE_IDS.map((id) => `${id}.md`), 'README.md'].toSorted());
    const index = await readFile(path.join(folder, 'README.md'), 'utf8');
    expect(CAUSE_IDS.filter((id) => !index.includes(`(${id}.md)`))).toEqual([]);
  });

  test('gives the error numbers of each system and the commands with their placeholders', async () => {
    const page = await readFile(path.join(folder, 'wrong-port.md'), 'utf8');
    expect(page).toContain('| ECONNREFUSED 111 | ECONNREFUSED 61 | WSAECONNREFUSED 10061 (Node: -4078) |');
    expect(page).toContain("ss -H -ltnp 'sport = :<port>'");
  });

  test('checks that the pages are what it would write, and changes nothing then', () => {
    const checked = generate('--check', folder);
    expect([checked.status, checked.stderr]).toEqual([0, '']);
  });

  test('names a page that was changed, one that is missing, and one that is left over', async () => {
    await appendFile(path.join(folder, 'wrong-port.md'), 'changed\n');
    await rm(path.join(folder, 'disk-full.md'));
    await writeFile(path.join(folder, 'no-such-cause.md'), '');
    const checked = generate('--check', folder);
    expect(checked.status).toBe(1);
    const named = checked.stderr
      .trim()
      .split('\n')
      .map((line) => path.basename(line));
    expect(named).toEqual(['disk-full.md', 'no-such-cause.md', 'wrong-port.md']);
    expect(generate(folder).status).toBe(0);
    expect(generate('--check', folder).status).toBe(0);
  });
});
