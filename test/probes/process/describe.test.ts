import { describe, expect, it } from 'vitest';
import { createNodeHost } from '../../../src/host/node.js';
import { mayBeStarting } from '../../../src/probes/process/age.js';
import { describeProcess, parseOpenFilesLimit, parseUserName } from '../../../src/probes/process/describe.js';
import { redactCommand } from '../../../src/probes/process/redact.js';
import { process as sample } from '../../checks/facts.js';

describe('redactCommand', () => {
  it.each([
    [
      ['x', '--server-access-token', 'abc', '--port', '1'],
      ['x', '--server-access-token', '<redacted>', '--port', '1'],
    ],
    [
      ['x', '--password=abc'],
      ['x', '--password=<redacted>'],
    ],
    [
      ['env', 'API_KEY=abc', 'PORT=1'],
      ['env', 'API_KEY=<redacted>', 'PORT=1'],
    ],
    [
      ['mysql', '--api-key', 'a=b'],
      ['mysql', '--api-key', '<redacted>'],
    ],
    [
      ['x', '--token'],
      ['x', '--token'],
    ],
    [
      ['cat', 'token', 'secret.txt'],
      ['cat', 'token', 'secret.txt'],
    ],
    [
      ['git', 'commit', '-m', 'password'],
      ['git', 'commit', '-m', 'password'],
    ],
    [[], []],
  ])('%j', (command, expected) => {
    expect(redactCommand(command)).toEqual(expected);
  });
});

describe('parseUserName', () => {
  const PASSWD = 'root:x:0:0:root:/root:/bin/bash\n+nis\n:x:5:\ndev:x:1000:1000::/home/dev:/bin/bash\n';
  it.each([
    [0, 'root'],
    [1000, 'dev'],
    [100, '100'],
    [5, '5'],
  ])('%i is %s', (uid, name) => {
    expect(parseUserName(PASSWD, uid)).toBe(name);
  });
});

describe('parseOpenFilesLimit', () => {
  const row = (soft: string): string =>
    `Limit                     Soft Limit           Hard Limit           Units     \nMax processes             95811                95811                processes \nMax open files            ${soft}                 1048576              files     \n`;
  it.each([
    [row('1024'), 1024],
    [row('unlimited'), null],
    ['Max processes 1 2 processes\n', null],
    ['', null],
  ])('%#', (text, expected) => {
    expect(parseOpenFilesLimit(text)).toBe(expected);
  });
});

describe('mayBeStarting', () => {
  it.each([
    ['2026-01-01T00:00:00.000Z', true],
    ['2025-12-31T23:59:50.000Z', false],
    [null, false],
  ])('a process started at %s', (startedAt, expected) => {
    expect(mayBeStarting(sample({ startedAt }), Date.parse('2026-01-01T00:00:02.000Z'))).toBe(expected);
  });
});

describe('describeProcess', () => {
  it('describes this very process', async () => {
    const host = createNodeHost();
    const entry = await host.process(process.pid);
    if (entry === null) throw new Error('/proc does not show this process');
    const described = await describeProcess(host, entry);
    expect(described).toMatchObject({
      pid: process.pid,
      uid: process.getuid?.(),
      cwd: process.cwd(),
      executable: process.execPath,
    });
    expect(described.parents[0]?.pid).toBe(process.ppid);
    expect(described.parents.length).toBeLessThanOrEqual(8);
    expect(Math.abs(Date.parse(described.startedAt ?? '') - (Date.now() - process.uptime() * 1000))).toBeLessThan(5000);
    expect(described.openFiles).toBeGreaterThan(0);
  });
});
