import { copyFileSync, existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { adaptersOf, PYTHON, startPython } from './debuggers.js';
import { isInTables } from './ports.js';
import { endForeign, findProcesses, waitUntil, type Started } from './processes.js';
import type { Scene, StartOptions } from './scene.js';

const FIRST = 19_000;
const LAST = 19_999;

/** A range of free ports that a target is given begins at its own port. */
const APART = 3;

let next = FIRST;

/** A port that no other test of the file uses, and nothing on the machine. */
export function claimPort(): number {
  for (;;) {
    if (next + APART > LAST) throw new Error('this file needs more ports than are set aside');
    next += APART;
    if (!isInTables(next - APART)) return next - APART;
  }
}

/** A listener whose queue is full, so that a connection hangs. */
export async function startFullQueue(scene: Scene, port: number): Promise<void> {
  const code = `
listener = socket.socket(); listener.bind(('127.0.0.1', int(args[0]))); listener.listen(0)
waiting = [socket.socket() for _ in range(4)]
for each in waiting: each.setblocking(False); each.connect_ex(('127.0.0.1', int(args[0])))`;
  await startPython(scene, code, [port]);
}

/** The system's own programs first: the `python3` of a version manager may lack debugpy. */
export const SYSTEM_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

const PRELUDE = `
import os

def opened(host=None, reuse=1, share=0):
    host = host or args[1]
    made = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
    if made.family == socket.AF_INET6: made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    if share: made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind((host, int(args[0])))
    return made
`;

/** How a port can be taken; Python code. */
const HOLDS = {
  listening: `held = opened(); held.listen()`,
  'bound only': `held = opened(reuse=0)`,
  'forked listener': `
held = opened(); held.listen()
if os.fork() == 0: time.sleep(120)`,
  'two listeners': `
child = os.fork()
held = opened(share=1); held.listen()
if child == 0: time.sleep(120)
time.sleep(0.2)`,
  'outgoing connection': `
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen()
held = opened(reuse=0); held.connect(server.getsockname()); other = server.accept()`,
  'closed connection': `
server = opened(); server.listen()
client = socket.create_connection((args[1], int(args[0]))); other, _ = server.accept()
server.close(); other.close(); time.sleep(0.1); client.close()`,
} as const;

export type Hold = keyof typeof HOLDS;

/** Takes a port of this machine, or of the place's namespace. */
export function takePort(
  scene: Scene,
  port: number,
  how: Hold = 'listening',
  host = '127.0.0.1',
  options: StartOptions = {},
): Promise<Started> {
  // Registered first and so run last: a forked child outlives its parent.
  scene.defer(async () => {
    for (const pid of findProcesses(PYTHON, String(port), host)) await endForeign(pid);
  });
  return startPython(scene, PRELUDE + HOLDS[how], [port, host], options);
}

export interface Stranger {
  pid: number;
  parent: number;
}

/** Takes a port by a process that is neither our child nor started from where the doctor is started. */
export async function takePortAsStranger(scene: Scene, port: number, options: StartOptions = {}): Promise<Stranger> {
  const code = `${PRELUDE}${HOLDS.listening}\nprint(f'pid {os.getpid()};', flush=True)`;
  const program = `import socket, sys, time\nargs = sys.argv[1:]\n${code}\ntime.sleep(120)`;
  const argv = ['unshare', '--fork', '--kill-child', PYTHON, '-c', program, String(port), '127.0.0.1'];
  const parent = await scene.start(argv, { ...options, prints: ';' });
  return { pid: Number(/pid (\d+)/.exec(parent.output())?.[1]), parent: parent.pid };
}

/** Debugpy's adapter; it detaches itself by a second start, and for a moment both are there. */
export async function adapterOf(port: number): Promise<number> {
  await waitUntil('the adapter is alone', () => adaptersOf(port).length === 1);
  return adaptersOf(port)[0] ?? 0;
}

/** Python under another name, which becomes that of its process. */
export function pythonNamed(scene: Scene, name: string): string {
  const file = join(scene.folder(), name);
  copyFileSync(PYTHON, file);
  return file;
}

/** Where control groups are made: version 2, alone or beside version 1. */
const CGROUP_ROOTS = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

export const CGROUP_ROOT = CGROUP_ROOTS.find((folder) => existsSync(join(folder, 'cgroup.controllers'))) ?? null;

export interface Service {
  unit: string;
  /** A prefix that runs a command where systemd runs that of a service. */
  through: readonly string[];
}

/** A control group such as systemd makes for a service. Its processes must have ended when the test ends. */
export function createService(scene: Scene, root: string): Service {
  const unit = `ddla-${process.pid}.service`;
  const folder = join(root, unit);
  mkdirSync(folder);
  scene.defer(() =>
    waitUntil('the control group is empty', () => {
      try {
        rmdirSync(folder);
        return true;
      } catch {
        return false;
      }
    }),
  );
  return { unit, through: ['sh', '-c', 'echo $$ > "$0/cgroup.procs" && exec "$@"', folder] };
}
