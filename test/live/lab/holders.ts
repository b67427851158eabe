import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, startPython } from './debuggers.js';
import { endForeign, waitForOutput, waitUntil, stateOf, type Started } from './processes.js';
import type { Scene, StartOptions } from './scene.js';

const FIRST = 17500;
const LAST = 17599;

let next = FIRST;

/** A port, with nine free ones behind it, that no other test of the file uses. */
export function claimPort(): number {
  if (next + 9 > LAST) next = FIRST;
  next += 3;
  return next - 3;
}

/** The system's own programs first: a version manager's `python3` may lack debugpy. */
export const SYSTEM_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';
export const SYSTEM = { env: { PATH: SYSTEM_PATH } };

const OPEN = `
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
if os.fork() == 0: time.sleep(120); os._exit(0)`,
  'two listeners': `
child = os.fork()
held = opened(share=1); held.listen()
if child == 0: time.sleep(120); os._exit(0)`,
  'outgoing connection': `
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen()
held = opened(reuse=0); held.connect(server.getsockname()); other = server.accept()`,
  'closed connection': `
server = opened(); server.listen()
client = socket.create_connection((args[1], int(args[0]))); other, _ = server.accept()
server.close(); other.close(); time.sleep(0.1); client.close()`,
} as const;

export type Hold = keyof typeof HOLDS;

/** Takes a port of this machine, or of the place's namespace. A child that it forks ends with it. */
export function takePort(scene: Scene, port: number, how: Hold = 'listening', host = '127.0.0.1', options: StartOptions = {}): Promise<Started> {
  const withParent = `
import ctypes, signal
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
`;
  const forks = how === 'forked listener' || how === 'two listeners';
  const code = forks ? HOLDS[how].replace(/(if os\.fork\(\) == 0:|if child == 0:)/, `$1 ctypes.CDLL(None).prctl(1, signal.SIGKILL);`) : HOLDS[how];
  return startPython(scene, OPEN + (forks ? withParent.replace(/^ctypes.*$/m, '') : '') + code, [port, host], options);
}
