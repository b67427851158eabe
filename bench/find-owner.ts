import { createNodeHost } from '../src/host/node.js';
import type { Target } from '../src/model/target.js';
import { createObserver } from '../src/observe.js';

const port = Number(process.argv[2]);

const target: Target = {
  name: 'bench',
  request: 'launch',
  adapter: 'tcp',
  host: '127.0.0.1',
  port,
  socketPath: null,
  portRange: [port, port],
  pid: null,
  command: [],
  cwd: '/',
  logFiles: [],
  serverLogFile: null,
  errorText: null,
  settings: null,
  source: { kind: 'default' },
};

/** Prints who listens on the port, as a check would see it, and nothing more: the in-process look-up alone. */
async function main(): Promise<void> {
  const limits = {
    offline: true,
    probeLevel: 'gentle',
    announce: () => undefined,
    probeTimeoutMs: 10_000,
    connectTimeoutMs: 1000,
    signal: null,
  } as const;
  const seen = await createObserver(createNodeHost(), target, limits).see('port-sockets');
  const sockets = seen.status === 'ok' ? seen.value.sockets : [];
  console.log(JSON.stringify(sockets.flatMap(({ processes }) => processes.map(({ pid }) => pid))));
}

void main();
