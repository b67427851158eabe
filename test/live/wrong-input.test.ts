import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './lab/doctor.js';
import { useScene } from './lab/scene.js';

const scene = useScene();

describe('wrong words', () => {
  function configOf(text: string): string {
    const file = join(scene.folder(), 'debugpy_config.json');
    writeFileSync(file, text);
    return file;
  }

  it.each<[string, () => string[]]>([
    ['a port that is no number', () => ['host:abc']],
    ['no host and no port', () => ['']],
    ['a process that is no number', () => ['pid:x']],
    ['a duration that is none', () => ['--timeout', 'x']],
    ['a duration of nothing', () => ['--wait', '0']],
    ['an unknown check', () => ['--only', 'nosuch']],
    ['an unknown check left out', () => ['--skip', 'nosuch']],
    ['an unknown adapter', () => ['--adapter', 'foo']],
    ['an unknown request', () => ['--request', 'foo']],
    ['an unknown option', () => ['--bogus']],
    ['an option without its value', () => ['--config']],
    ['a configuration that is missing', () => ['--config', '/nosuch/debugpy_config.json']],
    ['a configuration that is a folder', () => ['--config', scene.folder()]],
    ['a configuration that is no JSON', () => ['--config', configOf('{ "server": ')]],
    ['a configuration with a wrong type', () => ['--config', configOf('{ "server": { "port": "5678" } }')]],
    ['a recording that is missing', () => ['--replay', '/nosuch']],
    ['two targets for one command', () => ['5678', '5679', '--', 'python3']],
    ['a running process to be launched', () => ['pid:1', '--request', 'launch']],
  ])('%s: exit code 2, one sentence, no output', async (_what, args) => {
    const { exitCode, stdout, stderr } = await runCli(['check', ...args()]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.startsWith('debug-doctor: ')).toBe(true);
    expect(stderr).not.toMatch(/\n\s+at /);
    const [sentence, hint = '', ...more] = stderr.trimEnd().split('\n');
    expect(sentence?.length).toBeLessThan(300);
    expect(hint === '' || hint.includes('debug-doctor --help')).toBe(true);
    expect(more).toEqual([]);
  });

  it('a wrong type is told by the path of its key', async () => {
    const { stderr } = await runCli(['check', '--config', configOf('{ "server": { "port": "5678" } }')]);
    expect(stderr).toContain('server.port');
  });
});
