import { describe, expect, it } from 'vitest';
import { jetbrains } from '../../../src/targets/formats/jetbrains.js';
import { addressesOf, placesOf, readAs } from './read-format.js';

/** A shared configuration of a type, with options and further attributes. */
function shared(type: string, options: Readonly<Record<string, string>>, attributes = ''): string {
  const lines = Object.entries(options).map(([name, value]) => `<option name="${name}" value="${value}" />`);
  return [
    '<component name="ProjectRunConfigurationManager">',
    `  <configuration default="false" name="Mine" type="${type}" ${attributes}>`,
    ...lines.map((line) => `    ${line}`),
    '  </configuration>',
    '</component>',
  ].join('\n');
}

describe('a run configuration', () => {
  it.each([
    [
      'PyRemoteDebugConfigurationType',
      { HOST: 'localhost', PORT: '5678' },
      '',
      'editor-listens debugpy localhost 5678',
    ],
    ['PyRemoteDebugConfigurationType', {}, '', 'editor-listens debugpy - -'],
    ['Remote', { HOST: '10.0.0.2', PORT: '8010' }, '', 'client jdwp 10.0.0.2 8010'],
    ['Remote', { SERVER_MODE: 'true', HOST: 'localhost', PORT: '5006' }, '', 'editor-listens jdwp localhost 5006'],
    ['GoRemoteDebugConfigurationType', {}, 'host="127.0.0.1" port="2345"', 'client delve 127.0.0.1 2345'],
    ['GoRemoteDebugConfigurationType', {}, 'port="40000"', 'client delve - 40000'],
    ['ChromiumRemoteDebugType', {}, 'host="localhost" port="9230"', 'client node localhost 9230'],
    ['ChromiumRemoteDebugType', {}, '', 'client node - -'],
    ['ChromiumRemoteDebugType', {}, 'port="9222"', 'client chrome - 9222'],
    ['PhpRemoteDebugRunConfigurationType', {}, 'server_name="x" session_id="PHPSTORM"', 'editor-listens xdebug - -'],
    ['NodeJSConfigurationType', {}, 'node-parameters="--inspect=9300" path-to-js-file="a.js"', 'server node - 9300'],
  ])('%s %j %s', (type, options, attributes, address) => {
    const content = readAs(jetbrains, shared(type, options, attributes));
    expect(addressesOf(content)).toEqual([address]);
    expect(content.configurations[0]).toMatchObject({ name: 'Mine', line: 2, column: 3, cwd: '/project' });
    expect(content.problems).toEqual([]);
  });

  it.each([
    ['editor-listens', 'launch', shared('Remote', { SERVER_MODE: 'true' })],
    ['client', 'attach', shared('Remote', { SERVER_MODE: 'false' })],
    ['server', 'launch', shared('NodeJSConfigurationType', {}, 'node-parameters="--inspect"')],
  ])('%s is a matter of %s', (role, request, text) => {
    expect(readAs(jetbrains, text).configurations[0]).toMatchObject({ role, request });
  });

  it.each([
    ['Remote', { USE_SOCKET_TRANSPORT: 'false' }, ''],
    ['NodeJSConfigurationType', {}, 'node-parameters="--trace-warnings" path-to-js-file="a.js"'],
    ['Application', { PORT: '5005' }, ''],
    ['__proto__', {}, ''],
  ])('%s is none of a debugger', (type, options, attributes) => {
    const content = readAs(jetbrains, shared(type, options, attributes));
    expect(content).toEqual({ configurations: [], compounds: [], problems: [] });
  });

  it('of Node.js may be debugged by its environment', () => {
    const node = shared('NodeJSConfigurationType', {}, 'path-to-js-file="a.js"');
    const text = node.replace('</conf', '<envs><env name="NODE_OPTIONS" value="--inspect=9301"/></envs></conf');
    const content = readAs(jetbrains, text);
    expect(addressesOf(content)).toEqual(['server node - 9301']);
    expect(content.configurations[0]?.command).toEqual(['node', 'a.js']);
  });

  it('with a macro stays unresolved', () => {
    const content = readAs(jetbrains, shared('Remote', { HOST: '$HOST$', PORT: '$PORT$' }));
    expect(addressesOf(content)).toEqual(['client jdwp - -']);
    expect(content.configurations[0]?.unresolved).toEqual(['$HOST$', '$PORT$']);
    expect(content.problems).toEqual([]);
  });

  it('with a port that is no number is a problem', () => {
    expect(placesOf(readAs(jetbrains, shared('Remote', { PORT: 'x' })))).toEqual(['2:3']);
    expect(placesOf(readAs(jetbrains, shared('GoRemoteDebugConfigurationType', {}, 'port="-1"')))).toEqual(['2:3']);
  });
});

describe('workspace.xml', () => {
  const workspace = (...components: string[]): string => `<project version="4">\n${components.join('\n')}\n</project>`;
  const php = '<configuration name="Shop" type="PhpRemoteDebugRunConfigurationType"/>';

  it('holds the port of PHP beside its configurations', () => {
    const general = '<component name="PhpDebugGeneral" xdebug_debug_port="9001"/>';
    const text = workspace(general, `<component name="RunManager">${php}</component>`);
    expect(addressesOf(readAs(jetbrains, text))).toEqual(['editor-listens xdebug - 9001']);
  });

  it('says that the editor listens for PHP without a configuration', () => {
    const ports = '<xdebug_debug_ports port="9003"/>';
    const text = workspace(`<component name="PhpDebugGeneral" listening_started="true">${ports}</component>`);
    expect(addressesOf(readAs(jetbrains, text))).toEqual(['editor-listens xdebug - 9003']);
    expect(readAs(jetbrains, text.replace('true', 'false')).configurations).toEqual([]);
  });

  it('has templates, which are no configurations', () => {
    const template = '<configuration default="true" type="Remote"><option name="PORT" value="x"/></configuration>';
    const content = readAs(jetbrains, workspace(`<component name="RunManager">${template}</component>`));
    expect(content).toEqual({ configurations: [], compounds: [], problems: [] });
  });

  it('has compounds', () => {
    const members = '<toRun name="A" type="Remote"/><toRun name="B" type="Remote"/>';
    const compound = `<configuration name="All" type="CompoundRunConfigurationType">${members}</configuration>`;
    const content = readAs(jetbrains, workspace(`<component name="RunManager">${compound}</component>`));
    expect(content.compounds).toEqual([{ name: 'All', members: ['A', 'B'] }]);
  });

  it.each([
    ['<project>\n  <component', '2:3'],
    ['', '1:1'],
    ['<!DOCTYPE x>', '1:1'],
  ])('%j is broken', (text, place) => {
    expect(placesOf(readAs(jetbrains, text))).toEqual([place]);
  });
});
