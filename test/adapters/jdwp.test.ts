import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyAnswer, recogniseCaller, recogniseCommand, recogniseProcess } from '../../src/adapters/index.js';
import { jdwp } from '../../src/adapters/jdwp.js';

const LISTENS = 'transport=dt_socket,server=y,suspend=n';
const AGENT = `-agentlib:jdwp=${LISTENS},address`;
const LIBRARY = '/usr/lib/jvm/java-17-openjdk-amd64/lib/libjdwp.so';

/** What OpenJDK 17.0.21.1 answered to VirtualMachine.Version. */
const VERSION =
  'JDWP-Handshake\0\0\0\xE7\0\0\0\x01\x80\0\0\0\0\0\xA7Java Debug Wire Protocol (Reference Implementation) version 17.0\n' +
  'JVM Debug Interface version 17.0\nJVM version 17.0.21.1 (OpenJDK 64-Bit Server VM, mixed mode, sharing)' +
  '\0\0\0\x11\0\0\0\0\0\0\0\t17.0.21.1\0\0\0\x18OpenJDK 64-Bit Server VM';

describe('a JVM that listens', () => {
  it.each([
    [['java', `${AGENT}=5005`, '-jar', 'app.jar'], null, 5005, 'running'],
    [['/opt/jdk-21/bin/java', `${AGENT}=127.0.0.1:5005`, 'App'], '127.0.0.1', 5005, 'running'],
    [['C:\\jdk\\bin\\javaw.exe', `${AGENT}=*:5005`, 'App'], '0.0.0.0', 5005, 'running'],
    [['java', `${AGENT}=[::1]:5005`, 'App'], '::1', 5005, 'running'],
    [['java', `${AGENT}=::1:5005`, 'App'], '::1', 5005, 'running'],
    [['java', `${AGENT}=:5005`, 'App'], null, 5005, 'running'],
    [['java', '-agentlib:jdwp=address=5006,server=y,transport=dt_socket', 'App'], null, 5006, 'suspended'],
    [['java', '-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=5006', 'App'], null, 5006, 'suspended'],
    [['java', `-agentlib:jdwp=${LISTENS},suspend=y,suspend=n,address=1,address=5007`, 'App'], null, 5007, 'running'],
    [['java', `-agentlib:jdwp=${LISTENS}`, 'App'], null, 0, 'running'],
    [['java', `${AGENT}=abc`, 'App'], null, null, 'running'],
    [['java', '-Xdebug', `-Xrunjdwp:${LISTENS},address=5008`, 'App'], null, 5008, 'running'],
    [['java', `-agentpath:${LIBRARY}=${LISTENS},address=5009`, 'App'], null, 5009, 'running'],
    [['java', '-cp', 'lib/*', '-Xmx1g', `${AGENT}=5010`, 'App.java'], null, 5010, 'running'],
    [['java', '@options', `${AGENT}=5011`, 'App'], null, 5011, 'running'],
    [['java', '--source', '17', `${AGENT}=5012`, 'App.java'], null, 5012, 'running'],
    [['jshell', '--feedback', 'concise', `-J${AGENT}=5013`], null, 5013, 'running'],
  ])('%j', (command, host, port, mode) => {
    expect(recogniseCommand(command)).toMatchObject({ adapter: 'jdwp', role: 'server', host, port, mode });
  });

  it.each([
    [['java', '-jar', 'app.jar']],
    [['java', '-cp', '.', 'App', `${AGENT}=5005`]],
    [['java', '-jar', 'app.jar', `${AGENT}=5005`]],
    [['java', '-cp', `${AGENT}=5005`, 'App']],
    [['java', `-agentlib:jdwpx=${LISTENS},address=5005`, 'App']],
    [['java', '-agentlib:hprof=server=y', 'App']],
    [['java', '-agentlib:jdwp=transport=dt_shmem,server=y,address=javadebug', 'App']],
    [['jdb', '-attach', '5005']],
    [['jshell', `${AGENT}=5005`]],
    [['javac', 'App.java']],
  ])('%j is none', (command) => {
    expect(recogniseCommand(command)).toBeNull();
  });
});

describe('a JVM that calls the editor', () => {
  it.each([
    [['java', '-agentlib:jdwp=transport=dt_socket,server=n,address=mac.local:5005', 'App'], 'mac.local', 5005],
    [['java', '-agentlib:jdwp=transport=dt_socket,suspend=y,address=127.0.0.1:5006', 'App'], '127.0.0.1', 5006],
    [['java', '-agentlib:jdwp=transport=dt_socket', 'App'], null, null],
  ])('%j', (command, host, port) => {
    expect(recogniseCommand(command)).toBeNull();
    expect(recogniseCaller(command)).toMatchObject({ adapter: 'jdwp', role: 'caller', host, port });
  });

  it('is none that listens when its environment says so', () => {
    const option = '-agentlib:jdwp=transport=dt_socket,server=n,address=5005';
    expect(recogniseProcess(['java', 'App'], (name) => (name === 'JAVA_TOOL_OPTIONS' ? option : null))).toBeNull();
  });
});

describe('the other ports of a JVM', () => {
  const jmx = (name: string, value: string): string => `-Dcom.sun.management.jmxremote.${name}=${value}`;

  it.each([
    ['JMX', [jmx('port', '7091')], [{ port: 7091, host: null, purpose: 'JMX' }]],
    ['both on one', [jmx('port', '7091'), jmx('rmi.port', '7091')], [{ port: 7091 }]],
    ['on one address', [jmx('host', '10.0.0.2'), jmx('port', '7091')], [{ port: 7091, host: '10.0.0.2' }]],
    [
      'all of them',
      [jmx('port', '1'), jmx('rmi.port', '2'), jmx('local.port', '3')],
      [1, 2, 3].map((port) => ({ port })),
    ],
    ['the last of two', [jmx('port', '1'), jmx('port', '2')], [{ port: 2 }]],
    ['a port of its choice', [jmx('port', '0'), jmx('rmi.port', '7092')], [{ port: 7092 }]],
    ['nothing that switches it on', [jmx('rmi.port', '7092')], []],
    ['no number', [jmx('port', 'abc')], []],
    ['an option of the program', ['App', jmx('port', '7091')], []],
  ])('%s', (_, options, expected) => {
    const ports = jdwp.secondaryPorts(['java', ...options, 'App']);
    expect(ports).toHaveLength(expected.length);
    expect(ports).toMatchObject(expected);
  });
});

describe('a start', () => {
  const at = { program: ['java', '-jar', 'app.jar'], port: 5005, waitForClient: false };

  it.each([
    ['127.0.0.1', '127.0.0.1:5005'],
    ['::1', '[::1]:5005'],
    ['0.0.0.0', '*:5005'],
    ['::', '*:5005'],
  ])('on %s is recognised', (host, address) => {
    const argv = jdwp.start({ ...at, host })?.argv ?? [];
    expect(argv).toEqual(['java', `${AGENT}=${address}`, '-jar', 'app.jar']);
    expect(jdwp.recognise(argv)).toMatchObject({ role: 'server', port: 5005, mode: 'running' });
  });

  it('may wait for a client', () => {
    const argv = jdwp.start({ ...at, host: '127.0.0.1', waitForClient: true })?.argv ?? [];
    expect(jdwp.recognise(argv)?.mode).toBe('suspended');
  });

  it.each([[[]], [['mvn', 'test']], [['jshell']]])('of %j is not known', (program) => {
    expect(jdwp.start({ ...at, host: '127.0.0.1', program })).toBeNull();
  });
});

describe('an answer', () => {
  it('identifies it, tells its version, and ends the handshake', () => {
    expect(identifyAnswer(VERSION)).toBe('jdwp');
    expect(jdwp.versionIn(VERSION)).toBe('17.0.21.1');
    expect(new RegExp(jdwp.handshake?.until ?? '$^').test(VERSION)).toBe(true);
    expect(jdwp.versionIn('JDWP-Handshake')).toBeNull();
  });

  it('is said to let a program run that waits', () => {
    const disturbs = ['suspended', 'running', null].map((mode) => jdwp.handshake?.disturbs(mode) ?? '');
    expect(new Set(disturbs).size).toBe(3);
    expect(disturbs).not.toContain('');
  });
});

it('never throws over a command line', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('java', `${AGENT}=`, '-agentlib:jdwp', '-J', '-Xrunjdwp:server=y,'),
  );
  fc.assert(
    fc.property(fc.array(part), (command) => {
      jdwp.recognise(command);
      jdwp.secondaryPorts(command);
    }),
  );
});
