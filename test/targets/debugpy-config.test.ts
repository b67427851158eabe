import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDebugpyConfig, readDebugpyConfig } from '../../src/targets/debugpy-config.js';

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/configs/${name}`, import.meta.url), 'utf8');
}

function settingsOf(text: string) {
  const read = readDebugpyConfig(text);
  if (!read.ok) throw new Error(read.problem);
  return read;
}

function problemOf(text: string): string {
  const read = readDebugpyConfig(text);
  if (read.ok) throw new Error('accepted');
  return read.problem;
}

describe('readDebugpyConfig', () => {
  it('reads the documented file, every value of it, without a warning', () => {
    const text = fixture('documented.json');
    expect(readDebugpyConfig(text)).toEqual({ ok: true, settings: JSON.parse(text), warnings: [] });
  });

  it('reads comments and trailing commas', () => {
    expect(settingsOf(fixture('comments.jsonc'))).toEqual({
      ok: true,
      settings: { server: { host: 'localhost', port: 5690 }, remote: { port_range: [5690, 5695] } },
      warnings: [],
    });
  });

  it('reads a file with a byte order mark, and an empty object', () => {
    expect(settingsOf('\uFEFF{ "server": { "port": 1 } }').settings).toEqual({ server: { port: 1 } });
    expect(settingsOf('{}')).toEqual({ ok: true, settings: {}, warnings: [] });
  });

  it.each([70000, 0, -5])('leaves the port %d to the checks', (port) => {
    expect(settingsOf(`{ "server": { "port": ${port} } }`).settings.server?.port).toBe(port);
  });

  it.each([
    ['port as text', fixture('port-as-text.json'), 'server.port', 'line 3, column 13'],
    ['port as fraction', '{ "server": { "port": 5678.5 } }', 'server.port', 'line 1, column 23'],
    ['host as number', '{ "server": { "host": 1 } }', 'server.host', 'line 1, column 23'],
    ['host with a space', '{ "server": { "host": "a b" } }', 'server.host', 'line 1, column 23'],
    ['host that is an option', '{ "server": { "host": "-x" } }', 'server.host', 'line 1, column 23'],
    ['flag as text', '{ "server": { "wait_for_client": "yes" } }', 'server.wait_for_client', 'line 1, column 34'],
    ['unknown family', '{ "server": { "address_family": "ipx" } }', 'server.address_family', 'line 1, column 33'],
    ['negative delay', '{ "client": { "reconnect_delay": -1 } }', 'client.reconnect_delay', 'line 1, column 34'],
    [
      'one bad host',
      '{ "security":\n{ "allowed_hosts": ["a", 2] } }',
      'security.allowed_hosts[1]',
      'line 2, column 26',
    ],
    ['range as number', '{ "remote": { "port_range": 5678 } }', 'remote.port_range', 'line 1, column 29'],
    ['range of one', '{ "remote": { "port_range": [5678] } }', 'remote.port_range', 'line 1, column 29'],
    ['range of three', '{ "remote": { "port_range": [1, 2, 3] } }', 'remote.port_range', 'line 1, column 29'],
    ['range backwards', '{ "remote": { "port_range": [5687, 5678] } }', 'remote.port_range', 'line 1, column 29'],
    ['range beyond ports', '{ "remote": { "port_range": [5678, 70000] } }', 'remote.port_range', 'line 1, column 29'],
    ['range of texts', '{ "remote": { "port_range": ["1", 2] } }', 'remote.port_range[0]', 'line 1, column 30'],
    ['section as list', '{ "server": [] }', 'server', 'line 1, column 13'],
    ['section as null', '{ "logging": null }', 'logging', 'line 1, column 14'],
    ['no object at all', '[1]', 'the document', 'line 1, column 1'],
    ['last of two counts', '{ "server": { "port": 1, "port": "x" } }', 'server.port', 'line 1, column 34'],
  ])('names path and place: %s', (_, text, path, place) => {
    const problem = problemOf(text);
    expect(problem.startsWith(`${path} is `)).toBe(true);
    expect(problem).toContain(` at ${place};`);
  });

  it('reports the one that stands first in the file', () => {
    const problem = problemOf('{ "logging": { "level": 1 }, "server": { "port": "x", "host": 2 } }');
    expect(problem.startsWith('logging.level is ')).toBe(true);
  });

  it.each([
    ['missing comma', fixture('missing-comma.json'), 'line 4, column 5'],
    ['nothing', '', 'line 1, column 1'],
    ['only a comment', '// nothing\n', 'line 2, column 1'],
    ['cut off', '{ "server": {', 'line 1, column 14'],
    ['cut off, CRLF', '{\r\n  "server": {\r\n', 'line 3, column 1'],
    ['a second document', '{} {}', 'line 1, column 4'],
    ['deep nesting', `{ "a": ${'['.repeat(500_000)}`, 'line 1, column 39'],
  ])('places a syntax error: %s', (_, text, place) => {
    expect(problemOf(text).endsWith(` at ${place}`)).toBe(true);
  });

  it('refuses more than 1 MB, and takes just less', () => {
    const filler = (length: number): string => `{}${' '.repeat(length - 2)}`;
    expect(readDebugpyConfig(filler(1024 * 1024)).ok).toBe(true);
    expect(readDebugpyConfig(filler(1024 * 1024 + 1)).ok).toBe(false);
    expect(readDebugpyConfig(`{"a":"${'ü'.repeat(600_000)}"}`).ok).toBe(false);
  });

  it('never throws, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const read = readDebugpyConfig(text);
        return read.ok || !/\p{Cc}/u.test(read.problem);
      }),
    );
  });
});

describe('warnings', () => {
  const { settings, warnings } = settingsOf(fixture('typos.json'));

  it.each([
    ['sever', 'server'],
    ['server.prot', 'server.port'],
    ['server.waitForClient', 'server.wait_for_client'],
    ['server.max_connections', 'security.max_connections'],
    ['port', 'server.port'],
  ])('%s was meant as %s', (key, meant) => {
    const warning = warnings.find((text) => text.startsWith(`unknown key ${key} at line `));
    expect(warning?.endsWith(`did you mean ${meant}?`)).toBe(true);
  });

  it.each(['server.colour', '__proto__'])('%s resembles nothing', (key) => {
    const warning = warnings.find((text) => text.startsWith(`unknown key ${key} at line `));
    expect(warning?.includes('?')).toBe(false);
  });

  it('names a repeated key, of which the last counts', () => {
    expect(warnings.filter((text) => text.startsWith('key logging.level '))).toHaveLength(1);
    expect(settings.logging).toEqual({ level: 'DEBUG' });
  });

  it('counts nothing else', () => {
    expect(warnings).toHaveLength(8);
  });

  it('is not polluted by names that objects have anyway', () => {
    const above = '"constructor": 1, "toString": 2, "__proto__": { "server": { "port": 1 } }';
    const read = settingsOf(`{ ${above}, "server": { "__proto__": { "port": 2 } } }`);
    expect(read.settings).toEqual({ server: {} });
    expect(read.settings.server?.port).toBeUndefined();
    expect(read.warnings).toHaveLength(4);
    expect(Object.hasOwn(Object.prototype, 'polluted') || Object.hasOwn(Object.prototype, 'port')).toBe(false);
  });

  it('stays short and quick for a file full of unknown keys', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join(',');
    expect(settingsOf(`{${keys}}`).warnings).toHaveLength(21);
  });

  it('shows no control character of a key', () => {
    const [warning] = settingsOf('{ "a\\u001b[31m": 1 }').warnings;
    expect(warning).toBeDefined();
    expect(/\p{Cc}/u.test(warning ?? '')).toBe(false);
  });
});

describe('loadDebugpyConfig', () => {
  it('says which file cannot be read or is cut off', async () => {
    const missing = await loadDebugpyConfig('/etc/none.json', async () => ({ ok: false, code: 'ENOENT' }));
    expect(missing.ok).toBe(false);
    if (!missing.ok) expect(missing.problem).toMatch(/\/etc\/none\.json.*ENOENT/);
    const cut = await loadDebugpyConfig('/etc/big.json', async () => ({ ok: true, text: '{}', truncated: true }));
    expect(cut.ok).toBe(false);
  });
});
