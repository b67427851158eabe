import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.js';
import { parseCommandLine, parseStat } from '../../src/host/procfs.js';
import { parseTcpTable } from '../../src/probes/port-sockets/tcp-table.js';
import { portsOf } from './ports.js';

const host = createNodeHost();
const ascending = (a: number, b: number): number => a - b;
const [port = 0] = portsOf(2);

describe('parseStat', () => {
  const rest = 'S 1 4242 4242 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1 1 1';

  it.each(['python3', 'a b', 'a) b', '((x))', ') R 9 9 9', 'new\nline', ''])('takes the name %j whole', (name) => {
    expect(parseStat(`4242 (${name}) ${rest}`)).toEqual({
      pid: 4242,
      ppid: 1,
      name,
      state: 'S',
      startTime: 987_654,
      sessionId: 4242,
    });
  });

  it.each(['', '4242', '4242 (x', ') 4242 (', '4242 (x) S 1'])('refuses %j', (text) => {
    expect(parseStat(text)).toBeNull();
  });
});

describe('parseCommandLine', () => {
  it.each([
    ['python3\0-m\0debugpy\0', ['python3', '-m', 'debugpy']],
    ['python3\0-c\0\0', ['python3', '-c']],
    ['a\0\0b\0', ['a', '', 'b']],
    ['nginx: master process', ['nginx: master process']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(parseCommandLine(text)).toEqual(expected);
  });

  it('keeps no more than 16 KiB', () => {
    expect(parseCommandLine('x'.repeat(1024 * 1024))[0]).toHaveLength(16 * 1024);
  });
});

describe('this machine', () => {
  let parent: ChildProcess;
  let pids: number[] = [];

  beforeAll(async () => {
    const code = `import os, socket, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', ${port})); s.listen()
child = os.fork()
if child: print(os.getpid(), child, flush=True)
time.sleep(60)`;
    parent = spawn('/usr/bin/python3', ['-c', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    let line = '';
    parent.stdout?.on('data', (data: Buffer) => (line += data.toString()));
    for (let tries = 0; tries < 100 && !line.endsWith('\n'); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    pids = line.trim().split(' ').map(Number);
  });

  afterAll(() => {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  });

  it('has processes, the newest first, and us among them', async () => {
    const entries = await host.processes();
    const listed = entries.map(({ pid }) => pid);
    expect(listed).toEqual(listed.toSorted((a, b) => b - a));
    const own = entries.find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ ppid: process.ppid, uid: process.getuid?.() });
    expect(own?.command[0]).toContain('node');
  });

  it('has no process that is gone', async () => {
    expect(await host.process(2 ** 22 + 5)).toBeNull();
    expect(await host.socketsOf(2 ** 22 + 5)).toBeNull();
  });

  it('finds the owner of a socket, and the forked process that shares it', async () => {
    const table = await host.readFile('/proc/net/tcp');
    const row = parseTcpTable(table.ok ? table.text : '', 4).find(({ local }) => local.port === port);
    expect(row).toMatchObject({ state: 'LISTEN', uid: process.getuid?.() });
    const inode = row?.inode ?? 0;
    const owners = await host.socketOwners([inode, 1]);
    expect(owners.pids[String(inode)]?.toSorted(ascending)).toEqual(pids.toSorted(ascending));
    expect(owners.pids['1']).toBeUndefined();
    expect(await host.socketsOf(pids[0] ?? 0)).toContain(inode);
  });

  it('has an identity and interfaces', async () => {
    expect(await host.identity()).toMatchObject({ pid: process.pid, ppid: process.ppid, uid: process.getuid?.() });
    expect(await host.interfaces()).toContainEqual({
      address: '127.0.0.1',
      family: 4,
      internal: true,
      interfaceName: 'lo',
    });
  });

  it('resolves localhost', async () => {
    const found = await host.lookup('localhost');
    expect(found.ok && found.addresses.every(({ address }) => address === '::1' || address.startsWith('127.'))).toBe(
      true,
    );
  });
});
