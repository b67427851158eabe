import { describe, expect, it } from 'vitest';
import { recogniseProcess } from '../../src/adapters/index.js';
import { rdbg } from '../../src/adapters/rdbg.js';

const AT = { host: '127.0.0.1', port: 12_345 };

describe('a running Ruby', () => {
  /** What rdbg 1.6.3 leaves in the environment of the program that it becomes. */
  const LEFT = {
    RUBYOPT: ' -r /usr/lib/ruby/gems/3.1.0/gems/debug-1.6.3/lib/debug/open',
    RUBY_DEBUG_PORT: '12345',
    RUBY_DEBUG_HOST: '127.0.0.1',
  };

  function seen(command: readonly string[], environment: Readonly<Record<string, string>>) {
    const variables = new Map(Object.entries(environment));
    return recogniseProcess(command, (name) => variables.get(name) ?? null);
  }

  it('is known by what rdbg left in its environment', () => {
    expect(seen(['/usr/bin/ruby3.1', 'app.rb'], LEFT)).toMatchObject({ adapter: 'rdbg', variable: 'RUBYOPT', ...AT });
    expect(seen(['python3', 'app.py'], LEFT)).toBeNull();
  });

  it('has its address there also where the command line loads the debugger', () => {
    const command = ['ruby', '-r', 'debug/open', 'app.rb'];
    expect(seen(command, LEFT)).toMatchObject({ variable: null, ...AT });
    expect(seen(command, {})).toMatchObject({ host: null, port: null, mode: null });
    expect(seen(command, { RUBY_DEBUG_COOKIE: 'x' })).toMatchObject({ mode: 'cookie' });
  });
});

describe('rdbg', () => {
  it('is not contacted where it wants a cookie', () => {
    expect(rdbg.contact(null).harmless).toBe(true);
    expect(rdbg.contact('cookie').harmless).toBe(false);
  });

  it.each([
    [['ruby', 'app.rb'], true, ['--command', '--', 'ruby', 'app.rb']],
    [['bundle', 'exec', 'rails', 's'], true, ['--command', '--', 'bundle', 'exec', 'rails', 's']],
    [['app.rb', 'x'], false, ['--nonstop', '--', 'app.rb', 'x']],
  ])('starts %j', (program, waitForClient, end) => {
    const argv = rdbg.start({ ...AT, program, waitForClient })?.argv ?? [];
    expect(argv).toEqual(['rdbg', '--open', '--host', '127.0.0.1', '--port', '12345', ...end]);
    expect(rdbg.recognise(argv)).toMatchObject(AT);
  });

  it('starts no program of another language', () => {
    expect(rdbg.start({ ...AT, program: ['python3', 'app.py'], waitForClient: true })).toBeNull();
    expect(rdbg.start({ ...AT, program: [], waitForClient: true })).toBeNull();
  });

  it('reads its version as upstream and as Debian say it', () => {
    const { tool } = rdbg;
    if (tool?.kind !== 'executable') throw new Error('no executable');
    expect(['rdbg 1.6.3\n', 'rdbg3 1.6.3\n', 'ruby 3.1.7'].map((text) => tool.versionIn(text))).toEqual([
      '1.6.3',
      '1.6.3',
      null,
    ]);
  });
});
