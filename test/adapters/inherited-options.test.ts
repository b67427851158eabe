import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritedDebugOptions } from '../../src/adapters/inherited-options.js';

function optionsIn(environment: Readonly<Record<string, string>>) {
  const variables = new Map(Object.entries(environment));
  return inheritedDebugOptions((name) => variables.get(name) ?? null);
}

const AGENT = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=';

describe('inheritedDebugOptions', () => {
  it.each([
    ['NODE_OPTIONS', '--inspect', { option: '--inspect', adapter: 'node', host: null, port: 9229, listens: true }],
    ['NODE_OPTIONS', '-r ./a.js --inspect-brk=0.0.0.0:9300', { option: '--inspect-brk=0.0.0.0:9300', port: 9300 }],
    ['NODE_OPTIONS', '--require "./my file.js" --inspect=0', { option: '--inspect=0', port: 0 }],
    [
      'JAVA_TOOL_OPTIONS',
      `-Xmx1g ${AGENT}*:5005`,
      { adapter: 'jdwp', host: '0.0.0.0', port: 5005, option: `${AGENT}*:5005` },
    ],
    ['MAVEN_OPTS', `${AGENT}5006`, { adapter: 'jdwp', host: null, port: 5006 }],
    ['GRADLE_OPTS', '-Xdebug -Xrunjdwp:transport=dt_socket,server=y,address=5007', { adapter: 'jdwp', port: 5007 }],
    [
      'JAVA_TOOL_OPTIONS',
      '-agentlib:jdwp=transport=dt_socket,server=n,address=mac:5005',
      { adapter: 'jdwp', host: 'mac', port: 5005, listens: false, mode: 'suspended' },
    ],
    ['RUBYOPT', '-W0 -rdebug/open', { option: '-rdebug/open', adapter: 'rdbg', port: null, listens: true }],
    ['RUBY_DEBUG_OPEN', 'true', { option: 'true', adapter: 'rdbg', port: null, listens: true }],
    ['PYTHONBREAKPOINT', 'debugpy.breakpoint', { adapter: 'debugpy', port: null, listens: false }],
    ['PYTHONBREAKPOINT', 'pydevd_pycharm.settrace', { adapter: 'debugpy', port: 5678, listens: false }],
    ['XDEBUG_MODE', 'develop,debug', { adapter: 'xdebug', host: null, port: 9003, listens: false }],
    ['XDEBUG_CONFIG', 'client_host=10.0.0.2 log=/tmp/x', { adapter: 'xdebug', host: '10.0.0.2', port: 9003 }],
    ['XDEBUG_CONFIG', 'remote_port=9001', { adapter: 'xdebug', host: null, port: 9001 }],
    ['XDEBUG_SESSION', '1', { adapter: 'xdebug', port: 9003 }],
  ])('%s=%s', (variable, value, expected) => {
    const options = optionsIn({ [variable]: value });
    expect(options).toHaveLength(1);
    expect(options[0]).toMatchObject({ variable, ...expected });
  });

  it('takes host and port of Ruby from their own variables', () => {
    const ports = { RUBY_DEBUG_HOST: '0.0.0.0', RUBY_DEBUG_PORT: '12345' };
    const expected = { adapter: 'rdbg', host: '0.0.0.0', port: 12345 };
    expect(optionsIn({ RUBYOPT: '-r debug/open', ...ports })[0]).toMatchObject(expected);
    expect(optionsIn({ RUBY_DEBUG_OPEN: '1', ...ports })[0]).toMatchObject(expected);
    expect(optionsIn(ports)).toEqual([]);
    const saved = optionsIn({ RUBYOPT: '-rdebug/open', RUBY_DEBUG_PORT: '12345:/tmp/port', RUBY_DEBUG_COOKIE: 'x' });
    expect(saved[0]).toMatchObject({ port: 12345, mode: 'cookie' });
  });

  it('reports every variable, and Xdebug once', () => {
    const options = optionsIn({
      XDEBUG_MODE: 'debug',
      XDEBUG_CONFIG: 'client_port=9005',
      XDEBUG_SESSION: 'x',
      _JAVA_OPTIONS: `${AGENT}5005`,
      MAVEN_OPTS: `${AGENT}5005`,
      NODE_OPTIONS: '--inspect',
    });
    expect(options.map(({ variable, port }) => [variable, port])).toEqual([
      ['NODE_OPTIONS', 9229],
      ['_JAVA_OPTIONS', 5005],
      ['MAVEN_OPTS', 5005],
      ['XDEBUG_CONFIG', 9005],
    ]);
  });

  it.each([
    [{}],
    [{ NODE_OPTIONS: '--max-old-space-size=4096' }],
    [{ NODE_OPTIONS: '--inspect-port=9230' }],
    [{ MAVEN_OPTS: '-Xmx1g' }],
    [{ RUBYOPT: '-rdebug' }],
    [{ RUBY_DEBUG_OPEN: 'false' }],
    [{ PYTHONBREAKPOINT: 'ipdb.set_trace' }],
    [{ PYTHONBREAKPOINT: '0' }],
    [{ XDEBUG_MODE: 'coverage', XDEBUG_CONFIG: 'client_port=9003', XDEBUG_SESSION: '1' }],
    [{ XDEBUG_CONFIG: 'log=/tmp/x' }],
    [{ XDEBUG_MODE: '' }],
  ])('finds nothing in %j', (environment) => {
    expect(optionsIn(environment)).toEqual([]);
  });

  it('never throws', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('--inspect=', AGENT, '-r', 'client_port='));
    fc.assert(
      fc.property(fc.array(value), (parts) => {
        const options = inheritedDebugOptions(() => parts.join(' '));
        expect(options.every(({ port }) => port === null || Number.isSafeInteger(port))).toBe(true);
      }),
    );
  });
});
