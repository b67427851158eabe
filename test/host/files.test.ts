import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.js';

const folder = mkdtempSync(join(tmpdir(), 'host-files-'));
const host = createNodeHost();
const at = (name: string): string => join(folder, name);
let server: Server;

beforeAll(async () => {
  writeFileSync(at('text'), 'one\ntwo\nthree\n');
  writeFileSync(at('large'), 'x'.repeat(300_000));
  appendFileSync(at('large'), 'the end');
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('text', at('link'));
  mkdirSync(at('folder'));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('readFile', () => {
  it('reads a whole file', async () => {
    expect(await host.readFile(at('text'))).toEqual({ ok: true, text: 'one\ntwo\nthree\n', truncated: false });
  });

  it('reads the beginning or the end, over several chunks', async () => {
    expect(await host.readFile(at('text'), { maxBytes: 3 })).toEqual({ ok: true, text: 'one', truncated: true });
    expect(await host.readFile(at('text'), { maxBytes: 6, from: 'end' })).toEqual({
      ok: true,
      text: 'three\n',
      truncated: true,
    });
    const large = await host.readFile(at('large'), { maxBytes: 200_000, from: 'end' });
    expect(large).toMatchObject({ ok: true, truncated: true, text: expect.stringMatching(/^x{199993}the end$/) });
  });

  it('reads files of /proc, which say that they are empty', async () => {
    const status = await host.readFile('/proc/self/status');
    expect(status).toMatchObject({
      ok: true,
      text: expect.stringContaining(`\nPid:\t${process.pid}\n`),
      truncated: false,
    });
  });

  it('does not wait at a named pipe', async () => {
    expect(await host.readFile(at('pipe'))).toEqual({ ok: true, text: '', truncated: false });
  });

  it.each([
    ['absent', 'ENOENT'],
    ['folder', 'EISDIR'],
    ['text/below', 'ENOTDIR'],
    ['socket', 'ENXIO'],
  ])('says why it cannot read %s', async (name, code) => {
    expect(await host.readFile(at(name))).toEqual({ ok: false, code });
  });
});

describe('readLines', () => {
  it('keeps the lines that hold a text, and not more than asked for', async () => {
    expect(await host.readLines(at('text'), 't', 10)).toEqual({ ok: true, text: 'two\nthree', truncated: false });
    expect(await host.readLines(at('text'), 't', 1)).toEqual({ ok: true, text: 'two', truncated: true });
    expect(await host.readLines(at('text'), 'four', 10)).toEqual({ ok: true, text: '', truncated: false });
  });

  it('finds a line without an end, and one across two chunks', async () => {
    const lines = `${'a'.repeat(65_530)}\nsought ${'b'.repeat(20)}\n${'c'.repeat(70_000)}\nalso sought`;
    writeFileSync(at('chunks'), lines);
    const found = await host.readLines(at('chunks'), 'sought', 10);
    expect(found).toEqual({ ok: true, text: `sought ${'b'.repeat(20)}\nalso sought`, truncated: false });
  });

  it('does not wait at a named pipe', async () => {
    expect(await host.readLines(at('pipe'), 'x', 1)).toMatchObject({ ok: true, text: '' });
  });
});

describe('paths', () => {
  it.each([
    ['text', 'file'],
    ['link', 'file'],
    ['folder', 'directory'],
    ['socket', 'socket'],
    ['pipe', 'other'],
  ])('%s is a %s', async (name, kind) => {
    expect(await host.pathStatus(at(name))).toMatchObject({ ok: true, kind, uid: process.getuid?.() });
  });

  it('have links, entries, rights and space', async () => {
    expect(await host.readLink(at('link'))).toEqual({ ok: true, text: 'text', truncated: false });
    expect(await host.listDirectory(at('folder'))).toEqual({ ok: true, names: [] });
    expect(await host.mayWrite(at('text'))).toMatchObject({ ok: true });
    const space = await host.freeSpace(folder);
    expect(space.ok && space.freeBytes > 0).toBe(true);
  });

  it('that are missing say so in every way', async () => {
    const missing = { ok: false, code: 'ENOENT' };
    expect(await host.pathStatus(at('absent'))).toEqual(missing);
    expect(await host.readLink(at('absent'))).toEqual(missing);
    expect(await host.listDirectory(at('absent'))).toEqual(missing);
    expect(await host.mayWrite(at('absent'))).toEqual(missing);
    expect(await host.freeSpace(at('absent'))).toEqual(missing);
  });
});
