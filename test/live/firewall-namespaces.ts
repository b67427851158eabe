import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Host } from '../../src/host/host.js';
import { createNodeHost } from '../../src/host/node.js';
import type { ConnectionAttempt, LocalNetwork, SocketAddress } from '../../src/model/facts.js';

const execute = promisify(execFile);

const RUN = randomBytes(3).toString('hex');
/** Two network namespaces with a cable between them. Nothing in them reaches the machine or a network. */
export const SERVER = { name: `ddfw-${RUN}-s`, four: '10.213.77.1', six: 'fd00:77::1' };
export const CLIENT = { name: `ddfw-${RUN}-c`, four: '10.213.77.2', six: 'fd00:77::2' };
export type Namespace = typeof SERVER;

export const FIRST_PORT = 17100;
const LAST_PORT = 17139;

const LISTEN = `
const { createServer } = require('node:net');
let open = 0;
for (let port = ${FIRST_PORT}; port <= ${LAST_PORT}; port += 1) {
  createServer((socket) => socket.on('error', () => {}).end()).listen(port, '::', () => {
    open += 1;
    if (open === ${LAST_PORT - FIRST_PORT + 1}) console.log('ready');
  });
}`;

const DIAL = `
const { connect } = require('node:net');
const [timeoutMs, ...places] = JSON.parse(process.argv[1]);
const dial = ({ address, port }) => new Promise((resolve) => {
  const started = performance.now();
  const socket = connect({ host: address, port });
  const end = (outcome, errorCode) => {
    clearTimeout(timer);
    socket.destroy();
    resolve({ outcome, errorCode, durationMs: performance.now() - started });
  };
  const timer = setTimeout(() => end('timed-out', null), timeoutMs);
  socket.on('connect', () => end('connected', null));
  socket.on('error', ({ code }) => end('failed', code));
});
Promise.all(places.map(dial)).then((results) => console.log(JSON.stringify(results)));`;

function sh(...argv: string[]): void {
  const [file = '', ...args] = argv;
  execFileSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Runs a command in a namespace; throws when it fails. */
export function inside(space: Namespace, ...argv: string[]): void {
  sh('ip', 'netns', 'exec', space.name, ...argv);
}

/** Loads nft rules from text. nft wants a line's end after a closing brace. */
export function loadNft(space: Namespace, rules: string): void {
  const input = rules.replaceAll(/\} *\}/g, '}\n}');
  execFileSync('ip', ['netns', 'exec', space.name, 'nft', '-f', '-'], { input, stdio: ['pipe', 'ignore', 'pipe'] });
}

export function hasTool(name: string): boolean {
  try {
    sh('sh', '-c', 'command -v "$0"', name);
    return true;
  } catch {
    return false;
  }
}

/** Takes all rules of a namespace away, also those of the older kernel interface. */
export function clearRules(space: Namespace): void {
  for (const tool of ['iptables-legacy', 'ip6tables-legacy'].filter(hasTool)) {
    inside(space, tool, '-F');
    inside(space, tool, '-X');
    inside(space, tool, '-P', 'INPUT', 'ACCEPT');
  }
  inside(space, 'nft', 'flush', 'ruleset');
}

let listener: ChildProcess | null = null;

/** Makes both namespaces, and a listener on every port from FIRST_PORT on in the server's. */
export async function setUp(): Promise<void> {
  for (const { name } of [SERVER, CLIENT]) sh('ip', 'netns', 'add', name);
  sh('ip', 'link', 'add', 'ddfw0', 'netns', SERVER.name, 'type', 'veth', 'peer', 'name', 'ddfw0', 'netns', CLIENT.name);
  for (const space of [SERVER, CLIENT]) {
    inside(space, 'ip', 'link', 'set', 'lo', 'up');
    inside(space, 'ip', 'link', 'set', 'ddfw0', 'up');
    inside(space, 'ip', 'address', 'add', `${space.four}/24`, 'dev', 'ddfw0');
    inside(space, 'ip', 'address', 'add', `${space.six}/64`, 'dev', 'ddfw0', 'nodad');
    // Rejections by ICMP are rate-limited, which would turn some of the test's into silence.
    inside(space, 'sysctl', '-qw', 'net.ipv4.icmp_ratelimit=0', 'net.ipv6.icmp.ratelimit=0');
  }
  const child = spawn('ip', ['netns', 'exec', SERVER.name, process.execPath, '-e', LISTEN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  listener = child;
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the listener ended')));
  });
}

export function tearDown(): void {
  listener?.kill('SIGKILL');
  for (const { name } of [SERVER, CLIENT]) {
    try {
      sh('ip', 'netns', 'delete', name);
    } catch {
      // It was never made.
    }
  }
}

/** What a client in the namespace sees when it dials these places, all at once. */
export async function dial(
  space: Namespace,
  places: readonly SocketAddress[],
  timeoutMs: number,
): Promise<ConnectionAttempt[]> {
  const input = JSON.stringify([timeoutMs, ...places]);
  const { stdout } = await execute('ip', ['netns', 'exec', space.name, process.execPath, '-e', DIAL, input]);
  const results = JSON.parse(stdout) as Pick<ConnectionAttempt, 'outcome' | 'errorCode' | 'durationMs'>[];
  return results.map((result, index) => {
    const to = places[index];
    if (to === undefined) throw new Error('one result too many');
    return attemptAt(to, result);
  });
}

/** An attempt with nothing said on either side. */
export function attemptAt(to: SocketAddress, result: Partial<ConnectionAttempt>): ConnectionAttempt {
  return {
    to,
    outcome: 'not-tried',
    errorCode: null,
    durationMs: 0,
    sent: '',
    received: '',
    closedByPeer: false,
    answeredBy: null,
    serverVersion: null,
    handshakeDone: false,
    answerExpected: false,
    notTriedBecause: null,
    ...result,
  };
}

/** The machine as seen from inside a namespace: commands run there, and its own part of /proc/net is read. */
export function hostInside(space: Namespace, ...wrapper: string[]): Host {
  const host = createNodeHost();
  const enter = ['ip', 'netns', 'exec', space.name, ...wrapper];
  return {
    ...host,
    run: (argv, options) => host.run([...enter, ...argv], options),
    readFile: async (path, options) => {
      if (!path.startsWith('/proc/net/')) return host.readFile(path, options);
      const result = await host.run([...enter, 'cat', path], options);
      return result.exitCode === 0
        ? { ok: true, text: result.stdout, truncated: false }
        : { ok: false, code: 'ENOENT' };
    },
  };
}

export function networkOf({ four, six }: Namespace): LocalNetwork {
  const own = (address: string, family: 4 | 6) => ({ address, family, internal: false, interfaceName: 'ddfw0' });
  return {
    addresses: [own(four, 4), own(six, 6)],
    loopbackUp: true,
    ipv6Disabled: false,
    unprivilegedPortStart: 1024,
    ephemeralPorts: [32768, 60999],
  };
}
