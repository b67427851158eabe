import type { Adapter, Recognised } from './adapter.js';
import { baseName, flagValue, splitHostPort } from './command-line.js';

function listening(host: string | null, port: number | null): Recognised {
  return { role: 'server', host, port, mode: null, servesProgram: false, takesOneClient: true };
}

/** `--open`, `-O`, `--open=FRONTEND`, `--open=HOST:PORT`, anywhere before `--`. */
function recogniseRdbg(rest: readonly string[]): Recognised | null {
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  const open = options.find((option) => /^(-O|--open)(=|$)/.test(option));
  if (open === undefined) return null;
  const inOpen = splitHostPort(open.slice(open.indexOf('=') + 1));
  const port = splitHostPort(flagValue(options, '--port') ?? '').port ?? inOpen.port;
  return listening(flagValue(options, '--host') ?? inOpen.host, port);
}

/** `ruby -r debug/open`: host and port then come from the environment (RUBY_DEBUG_HOST, RUBY_DEBUG_PORT). */
function loadsOpenDebugger(command: readonly string[]): boolean {
  return command.some((argument, index) => {
    const library = argument === '-r' ? (command[index + 1] ?? '') : argument.startsWith('-r') ? argument.slice(2) : '';
    return /(^|[\\/])debug[\\/]open(_nonstop)?$/.test(library);
  });
}

/**
 * Ruby's debug library. Without a port it listens on a Unix socket, with one on 127.0.0.1; 12345 is the port of its
 * documentation. Seen with 1.6.3: `info cookie: -` is answered also while the program waits for a debugger, and costs
 * one `GreetingError: HEAD request` on its standard error; a second client connects and gets no answer. `rdbg` puts its
 * options into RUBYOPT and RUBY_DEBUG_* and becomes the program, so that the running process shows none of them.
 */
export const rdbg: Adapter = {
  id: 'rdbg',
  name: 'the Ruby debugger (rdbg)',
  defaultPort: 12345,
  secondaryPorts: () => [],
  contact: () => ({
    harmless: true,
    speaksFirst: false,
    send: 'info cookie: -\n',
    until: ' on ruby ',
    stayWhileStartingMs: 0,
  }),
  handshake: null,
  identifies: (answer) => /^PID: \d+, \$0: [^\n]*\ndebug [\d.]+\S* on ruby /.test(answer),
  versionIn: (answer) => /^debug ([\d.]+)/m.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program, script] = command;
    if (program === undefined) return null;
    const name = baseName(program);
    if (/^rdbg[\d.]*$/.test(name)) return recogniseRdbg(command.slice(1));
    if (!/^ruby[\d.]*$/.test(name)) return null;
    if (script !== undefined && baseName(script) === 'rdbg') return recogniseRdbg(command.slice(2));
    return loadsOpenDebugger(command) ? listening(null, null) : null;
  },
  hidesIn: { programs: /^ruby[\d.]*$/, library: null },
  start: () => null,
  announces: /DEBUGGER: Debugger can attach via /,
  startFailures: [
    { says: 'Errno::EADDRINUSE', symptom: 'address-in-use', runsOn: false },
    { says: 'Errno::EACCES', symptom: 'permission-denied', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'rdbg',
    versionArguments: ['--version'],
    versionIn: (output) => /^rdbg ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
