import type { Adapter, Recognised } from './adapter.js';
import { baseName, flagValue } from './command-line.js';
import type { ReadVariable } from './option-words.js';

/** Only a cookie decides what a contact does; the frontend (`--open=chrome`, `--open=vscode`) and `--nonstop` do not. */
const WITH_COOKIE = 'cookie';

/** Ruby's own options whose value is the next argument. */
const TAKES_VALUE = /^(-[rICXEe]|--(encoding|external-encoding|internal-encoding|enable|disable))$/;

const RUBY = /^ruby[\d.]*$/;

/** What is written in Ruby and started by its own name. */
const COMMANDS = /^(bundler?|rails|rake|rspec|puma|unicorn|sidekiq|rackup)$/;

function listening(host: string | null, port: number | null, cookie: string | null): Recognised {
  const mode = cookie === null ? null : WITH_COOKIE;
  return { role: 'server', host, port, mode, servesProgram: false, takesOneClient: true };
}

/** `PORT`, or `PORT:FILE` for a file that the port is written to. */
function portIn(text: string | null): number | null {
  const digits = /^(\d{1,9})(?::|$)/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What Ruby's debugger was told besides to listen: RUBY_DEBUG_HOST, RUBY_DEBUG_PORT, RUBY_DEBUG_COOKIE. */
export function rubyDebugServer(read: ReadVariable): Recognised {
  return listening(read('RUBY_DEBUG_HOST'), portIn(read('RUBY_DEBUG_PORT')), read('RUBY_DEBUG_COOKIE'));
}

/** `--open`, `-O`, `--open=FRONTEND`, anywhere before `--`. */
function recogniseRdbg(rest: readonly string[]): Recognised | null {
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  if (!options.some((option) => /^(-O|--open)(=|$)/.test(option))) return null;
  return listening(flagValue(options, '--host'), portIn(flagValue(options, '--port')), flagValue(options, '--cookie'));
}

/** `ruby -r debug/open`, or a whole path to that file, before the script; `open_nonstop` does not wait. */
function loadsOpenDebugger(command: readonly string[]): boolean {
  for (let index = 1; index < command.length; index += 1) {
    const argument = command[index] ?? '';
    if (!argument.startsWith('-') || argument === '--') return false;
    const takesValue = TAKES_VALUE.test(argument);
    const library = argument === '-r' ? command[index + 1] : /^-r(.+)/.exec(argument)?.[1];
    if (/(^|[\\/])debug[\\/]open(_nonstop)?(\.rb)?$/.test(library ?? '')) return true;
    if (takesValue) index += 1;
  }
  return false;
}

/** The arguments of `rdbg` where a command line runs it: by its own name, by ruby, or through `bundle exec`. */
function rdbgArguments(command: readonly string[]): readonly string[] | null {
  const isRdbg = (argument: string | undefined): boolean => /^rdbg[\d.]*$/.test(baseName(argument ?? ''));
  if (isRdbg(command[0])) return command.slice(1);
  const [program = '', second, third] = command;
  const runsSecond = RUBY.test(baseName(program));
  if (runsSecond && isRdbg(second)) return command.slice(2);
  const isBundle = /^bundler?[\d.]*$/.test(baseName(program));
  return isBundle && second === 'exec' && isRdbg(third) ? command.slice(3) : null;
}

/**
 * Ruby's debug library; 12345 is the port of its documentation. All seen with 1.6.3. Without a port it listens on a Unix
 * socket (but `--open=chrome` on a port of its own choice), with one on 127.0.0.1, and of a number above 65535 it keeps
 * the low 16 bits. `rdbg` becomes the program and leaves its options in RUBYOPT and RUBY_DEBUG_*, so that the command
 * line of the running process shows none of them; a program that writes its own title (puma) writes over those too.
 * `info cookie: -` is answered in every mode and also while the program waits for a debugger; its cost is one
 * `GreetingError: HEAD request` on standard error. That is the whole handshake: what else a client may say starts a
 * session. With a cookie the answer is silence; while a client debugs, others wait in the queue, which harms nobody.
 */
export const rdbg: Adapter = {
  id: 'rdbg',
  name: 'the Ruby debugger (rdbg)',
  defaultPort: 12345,
  secondaryPorts: () => [],
  contact: (mode) =>
    mode === WITH_COOKIE
      ? { harmless: false, because: 'it wants a cookie, and gives no answer to who does not know it' }
      : {
          harmless: true,
          speaksFirst: false,
          send: 'info cookie: -\n',
          until: ' on ruby ',
          stayWhileStartingMs: 0,
        },
  handshake: null,
  identifies: (answer) => /^PID: \d+, \$0: [^\n]*\ndebug [\d.]+\S* on ruby /.test(answer),
  versionIn: (answer) => /^debug ([\d.]+\S*) on ruby/m.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined) return null;
    const options = rdbgArguments(command);
    if (options !== null) return recogniseRdbg(options);
    return RUBY.test(baseName(program)) && loadsOpenDebugger(command) ? listening(null, null, null) : null;
  },
  addressIn: (read) => rubyDebugServer(read),
  hidesIn: { programs: RUBY, library: null },
  start: ({ host, port, program, waitForClient }) => {
    const [first = ''] = program;
    const isScript = first.endsWith('.rb');
    if (!isScript && !RUBY.test(baseName(first)) && !COMMANDS.test(baseName(first))) return null;
    const options = ['--open', '--host', host, '--port', String(port), ...(waitForClient ? [] : ['--nonstop'])];
    // Without `--command` what follows are arguments of ruby.
    return { argv: ['rdbg', ...options, ...(isScript ? [] : ['--command']), '--', ...program], variables: {} };
  },
  announces: /^DEBUGGER.*: Debugger can attach via /m,
  startFailures: [
    // Tried ten times within a second, then the program ends.
    { says: '(Errno::EADDRINUSE)', symptom: 'address-in-use', runsOn: false },
    // These end the program as well, with exit code 0.
    { says: '#<Errno::EACCES: Permission denied - bind(2)', symptom: 'permission-denied', runsOn: false },
    {
      says: '#<Errno::EADDRNOTAVAIL: Cannot assign requested address',
      symptom: 'address-not-available',
      runsOn: false,
    },
    { says: '#<SocketError: getaddrinfo:', symptom: 'name-not-resolved', runsOn: false },
    { says: 'Specify digits for port number (RuntimeError)', symptom: 'invalid-argument', runsOn: false },
    { says: 'cannot load such file -- debug/open (LoadError)', symptom: 'dependency-missing', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    name: 'rdbg',
    versionArguments: ['--version'],
    // Debian's rdbg3.1 says `rdbg3 1.6.3`.
    versionIn: (output) => /^rdbg\d* ([\d.]+)/m.exec(output)?.[1] ?? null,
  },
};
