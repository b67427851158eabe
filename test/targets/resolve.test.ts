import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/model/target.js';
import { resolveTargets } from '../../src/targets/resolve.js';
import type { TargetInput } from '../../src/targets/resolve.js';

const folder = mkdtempSync(join(tmpdir(), 'ddtargets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CONFIG = {
  server: { host: 'localhost', port: 5690, wait_for_client: false, log_to_file: true, address_family: 'ipv4' },
  client: { connection_timeout: 30, reconnect_attempts: 3, reconnect_delay: 1.5 },
  security: { allowed_hosts: ['127.0.0.1'] },
  remote: { port_range: [5690, 5695] },
  logging: { file: 'logs/debugpy.log' },
};

function writeConfig(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const files = {
  readFile: async (path: string, { maxBytes }: { maxBytes: number }) => {
    try {
      const text = await readFile(path, 'utf8');
      return { ok: true as const, text: text.slice(0, maxBytes), truncated: text.length > maxBytes };
    } catch (error) {
      return { ok: false as const, code: error instanceof Error && 'code' in error ? String(error.code) : 'EIO' };
    }
  },
};

function resolve(input: Partial<TargetInput>) {
  return resolveTargets({ targets: [], logFiles: [], command: [], cwd: '/project', ...input }, files);
}

async function resolveOne(input: Partial<TargetInput>): Promise<Target & { warnings: string[] }> {
  const resolved = await resolve(input);
  if (!resolved.ok) throw new Error(resolved.problem);
  const [target] = resolved.targets;
  if (target === undefined || resolved.targets.length !== 1) throw new Error(`${resolved.targets.length} targets`);
  return { ...target, warnings: resolved.warnings };
}

describe('without a configuration', () => {
  it('looks for the editor that a command will call', async () => {
    const command = ['php', '-d', 'xdebug.mode=debug', '-d', 'xdebug.client_port=9004', 'app.php'];
    const called = { adapter: 'xdebug', port: 9004 };
    expect(await resolveOne({ command })).toMatchObject({ ...called, request: 'attach' });
    expect(await resolveOne({ command, request: 'launch' })).toMatchObject({ ...called, request: 'launch' });
    const { warnings } = await resolveOne({ command, targets: ['9003'] });
    expect(warnings).toEqual(['the command calls port 9004, but 127.0.0.1:9003 is checked']);
  });

  it('has one default target', async () => {
    expect(await resolve({})).toEqual({
      ok: true,
      warnings: [],
      targets: [
        {
          name: 'default',
          request: 'attach',
          adapter: 'debugpy',
          host: '127.0.0.1',
          port: 5678,
          socketPath: null,
          portRange: [5678, 5687],
          pid: null,
          command: [],
          cwd: '/project',
          logFiles: [],
          serverLogFile: null,
          errorText: null,
          settings: null,
          source: { kind: 'default' },
        },
      ],
    });
  });

  it.each([
    [':9229', { name: '127.0.0.1:9229', adapter: 'node', host: '127.0.0.1', port: 9229, portRange: [9229, 9238] }],
    ['localhost', { name: 'localhost:5678', adapter: 'debugpy', port: 5678 }],
    ['[::1]:65530', { name: '[::1]:65530', host: '::1', portRange: [65530, 65535] }],
    ['70000', { name: '127.0.0.1:70000', port: 70000, portRange: [5678, 5687] }],
    ['9222', { adapter: 'chrome' }],
    ['unix:/run/x', { name: 'unix:/run/x', adapter: 'tcp', host: null, port: null, socketPath: '/run/x' }],
    ['pid:12', { name: 'pid:12', adapter: 'tcp', host: null, port: null, pid: 12 }],
  ])('completes %s', async (text, expected) => {
    const target = await resolveOne({ targets: [text] });
    expect(target).toMatchObject({ ...expected, request: 'attach', source: { kind: 'argument', text } });
  });

  it('takes the port from the adapter that is asked for', async () => {
    expect(await resolveOne({ adapter: 'delve' })).toMatchObject({ adapter: 'delve', port: 2345 });
    expect(await resolveOne({ targets: ['box'], adapter: 'node' })).toMatchObject({ host: 'box', port: 9229 });
    expect(await resolveOne({ targets: ['9229'], adapter: 'debugpy' })).toMatchObject({ adapter: 'debugpy' });
  });

  it('keeps the order of several targets, and each once', async () => {
    const resolved = await resolve({ targets: ['9229', '5678', '127.0.0.1:9229'] });
    expect(resolved.ok && resolved.targets.map(({ name }) => name)).toEqual(['127.0.0.1:9229', '127.0.0.1:5678']);
  });

  it('resolves log files against the working folder, in its style', async () => {
    const logFiles = ['a.log', '/var/log/b.log', './a.log'];
    expect((await resolveOne({ logFiles })).logFiles).toEqual(['/project/a.log', '/var/log/b.log']);
    const onWindows = await resolveOne({ logFiles: ['logs\\a.log'], cwd: 'C:\\work' });
    expect(onWindows.logFiles).toEqual(['C:\\work\\logs\\a.log']);
  });

  it('warns of an IPv6 address that may hide a port', async () => {
    expect((await resolveOne({ targets: ['::1:5678'] })).warnings).toHaveLength(1);
    expect((await resolveOne({ targets: ['[::1:5678]:9229'] })).warnings).toHaveLength(0);
    expect((await resolveOne({ targets: ['::1'] })).warnings).toHaveLength(0);
  });

  it('passes the error text on', async () => {
    expect((await resolveOne({ errorText: 'ECONNREFUSED' })).errorText).toBe('ECONNREFUSED');
  });
});

describe('with a command', () => {
  it.each([
    [['node', 'app.js'], { adapter: 'node', port: 9229, source: { kind: 'default' } }],
    [['python', 'app.py'], { adapter: 'debugpy', port: 5678, source: { kind: 'default' } }],
    [['node', '--inspect=0.0.0.0:9300', 'app.js'], { adapter: 'node', host: '0.0.0.0', port: 9300 }],
    [['python', '-m', 'debugpy', '--listen', '5999', 'app.py'], { adapter: 'debugpy', host: '127.0.0.1', port: 5999 }],
    [['./start.sh'], { adapter: 'debugpy', port: 5678 }],
  ])('%j would be launched', async (command, expected) => {
    expect(await resolveOne({ command })).toMatchObject({ request: 'launch', command, warnings: [], ...expected });
  });

  it('can be checked as running', async () => {
    expect((await resolveOne({ command: ['node'], request: 'attach' })).request).toBe('attach');
  });

  it('warns when command and target name different ports', async () => {
    const command = ['node', '--inspect=9300', 'app.js'];
    const other = await resolveOne({ command, targets: ['9229'] });
    expect(other).toMatchObject({ port: 9229, warnings: [expect.any(String)] });
    expect((await resolveOne({ command, targets: ['9300'] })).warnings).toEqual([]);
  });
});

describe('with a configuration', () => {
  const configFile = writeConfig('full.json', CONFIG);

  it('takes everything from it', async () => {
    expect(await resolveOne({ configFile })).toEqual({
      name: configFile,
      request: 'attach',
      adapter: 'debugpy',
      host: 'localhost',
      port: 5690,
      socketPath: null,
      portRange: [5690, 5695],
      pid: null,
      command: [],
      cwd: '/project',
      logFiles: ['/project/logs/debugpy.log'],
      serverLogFile: '/project/logs/debugpy.log',
      errorText: null,
      settings: {
        waitForClient: false,
        addressFamily: 'ipv4',
        connectionTimeoutSeconds: 30,
        reconnectAttempts: 3,
        reconnectDelaySeconds: 1.5,
        allowedHosts: ['127.0.0.1'],
      },
      source: { kind: 'config', file: configFile, hostKeyPath: ['server', 'host'], portKeyPath: ['server', 'port'] },
      warnings: [],
    });
  });

  it('points at the keys even where the file has none, and keeps the documented defaults', async () => {
    const empty = writeConfig('empty.json', {});
    expect(await resolveOne({ configFile: empty })).toMatchObject({
      host: '127.0.0.1',
      port: 5678,
      portRange: [5678, 5687],
      serverLogFile: null,
      settings: { waitForClient: true, allowedHosts: ['127.0.0.1', 'localhost', '::1'] },
      source: { kind: 'config', file: empty, portKeyPath: ['server', 'port'] },
    });
  });

  it('finds the file from the working folder and names it as it was given', async () => {
    const target = await resolveOne({ configFile: 'full.json', cwd: folder });
    expect(target).toMatchObject({ name: 'full.json', source: { kind: 'config', file: configFile } });
  });

  it('reads the log only for a server that runs', async () => {
    const launched = await resolveOne({ configFile, request: 'launch' });
    expect(launched).toMatchObject({ request: 'launch', logFiles: [], serverLogFile: '/project/logs/debugpy.log' });
    const silent = fileURLToPath(new URL('../../fixtures/configs/impossible-port.json', import.meta.url));
    expect(await resolveOne({ configFile: silent })).toMatchObject({
      port: 70000,
      portRange: [5678, 5687],
      logFiles: [],
      serverLogFile: null,
    });
    expect((await resolveOne({ configFile, logFiles: ['logs/debugpy.log'] })).logFiles).toHaveLength(1);
  });

  it('lets an argument win, but lends it the rest', async () => {
    expect(await resolveOne({ configFile, targets: [':6000'] })).toMatchObject({
      name: 'localhost:6000',
      host: 'localhost',
      port: 6000,
      portRange: [5690, 5695],
      settings: { waitForClient: false },
      source: { kind: 'argument', text: ':6000' },
    });
    expect(await resolveOne({ configFile, targets: ['box'] })).toMatchObject({ host: 'box', port: 5690 });
  });

  it('lets the port of the command win, and says so', async () => {
    const command = ['python', '-m', 'debugpy', '--listen', '5999', 'app.py'];
    const target = await resolveOne({ configFile, command });
    expect(target).toMatchObject({ port: 5999, source: { kind: 'argument' }, warnings: [expect.any(String)] });
  });

  it('hands warnings on with the name of the file', async () => {
    const odd = writeConfig('odd.json', { servr: {} });
    const { warnings } = await resolveOne({ configFile: odd });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.startsWith(`${odd}: `)).toBe(true);
  });
});

describe('what cannot be resolved', () => {
  it.each([
    ['a bad target', { targets: ['5678', 'localhost:abc'] }],
    ['a missing file', { configFile: 'none.json' }],
    ['a folder as file', { configFile: folder }],
    ['a broken file', { configFile: writeConfig('broken.json', '{') }],
    ['a wrong type', { configFile: writeConfig('wrong.json', { server: { port: '5678' } }) }],
    ['one command, two targets', { command: ['node'], targets: ['1', '2'] }],
    ['a process to launch', { command: ['node'], targets: ['pid:1'] }],
    ['a process to launch, as asked', { request: 'launch', targets: ['pid:1'] }],
  ] satisfies [string, Partial<TargetInput>][])('%s', async (_, input) => {
    expect(await resolve(input)).toEqual({ ok: false, problem: expect.stringMatching(/^[A-Z].*\.$/) });
  });
});
