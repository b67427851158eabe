import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../../src/host/node.js';
import type { Host } from '../../../src/host/host.js';
import type { LaunchTool } from '../../../src/model/facts.js';
import type { AdapterId, Target } from '../../../src/model/target.js';
import { DEFAULT_OPTIONS } from '../../../src/diagnose.js';
import { createObserver } from '../../../src/observe.js';
import { launch } from '../../checks/facts.js';

const folder = mkdtempSync(join(tmpdir(), 'tool-version-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bin = join(folder, 'bin');
const project = join(folder, 'project');
mkdirSync(bin);
mkdirSync(join(project, 'bin'), { recursive: true });

function writeTool(path: string, script: string): string {
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

const DLV = `[ "$*" = version ] && pwd > "${folder}/where" && printf 'Delve Debugger\\nVersion: 1.20.2\\nBuild: x\\n'`;
writeTool(join(bin, 'dlv'), DLV);
writeTool(join(bin, 'go'), `[ "$*" = version ] && echo 'go version go1.99.1 linux/amd64'`);
writeTool(join(bin, 'java'), `touch "${folder}/java-ran"; echo 'openjdk version "17.0.1" 2021-10-19' >&2`);

function hostWith(variables: Readonly<Record<string, string>>): Host {
  const host: Host = {
    ...createNodeHost(),
    environment: (name) => ({ PATH: bin, ...variables })[name] ?? null,
    withSignal: () => host,
  };
  return host;
}

async function look(target: Target, variables: Readonly<Record<string, string>> = {}): Promise<LaunchTool> {
  const seen = await createObserver(hostWith(variables), target, DEFAULT_OPTIONS).see('launch-tool');
  if (seen.status !== 'ok') throw new Error(JSON.stringify(seen));
  return seen.value;
}

function launched(adapter: AdapterId, ...command: string[]): Target {
  return launch({ adapter, command, cwd: project });
}

describe('the version of a tool', () => {
  it('is what it prints, with that of the Go that Delve calls', async () => {
    expect(await look(launched('delve', 'dlv', 'debug'))).toMatchObject({
      found: { path: join(bin, 'dlv'), version: '1.20.2' },
      toolchain: { command: 'go', path: join(bin, 'go'), version: '1.99.1' },
    });
  });

  it('is asked outside the project', async () => {
    await look(launched('delve', 'dlv', 'debug'));
    expect(readFileSync(join(folder, 'where'), 'utf8')).toBe('/\n');
  });

  it('may stand on standard error', async () => {
    expect(await look(launched('jdwp', 'java', '-jar', 'shop.jar'))).toMatchObject({
      found: { version: '17.0.1' },
      toolchain: null,
    });
  });

  it('is not asked where the environment would turn its debugger on', async () => {
    rmSync(join(folder, 'java-ran'), { force: true });
    const variables = { JAVA_TOOL_OPTIONS: '-agentlib:jdwp=transport=dt_socket,server=y,address=5005' };
    expect(await look(launched('jdwp', 'java', '-jar', 'shop.jar'), variables)).toMatchObject({
      found: { path: join(bin, 'java'), version: null },
    });
    expect(existsSync(join(folder, 'java-ran'))).toBe(false);
  });

  it('is not asked of a program of the project, nor of another program', async () => {
    const trap = `touch "${folder}/trapped"; ${DLV}`;
    writeTool(join(project, 'bin/dlv'), trap);
    writeTool(join(bin, 'start-shop'), trap);
    for (const program of ['./bin/dlv', join(project, 'bin/dlv'), 'start-shop']) {
      expect(await look(launched('delve', program, 'debug'))).toMatchObject({ found: { version: null } });
    }
    expect(existsSync(join(folder, 'trapped'))).toBe(false);
  });

  it('is unknown when the tool fails, hangs or says something else', async () => {
    for (const script of ['exit 1', 'sleep 20', 'echo hello', `printf 'Version: \\n'`]) {
      writeTool(join(bin, 'lldb-server'), script);
      const tool = { ...launched('lldb', 'lldb-server', 'gdbserver'), cwd: project };
      expect(await look(tool)).toMatchObject({ found: { version: null } });
    }
  });
});
