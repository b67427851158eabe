import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMutableNodeHost } from '../../src/host/node.js';
import { withLock } from '../../src/remedies/lock.js';
import { startScript } from './processes.js';
import { makeFolder } from './samples.js';

const host = createMutableNodeHost();

describe('withLock', () => {
  test('lets one in at a time', async () => {
    const folder = await makeFolder();
    let inside = 0;
    let most = 0;
    const visit = (): Promise<unknown> =>
      withLock(host, folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await host.sleep(20);
        inside -= 1;
        return 'visited';
      });
    expect(await Promise.all([visit(), visit(), visit()])).toEqual(['visited', 'visited', 'visited']);
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test('is let go when the action throws', async () => {
    const folder = await makeFolder();
    await expect(withLock(host, folder, () => Promise.reject(new Error('sample')))).rejects.toThrow('sample');
    expect(await readdir(folder)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')(
    'takes over the lock of a process that is gone, not of one that lives',
    async () => {
      const folder = await makeFolder();
      const { pid, startTime } = await startScript();
      await writeFile(join(folder, 'lock'), `${pid} ${startTime - 1}\n`);
      expect(await withLock(host, folder, () => Promise.resolve('mine'))).toBe('mine');
      await writeFile(join(folder, 'lock'), `${pid} ${startTime}\n`);
      let now = 0;
      const hurried = { ...host, now: () => (now += 2000) };
      expect(await withLock(hurried, folder, () => Promise.resolve('mine'))).toMatchObject({
        reason: 'another-fix-runs',
      });
      expect(await readdir(folder)).toEqual(['lock']);
    },
  );

  test('leaves a lock that it does not understand to a person', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'lock'), '');
    let now = 0;
    const hurried = { ...host, now: () => (now += 2000) };
    expect(await withLock(hurried, folder, () => Promise.resolve('mine'))).toMatchObject({
      reason: 'another-fix-runs',
    });
  });
});
