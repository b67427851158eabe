import type { Adapter, Contact, Handshake, Recognised, StartFailure } from './adapter.js';
import { splitHostPort } from './command-line.js';
import { isSwitchedOn, readDelveCommand } from './delve-command.js';
import { startDelve } from './delve-start.js';

type Mode = 'dap' | 'headless' | 'headless-multiclient';

/** The subcommands that serve with `--headless`. */
const SERVES = /^(attach|core|debug|exec|replay|run|test)$/;

const GET_VERSION = '{"method":"RPCServer.GetVersion","params":[{}],"id":1}\n';

const INITIALIZE = '{"seq":1,"type":"request","command":"initialize","arguments":{"adapterID":"go"}}';

/** The answer of `dlv dap`, which names nobody. Its numbers are always 0, and its fields are in Go's order. */
const INITIALIZED =
  /^Content-Length: \d{1,5}\r\n\r\n\{"seq":0,"type":"response","request_seq":1,"success":true,"command":"initialize"/;

/** Without `--listen` a free port of 127.0.0.1; a bare `:PORT` is every address; `unix:` (newer than 1.20) is a file. */
function listenAddress(listen: string | undefined): { host: string | null; port: number | null } {
  if (listen === undefined) return { host: '127.0.0.1', port: 0 };
  if (listen.startsWith('unix:')) return { host: null, port: null };
  const { host, port } = splitHostPort(listen);
  return { host: host ?? (listen.startsWith(':') ? '0.0.0.0' : null), port };
}

function recognise(command: readonly string[]): Recognised | null {
  const read = readDelveCommand(command);
  if (read === null || read.verb === null) return null;
  const { verb, options } = read;
  const base = { role: 'server', servesProgram: false, takesOneClient: true } as const;
  const server = { ...base, ...listenAddress(options.get('listen')) };
  if (verb === 'dap') {
    const client = options.get('client-addr');
    const mode: Mode = 'dap';
    return client === undefined ? { ...server, mode } : { ...base, role: 'caller', ...splitHostPort(client), mode };
  }
  if (!SERVES.test(verb) || !isSwitchedOn(read, 'headless')) return null;
  const takesOneClient = !isSwitchedOn(read, 'accept-multiclient');
  const mode: Mode = takesOneClient ? 'headless' : 'headless-multiclient';
  return { ...server, mode, takesOneClient };
}

/** `dlv dap` speaks the Debug Adapter Protocol alone; the others speak both, and only JSON-RPC tells the version. */
const HANDSHAKE: Handshake = {
  steps: [{ after: null, send: GET_VERSION }],
  until: '"id":1\\b.*\\n',
  inModes: {
    dap: {
      steps: [{ after: null, send: `Content-Length: ${INITIALIZE.length}\r\n\r\n${INITIALIZE}` }],
      until: '"command":"initialize"',
    },
  },
  disturbs,
};

function disturbs(mode: string | null): string | null {
  if (mode === 'headless-multiclient') return null;
  if (mode === 'dap') return 'ends it';
  const ends = 'ends it, and the program with it that it started';
  return mode === 'headless' ? ends : `${ends}, unless it runs with --accept-multiclient`;
}

/** Nothing is said to a server whose mode is not known, since most modes do not survive it. */
function contact(mode: string | null): Contact {
  if (mode === 'headless-multiclient') {
    return { harmless: true, speaksFirst: false, send: GET_VERSION, until: '\n', stayWhileStartingMs: 0 };
  }
  const because =
    mode === 'dap'
      ? 'dlv dap ends when its first client leaves'
      : 'a single-client dlv ends, or never accepts again, after one connection';
  return { harmless: false, because };
}

const START_FAILURES: readonly StartFailure[] = [
  { says: 'bind: address already in use', symptom: 'address-in-use', runsOn: false },
  { says: 'bind: permission denied', symptom: 'permission-denied', runsOn: false },
  { says: 'bind: cannot assign requested address', symptom: 'address-not-available', runsOn: false },
  { says: "couldn't start listener: listen tcp: lookup ", symptom: 'name-not-resolved', runsOn: false },
  { says: "couldn't start listener: listen tcp: address ", symptom: 'invalid-argument', runsOn: false },
  { says: 'exec: "go": executable file not found in', symptom: 'dependency-missing', runsOn: false },
  { says: 'go.mod file not found in current directory', symptom: 'dependency-missing', runsOn: false },
  { says: 'could not launch process: not an executable file', symptom: 'dependency-missing', runsOn: false },
  { says: 'could not launch process: open ', symptom: 'dependency-missing', runsOn: false },
  { says: 'could not open debug info', symptom: 'dependency-missing', runsOn: false },
  { says: 'could not launch process: fork/exec ', symptom: 'permission-denied', runsOn: false },
  { says: 'ould not attach to pid ', symptom: 'process-not-attachable', runsOn: false },
  { says: 'Version of Delve is too old for Go version ', symptom: 'unexpected-answer', runsOn: false },
  { says: 'is too old for this version of Delve', symptom: 'unexpected-answer', runsOn: false },
  { says: 'could not create log file: ', symptom: 'server-exited', runsOn: false },
  { says: 'Error: --continue requires --accept-multiclient', symptom: 'invalid-argument', runsOn: false },
];

/**
 * Delve. Seen with 1.20.2:
 * - `dlv dap` ends once somebody connected and left, whatever was said;
 * - a single-client `--headless` closes its listener for ever when it accepts. Left without a word it lives on and
 *   nobody can attach; left after a request it ends, with a program that it started (one that it was attached to runs on);
 * - with `--accept-multiclient` twenty connections, GetVersion or not, change nothing for the program, running or
 *   stopped, nor for a client that comes later. `initialize` and `disconnect` would: the program stops.
 * On loopback it hangs up on other users' connections (`--only-same-user`).
 */
export const delve: Adapter = {
  id: 'delve',
  name: 'Delve',
  defaultPort: 2345,
  secondaryPorts: () => [],
  contact,
  handshake: HANDSHAKE,
  identifies: (answer) => answer.includes('"DelveVersion"') || INITIALIZED.test(answer),
  versionIn: (answer) => /"DelveVersion":"Version: ([\w.+-]{1,40})/.exec(answer)?.[1] ?? null,
  recognise,
  hidesIn: null,
  start: startDelve,
  announces: /^(API|DAP) server listening at: /m,
  startFailures: START_FAILURES,
  tool: {
    kind: 'executable',
    name: 'dlv',
    versionArguments: ['version'],
    versionIn: (output) => /^Version: ([\w.+-]{1,40})/m.exec(output)?.[1] ?? null,
  },
};
