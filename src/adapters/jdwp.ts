import type { Adapter, Recognised, SecondaryPort, StartFailure } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** Options of the launcher whose value is the next argument (`IsWhiteSpaceOption` of its source). */
export const LAUNCHER_WITH_VALUE =
  /^(-cp|-classpath|--class-path|-p|--module-path|--upgrade-module-path|--add-(modules|exports|opens|reads)|--limit-modules|--patch-module|--enable-native-access|--source|-d|--describe-module)$/;

const AGENT = /^-(?:agentlib:jdwp|Xrunjdwp|agentpath:.{0,400}jdwp\.(?:so|dylib|dll))(?:[=:](.*))?$/;

/**
 * What the virtual machine itself is told: the arguments before the class, the jar or the source file, or those that
 * jshell passes on (`-J…`). An `@file` of arguments hides what it says.
 */
function machineOptions(command: readonly string[]): string[] {
  const [program = '', ...rest] = command;
  if (baseName(program) === 'jshell') {
    return rest.filter((argument) => argument.startsWith('-J')).map((argument) => argument.slice(2));
  }
  if (!/^javaw?$/.test(baseName(program))) return [];
  const options: string[] = [];
  for (let index = 0; index < rest.length; index += 1) {
    const argument = rest[index] ?? '';
    if (LAUNCHER_WITH_VALUE.test(argument)) index += 1;
    else if (argument.startsWith('-')) options.push(argument);
    else if (!argument.startsWith('@')) break;
  }
  return options;
}

/** The agent's `name=value` list. Seen with OpenJDK 17: of two with one name the last counts. */
function agentSettings(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

function recognise(command: readonly string[]): Recognised | null {
  const agent = machineOptions(command)
    .map((option) => AGENT.exec(option))
    .find((match) => match !== null);
  if (agent === undefined) return null;
  const settings = agentSettings(agent[1] ?? '');
  // Shared memory, on Windows: there is no port.
  if (settings.get('transport') === 'dt_shmem') return null;
  const role = settings.get('server') === 'y' ? 'server' : 'caller';
  // Without an address the JVM listens on a port that the system chooses, and says which.
  const { host, port } = splitHostPort(settings.get('address') ?? (role === 'server' ? '0' : ''));
  const mode = settings.get('suspend') === 'n' ? 'running' : 'suspended';
  return { role, host, port, mode, servesProgram: false, takesOneClient: true };
}

const JMX = '-Dcom.sun.management.jmxremote.';

/**
 * JMX listens on every address, or on that of its `host` option; its local connector always on every one. Seen with
 * OpenJDK 17: only `port` switches it on; with `rmi.port` equal to `port` both share one socket; the ports are opened
 * after the debugger's, with suspend=y only when a client has let the program run; a taken one ends the JVM.
 */
function jmxPorts(command: readonly string[]): SecondaryPort[] {
  const options = machineOptions(command);
  const valueOf = (name: string): string | undefined => {
    return options.findLast((option) => option.startsWith(`${JMX}${name}=`))?.slice(JMX.length + name.length + 1);
  };
  const portOf = (name: string): number => splitHostPort(valueOf(name) ?? '').port ?? 0;
  if (valueOf('port') === undefined) return [];
  const host = valueOf('host') ?? null;
  const ports = [
    { port: portOf('port'), host, purpose: 'JMX' },
    { port: portOf('rmi.port'), host, purpose: 'RMI for JMX' },
    { port: portOf('local.port'), host: null, purpose: 'JMX on this machine' },
  ];
  // 0 is one that the system chooses.
  return ports.filter(({ port }, index) => port > 0 && ports.findIndex((other) => other.port === port) === index);
}

/** `*` is every address of both families; Java 8 does not know it. */
function listenAddress(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `*:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** VirtualMachine.Version (command set 1, command 1): length, id, flags, set, command. */
const ASK_VERSION = '\0\0\0\x0B\0\0\0\x01\0\x01\x01';

const RUNS_ON = 'lets a program that waits for its debugger run on without one';
const PRINTS = "makes the JVM print a line among the program's output, and keeps others from attaching meanwhile";

/** Printed by OpenJDK 17, the last one by JMX. */
const START_FAILURES: readonly (readonly [string, StartFailure['symptom']])[] = [
  ['transport error 202: bind failed: Address already in use', 'address-in-use'],
  ['transport error 202: bind failed: Permission denied', 'permission-denied'],
  ['transport error 202: bind failed: Cannot assign requested address', 'address-not-available'],
  ['transport error 202: getaddrinfo: failed to parse address', 'name-not-resolved'],
  ['transport error 202: connect failed: Connection refused', 'connection-refused'],
  ['transport error 203: timed out waiting for connection', 'no-client-connected'],
  ['transport error 103: invalid port number specified', 'invalid-argument'],
  ['JDWP option syntax error', 'invalid-argument'],
  ['JDWP no transport specified', 'invalid-argument'],
  // Although both are there, when `address` stands before `transport`.
  ['JDWP address specified without transport', 'invalid-argument'],
  ['Cannot load this JVM TI agent twice', 'invalid-argument'],
  ['Could not find agent library', 'dependency-missing'],
  ['transport library not found', 'dependency-missing'],
  ['java.rmi.server.ExportException: Port already in use', 'address-in-use'],
];

/**
 * Java's debug wire protocol. Seen with OpenJDK 17: a bare connection makes the JVM print "Debugger failed to attach"
 * on its standard output. After a handshake it prints its "Listening" line anew, and a suspended JVM runs: neither
 * HoldEvents, nor Suspend once or twice, nor taking leave with Dispose keeps it.
 */
export const jdwp: Adapter = {
  id: 'jdwp',
  name: 'the Java debugger (JDWP)',
  defaultPort: 5005,
  secondaryPorts: jmxPorts,
  contact: (mode) => ({
    harmless: false,
    because: `a handshake ${mode === 'running' ? PRINTS : 'lets a suspended JVM run on'}`,
  }),
  handshake: {
    steps: [
      { after: null, send: 'JDWP-Handshake' },
      { after: '^JDWP-Handshake', send: ASK_VERSION },
    ],
    until: 'JVM version \\S+ ',
    disturbs: (mode) => (mode === 'running' ? PRINTS : mode === 'suspended' ? RUNS_ON : `${RUNS_ON}, or ${PRINTS}`),
  },
  identifies: (answer) => answer.startsWith('JDWP-Handshake'),
  versionIn: (answer) => /^JVM version ([\w.+-]{1,40}) /m.exec(answer)?.[1] ?? null,
  recognise,
  hidesIn: { programs: /^(javaw?|jshell)$/, library: 'libjdwp.so' },
  start: ({ host, port, program, waitForClient }) => {
    const [machine, ...rest] = program;
    if (machine === undefined || !/^javaw?$/.test(baseName(machine))) return null;
    const suspend = waitForClient ? 'y' : 'n';
    const settings = `transport=dt_socket,server=y,suspend=${suspend},address=${listenAddress(host, port)}`;
    return { argv: [machine, `-agentlib:jdwp=${settings}`, ...rest], variables: {} };
  },
  announces: /Listening for transport dt_socket at address: /,
  startFailures: START_FAILURES.map(([says, symptom]) => ({ says, symptom, runsOn: false })),
  tool: {
    kind: 'executable',
    name: 'java',
    versionArguments: ['-version'],
    versionIn: (output) => /version "([^"]{1,40})"/.exec(output)?.[1] ?? null,
  },
};
