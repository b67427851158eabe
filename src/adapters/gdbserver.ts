import type { Adapter, Contact, Recognised } from './adapter.js';
import { baseName, splitHostPort } from './command-line.js';

/** `once` ends with its first connection, whatever else it does; `multi` waits without a program. */
type Mode = 'program' | 'attach' | 'once' | 'multi';

interface Arguments {
  /** Where to listen; null where the command line ends before it. */
  comm: string | null;
  once: boolean;
  attach: boolean;
  multi: boolean;
  runsProgram: boolean;
}

/** `gdbserver [OPTIONS] COMM PROGRAM…`: what follows COMM belongs to the program, but for an `--attach` of old times. */
function readArguments(command: readonly string[]): Arguments {
  const options: string[] = [];
  let index = 1;
  // A bare `-` is a COMM: standard input and output.
  for (; /^-./.test(command[index] ?? ''); index += 1) {
    options.push(command[index] ?? '');
    if (command[index] !== '--wrapper') continue;
    const end = command.indexOf('--', index);
    index = end < 0 ? command.length : end;
  }
  const next = command[index + 1];
  return {
    comm: command[index] ?? null,
    once: options.includes('--once'),
    attach: options.includes('--attach') || next === '--attach',
    multi: options.includes('--multi'),
    runsProgram: next !== undefined,
  };
}

function modeOf({ once, attach, multi, runsProgram }: Arguments): Mode {
  if (once) return 'once';
  if (attach) return 'attach';
  return multi && !runsProgram ? 'multi' : 'program';
}

function recognise(command: readonly string[]): Recognised | null {
  if (!/^(?:[\w.]+-)*gdbserver(?:64|-?[\d.]+)?$/.test(baseName(command[0] ?? ''))) return null;
  const given = readArguments(command);
  // Without a colon it is a serial line, or standard input and output.
  if (given.comm === null || !given.comm.includes(':')) return null;
  const { host, port } = splitHostPort(given.comm);
  const everyAddress = host !== null && host.includes(':') ? '::' : '0.0.0.0';
  const mode = modeOf(given);
  return { role: 'server', host: everyAddress, port, mode, servesProgram: false, takesOneClient: true };
}

const QUEUE =
  'gdbserver tells its terminal of every connection, and those made while a client is attached fill its queue of one';

const HARMS: Readonly<Record<Mode, string>> = {
  program: QUEUE,
  attach: QUEUE,
  once: 'gdbserver --once ends after one connection, and kills the program that it started',
  multi: 'gdbserver --multi ends after one connection, unless the client asks it to stay',
};

function contact(mode: string | null): Contact {
  const known = Object.entries(HARMS).find(([each]) => each === mode)?.[1];
  return {
    harmless: false,
    because: known ?? 'gdbserver --once kills its program and --multi ends after one connection',
  };
}

function disturbs(mode: string | null): string {
  switch (mode) {
    case 'program':
    case 'attach':
      return 'is told on its terminal, and keeps another client waiting for that time';
    case 'once':
      return 'ends it, and the program that it started';
    case 'multi':
      return 'ends it';
    default:
      return 'ends one that was started with --multi, or with --once and then its program as well';
  }
}

/**
 * gdbserver. Seen with 13.1: HOST decides nothing but the family, so that it listens on 0.0.0.0, or on :: for an IPv6
 * literal. A port above 65535 loses its upper bits. It takes one client, does not accept others meanwhile, and its queue
 * takes two of them, also when they have left; the third hangs. A connection that closes ends `--once` (killing a
 * program that it started, letting go of one that it attached to) and `--multi`, unless `!` was sent; otherwise it
 * listens again, and the program stays stopped. After a client has detached from a program that gdbserver started,
 * gdbserver waits for the end of that program: its socket still listens, and nobody is served.
 */
export const gdbserver: Adapter = {
  id: 'gdbserver',
  name: 'gdbserver',
  defaultPort: 2345,
  secondaryPorts: () => [],
  contact,
  handshake: {
    steps: [{ after: null, send: '+$qSupported#37' }],
    until: String.raw`PacketSize=[^#]*#[\da-f]{2}`,
    disturbs,
  },
  identifies: (answer) => /^\+*\$PacketSize=/.test(answer) && !answer.includes('native-signals'),
  // The protocol has no word for it.
  versionIn: () => null,
  recognise,
  hidesIn: null,
  // It always holds the program until a client continues it.
  start: ({ host, port, program }) => {
    if (program.length === 0) return null;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return { argv: ['gdbserver', address, ...program], variables: {} };
  },
  announces: /^Listening on port \d/m,
  startFailures: [
    { says: "Can't bind address: Address already in use", symptom: 'address-in-use', runsOn: false },
    { says: "Can't bind address: Permission denied", symptom: 'permission-denied', runsOn: false },
    { says: 'cannot resolve name: Servname not supported', symptom: 'invalid-argument', runsOn: false },
    { says: 'cannot resolve name: ', symptom: 'name-not-resolved', runsOn: false },
    { says: 'Could not open remote device: ', symptom: 'invalid-argument', runsOn: false },
    // 127 where the program is missing, 126 where it may not be run; the shell's own line says which.
    { says: 'During startup program exited with code 12', symptom: 'server-exited', runsOn: false },
    // Where a filter refuses ptrace it says this, and then listens and serves nobody.
    { says: 'Cannot PTRACE_TRACEME: Operation not permitted', symptom: 'process-not-attachable', runsOn: false },
    { says: 'Cannot attach to process ', symptom: 'process-not-attachable', runsOn: true },
  ],
  tool: {
    kind: 'executable',
    name: 'gdbserver',
    versionArguments: ['--version'],
    versionIn: (output) => /^GNU gdbserver \(.*\) ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
