import { execFileSync } from 'node:child_process';
import { PYTHON } from './debuggers.js';
import { commandAt, environmentAt, type Place } from './place.js';

/** ptrace(2) of the C library, for Python code. PTRACE_SEIZE does not stop the process. */
const PTRACE = `
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long
SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17`;

/** Attaches to the process in args[0], and stays. */
export const TRACER = `${PTRACE}
if libc.ptrace(SEIZE, int(args[0]), None, None) != 0:
    raise OSError(ctypes.get_errno(), 'ptrace')`;

const ATTACH_AND_DETACH = `${PTRACE}
pid = int(sys.argv[1])
if libc.ptrace(SEIZE, pid, None, None) != 0:
    print(os.strerror(ctypes.get_errno()))
else:
    libc.ptrace(INTERRUPT, pid, None, None)
    os.waitpid(pid, 0x40000000)
    libc.ptrace(DETACH, pid, None, None)
    print('attached')`;

/** Runs its arguments under a system call filter that refuses ptrace with EPERM, as old container profiles did. */
const UNDER_FILTER = `
import ctypes, os, platform, struct, sys
number = {'x86_64': 101, 'aarch64': 117}[platform.machine()]
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
REFUSE, ALLOW = 0x00050001, 0x7fff0000
rules = [(LOAD, 0, 0, 0), (IF_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
code = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *rule) for rule in rules))
program = ctypes.create_string_buffer(struct.pack('HxxxxxxP', len(rules), ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0 or libc.prctl(SECCOMP, FILTER, program, 0, 0) != 0:
    raise OSError(ctypes.get_errno(), 'prctl')
os.execvp(sys.argv[1], sys.argv[1:])`;

export const underFilter: readonly string[] = [PYTHON, '-c', UNDER_FILTER];

/** What the kernel says to a real attach, which ends at once: `attached`, or the error. */
export function tryAttach(pid: number, place: Place = {}): string {
  const { file, args } = commandAt([PYTHON, '-c', ATTACH_AND_DETACH, String(pid)], place);
  return execFileSync(file, args, { encoding: 'utf8', env: environmentAt(place), timeout: 10_000 }).trim();
}
