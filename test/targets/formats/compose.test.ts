import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/targets/formats/compose.js';
import { addressesOf, placesOf, readAs } from './read-format.js';

/** A file with one service, whose lines are given. */
function service(...lines: string[]): string {
  return ['services:', '  web:', ...lines.map((line) => `    ${line}`), ''].join('\n');
}

const INSPECT = 'command: node --inspect=0.0.0.0:9229 server.js';

describe('a published port', () => {
  it.each([
    ['"9230:9229"', 'client node 127.0.0.1 9230'],
    ['9230:9229', 'client node 127.0.0.1 9230'],
    ['"127.0.0.1:9230:9229"', 'client node 127.0.0.1 9230'],
    ['"10.0.0.2:9230:9229/tcp"', 'client node 10.0.0.2 9230'],
    ['"[::1]:9230:9229"', 'client node ::1 9230'],
    ['"0.0.0.0:9230:9229"', 'client node 127.0.0.1 9230'],
    ['"8000-8100:9200-9300"', 'client node 127.0.0.1 8029'],
    ['"${PORT}:9229"', 'client node 127.0.0.1 9333'],
    ['"${NONE:-9334}:9229"', 'client node 127.0.0.1 9334'],
    ['"${NONE}:9229"', 'client node 127.0.0.1 -'],
    ['{target: 9229, published: 9230}', 'client node 127.0.0.1 9230'],
    ['{target: 9229, published: "9230", host_ip: 10.0.0.2, protocol: tcp}', 'client node 10.0.0.2 9230'],
  ])('%s', (port, address) => {
    const content = readAs(compose, service(INSPECT, 'ports:', `  - ${port}`), { PORT: '9333' });
    expect(addressesOf(content)).toEqual([address]);
    expect(content.problems).toEqual([]);
    expect(content.configurations[0]).toMatchObject({ line: 5, column: 9, request: 'attach' });
  });

  it('is left visible when its variable is not set', () => {
    const { configurations } = readAs(compose, service(INSPECT, 'ports: ["${NONE}:9229"]'));
    expect(configurations[0]?.unresolved).toEqual(['${NONE}']);
  });

  it.each(['"9229"', '"127.0.0.1::9229"', '"8000-8005:9229"', '{target: 9229}'])('%s is chosen by Docker', (port) => {
    const content = readAs(compose, service(INSPECT, 'ports:', `  - ${port}`));
    expect(content).toEqual({ configurations: [], compounds: [], problems: [] });
  });

  it.each(['"9230:9229/udp"', '{target: 9229, published: 9229, protocol: udp}', '"3000:3000"', 'x', '[]', '""'])(
    '%s is another one',
    (port) => {
      const content = readAs(compose, service(INSPECT, 'ports:', `  - ${port}`));
      expect(content.configurations).toEqual([]);
      expect(placesOf(content)).toEqual(['3:14']);
    },
  );

  it.each([
    ['"5678:5678"', 'client debugpy 127.0.0.1 5678'],
    ['"9223:9222"', 'client chrome 127.0.0.1 9223'],
    ['"5005:5005"', 'client jdwp 127.0.0.1 5005'],
    ['"40000:2345"', 'client delve 127.0.0.1 40000'],
  ])('%s speaks for itself', (port, address) => {
    const content = readAs(compose, service(`ports: [${port}]`));
    expect(addressesOf(content)).toEqual([address]);
    expect(content.problems).toEqual([]);
  });

  it.each(['"12345:12345"', '"5000-6000:5000-6000"', '"3000:3000"'])('%s does not', (port) => {
    expect(readAs(compose, service(`ports: [${port}]`)).configurations).toEqual([]);
  });
});

describe('a debug option', () => {
  it.each([
    ['command: python -m debugpy --listen 0.0.0.0:5678 app.py', 5678, 'debugpy'],
    ['command: ["sh", "-c", "migrate && exec python -m debugpy --listen 0.0.0.0:5678 app.py"]', 5678, 'debugpy'],
    ['entrypoint: dlv exec ./app --headless --listen=:2345', 2345, 'delve'],
    ['{entrypoint: [./start.sh], command: [node, "--inspect=0.0.0.0:9229", x.js]}', 9229, 'node'],
    ['command: nodemon --inspect=0.0.0.0:$$DEBUG_PORT x.js', 9229, null],
    ['environment: {NODE_OPTIONS: "--inspect=0.0.0.0:9229"}', 9229, 'node'],
    ['environment: ["NODE_OPTIONS=--inspect=0.0.0.0:9229"]', 9229, 'node'],
    ['environment: ["NODE_OPTIONS"]', 9230, null],
    ['environment: {JAVA_TOOL_OPTIONS: "-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005"}', 5005, 'jdwp'],
    ['environment: {RUBY_DEBUG_OPEN: "1", RUBY_DEBUG_HOST: 0.0.0.0, RUBY_DEBUG_PORT: 12345}', 12345, 'rdbg'],
    ['command: netcoredbg --interpreter=vscode --server=4711 -- dotnet app.dll', 4711, 'vsdbg'],
    ['command: gdbserver :1234 ./app', 1234, 'gdbserver'],
  ])('%s', (line, port, adapter) => {
    const lines = line.startsWith('{') ? line.slice(1, -1).split(/, (?=command)/) : [line];
    const content = readAs(compose, service(...lines, `ports: ["7000:${port}"]`));
    const found = adapter ?? (port === 9229 ? 'node' : null);
    expect(addressesOf(content)).toEqual(found === null ? [] : [`client ${found} 127.0.0.1 7000`]);
    expect(content.problems).toEqual([]);
  });

  it('of a merged mapping counts', () => {
    const text =
      'x-a: &a\n  command: node --inspect=0.0.0.0:9229 x.js\nservices:\n  web:\n    <<: *a\n    ports: ["1:9229"]\n';
    expect(addressesOf(readAs(compose, text))).toEqual(['client node 127.0.0.1 1']);
  });

  it('is not reported twice for two commands of one shell', () => {
    const text = service('command: sh -c "a && b"', 'environment: {NODE_OPTIONS: --inspect}');
    expect(placesOf(readAs(compose, text))).toEqual(['4:19']);
  });
});

describe('the network of a service', () => {
  it('can be the host itself', () => {
    const content = readAs(compose, service(INSPECT, 'network_mode: host'));
    expect(addressesOf(content)).toEqual(['client node 127.0.0.1 9229']);
    expect(content.problems).toEqual([]);
  });

  it('can be that of another service', () => {
    const text = `${service('ports: ["1:9229", "2:5678"]')}  side:\n    ${INSPECT}\n    network_mode: service:web\n`;
    const content = readAs(compose, text);
    expect(addressesOf(content).toSorted()).toContain('client node 127.0.0.1 1');
    expect(content.problems).toEqual([]);
  });

  it('none reaches nobody, and that is meant', () => {
    expect(readAs(compose, service(INSPECT, 'network_mode: none')).problems).toEqual([]);
  });
});

describe('a problem', () => {
  it.each([
    ['not published', [INSPECT], ['3:14']],
    ['only exposed', [INSPECT, 'expose: ["9229"]'], ['3:14']],
    ['the inspector stays on loopback', ['command: node --inspect x.js', 'ports: ["1:9229"]'], ['3:14']],
    ['debugpy on loopback', ['command: python -m debugpy --listen 5678 x.py', 'ports: ["1:5678"]'], ['3:14']],
    ['an explicit loopback', ['command: dlv dap --listen=127.0.0.1:2345', 'ports: ["1:2345"]'], ['3:14']],
    ['Xdebug calls its own container', ['environment:', '  XDEBUG_CONFIG: client_host=127.0.0.1'], ['4:7']],
    ["Docker holds the editor's port", ['environment: {XDEBUG_MODE: debug}', 'ports: ["9003:9003"]'], ['4:13']],
  ])('%s', (_, lines, places) => {
    expect(placesOf(readAs(compose, service(...lines)))).toEqual(places);
  });

  it.each([
    [['command: dlv dap --listen=:2345', 'ports: ["1:2345"]']],
    [['command: chromium --remote-debugging-port=9222', 'ports: ["1:9222"]']],
    [['environment: {XDEBUG_CONFIG: client_host=host.docker.internal}', 'ports: ["8080:80"]']],
    [['environment: {XDEBUG_CONFIG: client_host=127.0.0.1}', 'network_mode: host']],
    [['environment: {XDEBUG_MODE: "off"}', 'ports: ["9003:9003"]']],
    [['command: node --inspect=0 x.js']],
    [['command: rdbg --open app.rb']],
  ])('is none: %j', (lines) => {
    expect(readAs(compose, service(...lines)).problems).toEqual([]);
  });

  it.each([
    ['services:\n  web:\n    ports: [', '3:13'],
    ['', '1:1'],
  ])('is a broken file: %j', (text, place) => {
    expect(placesOf(readAs(compose, text))).toEqual([place]);
  });

  it.each(['version: "3"', 'services: []', 'services: {web: null}', '[1, 2]', 'text'])('is not %j', (text) => {
    expect(readAs(compose, text)).toEqual({ configurations: [], compounds: [], problems: [] });
  });
});
