import type { Adapter, Contact, Recognised, SecondaryPort } from './adapter.js';
import { baseName, flagValue, splitHostPort } from './command-line.js';

/** `platform-once` is a platform without `--server`; `dap` speaks the Debug Adapter Protocol, the others gdb's. */
type Mode = 'gdbserver' | 'platform' | 'platform-once' | 'dap';

function listening(address: string, mode: Mode, takesOneClient: boolean): Recognised {
  const { host, port } = splitHostPort(address);
  return { role: 'server', host, port, mode, servesProgram: false, takesOneClient };
}

/** Options of `lldb-server gdbserver` and debugserver that take the next argument as their value. */
const WITH_VALUE = /^(--(attach|named-pipe|pipe|log-file|log-channels)|-[acl])$/;

/** `[OPTIONS] [HOST]:PORT [--] PROGRAM…`. The address may be written as `listen://HOST:PORT`. */
function recogniseGdbserver(rest: readonly string[]): Recognised | null {
  for (let index = 0; index < rest.length; index += 1) {
    const argument = rest[index] ?? '';
    // It calls, or it was given a socket that is open.
    if (/^--(reverse-connect|fd(=.*)?)$/.test(argument) || argument === '--') return null;
    if (WITH_VALUE.test(argument)) index += 1;
    else if (!argument.startsWith('-')) {
      const address = argument.replace(/^listen:\/\//, '');
      // Anything else is a path of a Unix socket, or nothing that it could listen on.
      return /^[^/]{0,255}:\d+$/.test(address) ? listening(address, 'gdbserver', true) : null;
    }
  }
  return null;
}

/** `--listen HOST:PORT`. Without HOST it makes a Unix socket that is named `:PORT` (seen with 14). */
function recognisePlatform(rest: readonly string[]): Recognised | null {
  const address = flagValue(rest, '--listen') ?? flagValue(rest, '-L') ?? '';
  if (!/^[^/]{1,255}:\d+$/.test(address)) return null;
  const stays = rest.includes('--server');
  return listening(address, stays ? 'platform' : 'platform-once', !stays);
}

/**
 * `--port N`, as two arguments only (`--port=N` is not understood, seen with 14); since LLVM 20 there is `--connection
 * listen://HOST:PORT` (`tcp://` at first) in its place, and that server goes on to the next client.
 */
function recogniseDap(rest: readonly string[]): Recognised | null {
  const end = rest.findIndex((argument) => /^--?launch-target$/.test(argument));
  const own = end < 0 ? rest : rest.slice(0, end);
  const valueOf = (option: RegExp): string | null => {
    const index = own.findLastIndex((argument) => option.test(argument));
    return index < 0 ? null : (own[index + 1] ?? null);
  };
  const port = valueOf(/^(--?port|-p)$/);
  if (port !== null) return /^\d+$/.test(port) ? listening(port, 'dap', true) : null;
  const address = /^(?:listen|tcp):\/\/([^/]{0,255}:\d+)$/.exec(valueOf(/^--?connection$/) ?? '')?.[1];
  return address === undefined ? null : listening(address, 'dap', false);
}

/** CodeLLDB's adapter, always on 127.0.0.1; without `--port` it speaks over standard input and output. */
function recogniseCodelldb(rest: readonly string[]): Recognised | null {
  const port = flagValue(rest, '--port') ?? '';
  return /^\d+$/.test(port) ? listening(port, 'dap', !rest.includes('--multi-session')) : null;
}

function recognise([program = '', ...rest]: readonly string[]): Recognised | null {
  const name = baseName(program).replace(/-\d[\d.]*$/, '');
  if (name === 'lldb-server') {
    const [verb = '', ...own] = rest;
    if (verb === 'gdbserver' || verb === 'g') return recogniseGdbserver(own);
    return verb === 'platform' || verb === 'p' ? recognisePlatform(own) : null;
  }
  if (name === 'debugserver') return recogniseGdbserver(rest);
  if (name === 'codelldb') return recogniseCodelldb(rest);
  return name === 'lldb-dap' || name === 'lldb-vscode' ? recogniseDap(rest) : null;
}

/** Where the sessions of a platform listen, when that is not left to chance. */
function secondaryPorts([program = '', verb = '', ...rest]: readonly string[]): readonly SecondaryPort[] {
  if (!/^lldb-server(-[\d.]+)?$/.test(baseName(program)) || !/^p(latform)?$/.test(verb)) return [];
  const port = flagValue(rest, '--gdbserver-port') ?? flagValue(rest, '-P') ?? '';
  return /^\d{1,5}$/.test(port) ? [{ port: Number(port), host: null, purpose: 'debug sessions' }] : [];
}

const ASK = '+$qSupported#37';
const ANSWERED = String.raw`PacketSize=[^#]*#[\da-f]{2}`;

const HARMS: Readonly<Record<Exclude<Mode, 'platform'>, string>> = {
  gdbserver: 'lldb-server gdbserver ends after one connection, and its program runs on',
  'platform-once': 'lldb-server platform without --server ends after one connection',
  dap: 'lldb-dap ends after one connection',
};

function contact(mode: string | null): Contact {
  if (mode === 'platform')
    return { harmless: true, speaksFirst: false, send: ASK, until: ANSWERED, stayWhileStartingMs: 0 };
  const known = Object.entries(HARMS).find(([each]) => each === mode)?.[1];
  return { harmless: false, because: known ?? 'lldb-server gdbserver and lldb-dap end after one connection' };
}

function disturbs(mode: string | null): string | null {
  if (mode === 'platform') return null;
  if (mode === 'gdbserver') return 'ends it and lets its program run on';
  return mode === null ? 'ends it, unless it is a platform with --server' : 'ends it';
}

const INITIALIZE = '{"seq":1,"type":"request","command":"initialize","arguments":{"adapterID":"lldb"}}';

/**
 * LLDB's servers: lldb-server, lldb-dap (lldb-vscode before LLVM 18), CodeLLDB's adapter and macOS's debugserver. Seen
 * with 14: `gdbserver` and `lldb-vscode --port` end once their one client has left, also one that only looked; a program
 * that `gdbserver` started or attached to runs on then. `platform --server` forks for each connection, prints two lines
 * and serves the next; a fork keeps the listening socket. HOST is also the one client that is let in, unless it is loopback
 * or every address: for any other, 0.0.0.0 is bound, and who connects from elsewhere is dropped without an answer. Where
 * `gdbserver` cannot listen, its program has been started already and runs on without a parent, not traced. debugserver,
 * CodeLLDB and lldb-dap since LLVM 18 are known from their source and documentation alone.
 */
export const lldb: Adapter = {
  id: 'lldb',
  name: 'lldb-server',
  defaultPort: 1234,
  secondaryPorts,
  contact,
  handshake: {
    steps: [{ after: null, send: ASK }],
    until: ANSWERED,
    inModes: {
      dap: {
        steps: [{ after: null, send: `Content-Length: ${INITIALIZE.length}\r\n\r\n${INITIALIZE}` }],
        until: String.raw`^(?=[^]*"request_seq")(?=[^]*"cpp_throw")[^]*\}\s*$`,
      },
    },
    disturbs,
  },
  // native-signals is LLDB's own word; debugserver does not begin with the packet size.
  identifies: (answer) =>
    /^\+*\$[^#]*PacketSize=[^#]*native-signals\+/.test(answer) ||
    (answer.startsWith('Content-Length:') && /"cpp_throw"|"\$?__lldb/.test(answer)),
  // Newer lldb-dap says it in its answer to `initialize`; 14 does not.
  versionIn: (answer) => /"\$?__lldb[^}]{0,20}?"lldb(?: version |-)([\d.]+)/.exec(answer)?.[1] ?? null,
  recognise,
  hidesIn: null,
  // It always holds the program until a client continues it, and does not look for it on PATH (seen with 14).
  start: ({ host, port, program }) => {
    if (!/[\\/]/.test(program[0] ?? '')) return null;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return { argv: ['lldb-server', 'gdbserver', address, '--', ...program], variables: {} };
  },
  // On a pipe nothing is printed before the first client has come.
  announces: null,
  startFailures: [
    // `gdbserver` on standard error, after the address; its program runs on.
    { says: "': Address already in use", symptom: 'address-in-use', runsOn: true },
    { says: "': Permission denied", symptom: 'permission-denied', runsOn: true },
    { says: "': No open listening sockets!", symptom: 'name-not-resolved', runsOn: true },
    // `platform`, on standard output.
    { says: 'failed to listen: Address already in use', symptom: 'address-in-use', runsOn: false },
    { says: 'failed to listen: Permission denied', symptom: 'permission-denied', runsOn: false },
    { says: 'error: No open listening sockets!', symptom: 'name-not-resolved', runsOn: false },
    { says: 'error: failed to launch ', symptom: 'server-exited', runsOn: false },
    { says: 'error: failed to attach to pid ', symptom: 'process-not-attachable', runsOn: true },
  ],
  tool: {
    kind: 'executable',
    name: 'lldb-server',
    versionArguments: ['version'],
    versionIn: (output) => /version ([\d.]+)/.exec(output)?.[1] ?? null,
  },
};
