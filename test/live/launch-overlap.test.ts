import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PYTHON } from './lab/debuggers.js';
import { expectCause, expectHealthy, runDoctor } from './lab/doctor.js';
import { claimPort, takePort } from './lab/holders.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('overlapping addresses', PYTHON);

const ADDRESSES = ['0.0.0.0', '127.0.0.1', '127.0.0.2', '::', '::1'];
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);

const TRY_BIND = `
import socket, sys
made = socket.socket(socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET)
made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if made.family == socket.AF_INET6: made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
try: made.bind((sys.argv[1], int(sys.argv[2]))); made.listen(); print(0)
except OSError as error: print(error.errno)`;

const EADDRINUSE = 98;

/** The errno that a server gets when it really binds; 0: none. */
function bindErrno(address: string, port: number): number {
  return Number(execFileSync(PYTHON, ['-c', TRY_BIND, address, String(port)], { encoding: 'utf8' }));
}

describe.runIf(hasPython)('overlapping addresses', () => {
  it.each(ADDRESSES)('a listener on %s blocks what a real bind finds blocked', async (holder) => {
    const port = claimPort();
    await takePort(scene, port, 'listening', holder);
    for (const wanted of ADDRESSES) {
      const errno = bindErrno(wanted, port);
      expect([0, EADDRINUSE]).toContain(errno);
      const isFree = errno === 0;
      const place = `${bracketed(wanted)}:${port}`;
      const examination = await runDoctor(['check', place, '--request', 'launch', '--adapter', 'tcp']);
      const outcome = examination.target.results.find(({ check }) => check === 'port-is-free')?.outcome;
      expect(outcome, `${wanted} beside ${holder}`).toBe(isFree ? 'pass' : 'fail');
      if (isFree) expectHealthy(examination);
      else expectCause(examination, wanted === holder ? 'port-held-by-other-program' : 'overlapping-bind-address');
    }
  });
});
