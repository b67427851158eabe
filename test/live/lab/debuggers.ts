import { endForeign, findProcesses, waitForListener, type Started } from './processes.js';
import type { Scene, StartOptions } from './scene.js';

/** Debian's, which has python3-debugpy. */
export const PYTHON = '/usr/bin/python3';

/** Lives long enough for a test, and not for ever should the test be killed. */
const PYTHON_PROGRAM = 'import time; time.sleep(120)';
const NODE_PROGRAM = 'setTimeout(() => {}, 120_000)';

export interface ServerOptions extends StartOptions {
  host?: string;
  /** Options before the program, such as `--wait-for-client`. */
  extra?: readonly string[];
}

/** Debugpy's adapter, which listens on the program's behalf. */
export function adaptersOf(port: number): number[] {
  return findProcesses('debugpy/adapter', '--port', String(port));
}

/** A Python program that waits for a debugger. */
export async function startDebugpy(scene: Scene, port: number, options: ServerOptions = {}): Promise<Started> {
  const { host = '127.0.0.1', extra = [], ...place } = options;
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  // Registered first and so run last: the adapter outlives its program while a client is connected.
  scene.defer(async () => {
    for (const pid of adaptersOf(port)) await endForeign(pid);
  });
  const argv = [PYTHON, '-m', 'debugpy', '--listen', address, ...extra, '-c', PYTHON_PROGRAM];
  const program = await scene.start(argv, place);
  await waitForListener(program, port);
  return program;
}

/** A Node program with its inspector on. */
export function startNode(scene: Scene, port: number, options: ServerOptions = {}): Promise<Started> {
  const { host = '127.0.0.1', extra = ['--inspect'], ...place } = options;
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const [flag = '', ...others] = extra;
  return scene.start([process.execPath, `${flag}=${address}`, ...others, '-e', NODE_PROGRAM], { port, ...place });
}

/** Runs Python code, with `port` and further arguments in `args`. */
export function startPython(
  scene: Scene,
  code: string,
  args: readonly (string | number)[],
  options: StartOptions = {},
): Promise<Started> {
  const program = `import socket, sys, time\nargs = sys.argv[1:]\n${code}\nprint('ready', flush=True)\ntime.sleep(120)`;
  return scene.start([PYTHON, '-c', program, ...args.map(String)], { prints: 'ready', ...options });
}

/** Listens and answers nothing; the kernel accepts the connections. */
export const SILENT_LISTENER = `
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((args[1] if len(args) > 1 else '127.0.0.1', int(args[0])))
listener.listen(16)`;
