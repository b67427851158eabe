import { describe, expect, it } from 'vitest';
import { debugpyConfigFormat } from '../../../src/targets/formats/debugpy-config-format.js';
import { dotenv } from '../../../src/targets/formats/dotenv.js';
import { procfile } from '../../../src/targets/formats/procfile.js';
import { addressesOf, placesOf, readAs } from './read-format.js';

const TOO_LARGE = ' '.repeat(1024 * 1024 + 1);

describe('debugpy_config.json', () => {
  it.each([
    ['{"server": {"host": "0.0.0.0", "port": 5690}}', 'server debugpy 0.0.0.0 5690'],
    ['{"server": {"port": 70000}} // as written', 'server debugpy - 70000'],
    ['{"client": {}}', 'server debugpy - -'],
    ['{"server": {"port": 1, "port": 2}, "host": "x"}', 'server debugpy - 2'],
  ])('%s', (text, address) => {
    const content = readAs(debugpyConfigFormat, text);
    expect(addressesOf(content)).toEqual([address]);
    expect(content.configurations[0]).toMatchObject({
      request: 'attach',
      hostKeyPath: ['server', 'host'],
      portKeyPath: ['server', 'port'],
    });
    expect(content.problems).toEqual([]);
  });

  it.each([
    ['{"server": {"port": "5690"}}', '1:21', 1],
    ['{"server": {\n"host": "a b"}}', '2:9', 1],
    ['{"server": {\n"port": 1.5}}', '2:9', 1],
    ['[]', '1:1', 0],
    ['{"server"', '1:10', 0],
    [TOO_LARGE, '1:1', 0],
  ])('%.30s is a problem', (text, place, found) => {
    const content = readAs(debugpyConfigFormat, text);
    expect(placesOf(content)).toEqual([place]);
    expect(content.configurations).toHaveLength(found);
  });
});

describe('a Procfile', () => {
  it.each([
    ['web: node --inspect=9230 app.js', 'server node - 9230', ['node', '--inspect=9230', 'app.js']],
    [
      'api: A=1 python -m debugpy --listen 5690 x',
      'server debugpy - 5690',
      ['env', 'A=1', 'python', '-m', 'debugpy', '--listen', '5690', 'x'],
    ],
    ['go:dlv dap --listen=127.0.0.1:$PORT', 'server delve 127.0.0.1 2345', ['dlv', 'dap', '--listen=127.0.0.1:2345']],
  ])('%s', (line, address, command) => {
    const content = readAs(procfile, `# first\r\n${line}\r\n`, { PORT: '2345' });
    expect(addressesOf(content)).toEqual([address]);
    expect(content.configurations[0]).toMatchObject({ line: 2, column: 1, command, request: 'launch' });
  });

  it('has other lines', () => {
    const text = '\nnode --inspect app.js\n# web: node --inspect app.js\nweb: node app.js\nno name: node --inspect x\n';
    expect(readAs(procfile, text)).toEqual({ configurations: [], compounds: [], problems: [] });
    expect(placesOf(readAs(procfile, TOO_LARGE))).toEqual(['1:1']);
  });
});

describe('a .env file', () => {
  it.each([
    ['NODE_OPTIONS=--inspect', 'server node - 9229', '1:1'],
    ['  export NODE_OPTIONS = "--inspect=9230" # debug', 'server node - 9230', '1:3'],
    ["A=1\n\nNODE_OPTIONS='--inspect=9231'", 'server node - 9231', '3:1'],
    ['PORT=9232\nNODE_OPTIONS=--inspect=$PORT', 'server node - 9232', '2:1'],
    ["PORT=1\nNODE_OPTIONS='--inspect=$HOST_PORT'", 'server node - -', null],
    ['NODE_OPTIONS=--inspect=${HOST_PORT}', 'server node - 9400', '1:1'],
    ['NODE_OPTIONS=--inspect=${NONE}', 'server node - -', '1:1'],
    ['NODE_OPTIONS=x\nNODE_OPTIONS=--inspect=9233', 'server node - 9233', '2:1'],
    [
      'A="first\nNODE_OPTIONS=--inspect\nlast"\nMAVEN_OPTS=-agentlib:jdwp=server=y,address=5006',
      'server jdwp - 5006',
      '4:1',
    ],
    ['RUBY_DEBUG_OPEN=true\nRUBY_DEBUG_PORT=12345', 'server rdbg - 12345', '1:1'],
    ['XDEBUG_CONFIG="client_host=10.0.0.2 client_port=9004"', 'editor-listens xdebug - 9004', '1:1'],
  ])('%j', (text, address, place) => {
    const { configurations, problems } = readAs(dotenv, text, { HOST_PORT: '9400' });
    // In single quotes nothing is filled in, and no port can be told.
    expect(addressesOf({ configurations, compounds: [], problems })).toEqual(place === null ? [] : [address]);
    expect(configurations.map(({ line, column }) => `${line}:${column}`)).toEqual(place === null ? [] : [place]);
    expect(problems).toEqual([]);
  });

  it.each([
    '',
    '# NODE_OPTIONS=--inspect',
    'NODE_OPTIONS',
    'NODE_OPTIONS= #--inspect',
    'PYTHONBREAKPOINT=debugpy.breakpoint',
  ])('%j says nothing', (text) => {
    expect(readAs(dotenv, text)).toEqual({ configurations: [], compounds: [], problems: [] });
  });

  it('may be too large', () => {
    expect(placesOf(readAs(dotenv, TOO_LARGE))).toEqual(['1:1']);
  });
});
