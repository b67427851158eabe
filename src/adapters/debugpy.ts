import type { Adapter, Contact, StartCommand, StartRequest } from './adapter.js';
import { recognisePythonDebugger } from './debugpy-command.js';
import { minorVersionOf, readPythonCommand } from './python-command.js';

/**
 * The last event of the greeting: `output` of "debugpy" up to 1.8.0, `debugpySockets` since. Of an unknown version the
 * whole time is listened to.
 */
const END_OF_GREETING = '"debugpySockets"|"output": ?"debugpy".{1,60}"packageVersion": ?"1\\.([0-7]\\.|8\\.0\\b)';

const INITIALIZE =
  '{"seq":1,"type":"request","command":"initialize","arguments":{"adapterID":"debug-doctor","clientID":"debug-doctor"}}';

function contact(mode: string | null): Contact {
  if (mode === 'standalone-adapter') {
    return { harmless: false, because: 'an adapter without a program ends when its first client leaves' };
  }
  if (mode === 'pydevd') return { harmless: false, because: 'pydevd takes one connection and never listens again' };
  if (mode === 'ptvsd') return { harmless: false, because: 'ptvsd takes the first connection for its editor' };
  return { harmless: true, speaksFirst: true, send: null, until: END_OF_GREETING, stayWhileStartingMs: 1000 };
}

function disturbs(mode: string | null): string | null {
  if (mode === 'debugpy') return null;
  if (mode !== null) return 'may end it, or use up the one connection that it takes';
  return 'may end pydevd, ptvsd or an adapter that serves no program; debugpy itself is left as it was';
}

/**
 * Python 3.11 and later warn of frozen modules and may miss breakpoints in them. An interpreter whose name does not
 * state its version is left as it is.
 */
function startDebugpy({ host, port, program, waitForClient }: StartRequest): StartCommand | null {
  const python = readPythonCommand(program);
  if (python === null || recognisePythonDebugger(program) !== null) return null;
  const { interpreter, options, kind, runs } = python;
  const isSaid = options.some((option) => option.includes('frozen_modules'));
  const frozen = (minorVersionOf(interpreter) ?? 0) >= 11 && !isSaid ? ['-Xfrozen_modules=off'] : [];
  const listen = ['-m', 'debugpy', '--listen', `${host.includes(':') ? `[${host}]` : host}:${port}`];
  const wait = waitForClient ? ['--wait-for-client'] : [];
  const switches = { script: [], module: ['-m'], code: ['-c'] } as const;
  const subject = [...switches[kind], runs, ...python.arguments];
  return { argv: [interpreter, ...options, ...frozen, ...listen, ...wait, ...subject], variables: {} };
}

/**
 * debugpy, and the adapter process that listens for it. Seen with 1.6.3 and 1.8: it speaks first, two or three events.
 * A connection that is closed before all of them were sent can wedge it for good, so a contact listens to the last.
 * While the program has not connected to its adapter yet, the first client that leaves ends the adapter (its
 * `dont_wait_for_first_connection`), and so it does with an adapter that serves no program. `initialize` changes nothing
 * for a client that comes later, nor for one that is attached; `disconnect` would end the session before its time while
 * the program has not connected, so a handshake leaves without it. A second client gets the same events, and its `attach` is then refused with
 * "Server[pid=…] is already being debugged".
 */
export const debugpy: Adapter = {
  id: 'debugpy',
  name: 'debugpy',
  defaultPort: 5678,
  secondaryPorts: () => [],
  contact,
  handshake: {
    steps: [{ after: END_OF_GREETING, send: `Content-Length: ${INITIALIZE.length}\r\n\r\n${INITIALIZE}` }],
    until: '"command": ?"initialize"',
    disturbs,
  },
  identifies: (answer) => answer.startsWith('Content-Length:') && /"(ptvsd|debugpy)"/.test(answer),
  versionIn: (answer) => /"packageVersion": ?"([\w.+-]{1,40})"/.exec(answer)?.[1] ?? null,
  recognise: recognisePythonDebugger,
  hidesIn: null,
  start: startDebugpy,
  announces: null,
  startFailures: [
    { says: "Can't listen for client connections: [Errno 98]", symptom: 'address-in-use', runsOn: false },
    { says: "Can't listen for client connections: [Errno 13]", symptom: 'permission-denied', runsOn: false },
    { says: "Can't listen for client connections: [Errno 99]", symptom: 'address-not-available', runsOn: false },
    { says: "Can't listen for client connections: [Errno -", symptom: 'name-not-resolved', runsOn: false },
    { says: 'invalid --listen <address>: ', symptom: 'invalid-argument', runsOn: false },
    { says: 'No module named debugpy', symptom: 'dependency-missing', runsOn: false },
    { says: "No module named 'debugpy'", symptom: 'dependency-missing', runsOn: false },
    { says: 'timed out waiting for adapter to connect', symptom: 'server-exited', runsOn: false },
    { says: 'error spawning debug adapter: ', symptom: 'server-exited', runsOn: false },
    // The server writes its log before anything else.
    { says: '/debugpy.server-', symptom: 'permission-denied', runsOn: false },
  ],
  tool: { kind: 'python-module', module: 'debugpy', defaultInterpreter: 'python3' },
};
