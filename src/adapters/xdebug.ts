import type { Adapter, Recognised } from './adapter.js';
import { baseName, flagValue } from './command-line.js';

/** Options whose value is the next argument, which is not the script then. */
const TAKES_VALUE = /^-[cdfrBRFESt]$/;

const PHP = /^php(-cgi|-fpm)?[\d.]*$/;

/** The settings of `-d NAME=VALUE` and `-dNAME=VALUE` before the script; a name alone counts as 1. */
export function phpSettingsOf(command: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const [index, argument] of command.entries()) {
    if (index === 0 || TAKES_VALUE.test(command[index - 1] ?? '')) continue;
    if (!argument.startsWith('-')) break;
    if (!argument.startsWith('-d')) continue;
    const [name = '', value = '1'] = (argument === '-d' ? (command[index + 1] ?? '') : argument.slice(2)).split('=', 2);
    settings.set(name, value.replaceAll(/^["']|["']$/g, ''));
  }
  return settings;
}

export function isPhp(program: string | undefined): boolean {
  return program !== undefined && PHP.test(baseName(program));
}

/**
 * What listens for Xdebug in the place of an editor: the adapter of VS Code's "PHP Debug" (`out/phpDebug.js`, which other
 * editors run as well), and Xdebug's own client and proxy. An editor that does so itself, as PhpStorm, shows nothing.
 */
function recogniseEditor(command: readonly string[]): Recognised | null {
  const [program = ''] = command;
  const isClient = /^dbgp(Client|Proxy)$/.test(baseName(program));
  if (!isClient && !command.slice(1, 6).some((argument) => baseName(argument) === 'phpDebug.js')) return null;
  const port = isClient ? (flagValue(command, '-p') ?? '') : '';
  const base = { mode: null, servesProgram: false, takesOneClient: false };
  return { role: 'server', host: null, port: /^\d{1,5}$/.test(port) ? Number(port) : null, ...base };
}

function recogniseProgram(command: readonly string[]): Recognised | null {
  const settings = phpSettingsOf(command);
  const isThree = settings.get('xdebug.mode')?.split(',').includes('debug') === true;
  const isTwo = /^(1|on|true|yes)$/i.test(settings.get('xdebug.remote_enable') ?? '');
  if (!isThree && !isTwo) return null;
  const [host, port] = isThree
    ? [settings.get('xdebug.client_host'), settings.get('xdebug.client_port') ?? '9003']
    : [settings.get('xdebug.remote_host'), settings.get('xdebug.remote_port') ?? '9000'];
  const number = /^\d{1,9}$/.test(port) ? Number(port) : null;
  const base = { mode: null, servesProgram: false, takesOneClient: false };
  return { role: 'caller', host: host ?? null, port: number, ...base };
}

const INIT =
  '<?xml version="1.0" encoding="iso-8859-1"?>\n<init xmlns="urn:debugger_protocol_v1" fileuri="file:///debug-doctor" ' +
  'language="PHP" protocol_version="1.0" appid="0" idekey="debug-doctor"></init>';

/**
 * PHP with Xdebug 3 (2 used `remote_enable`, `remote_host`, `remote_port` and port 9000). The program dials and the
 * editor listens, so that a connection to the editor's port takes a session there. Seen with 3.2: nobody listening is
 * one line on standard error, and the script runs on without its debugger.
 */
export const xdebug: Adapter = {
  id: 'xdebug',
  name: 'Xdebug (the editor listens)',
  defaultPort: 9003,
  editorListens: true,
  secondaryPorts: () => [],
  contact: () => ({ harmless: false, because: 'a connection opens a debug session in the editor that listens there' }),
  handshake: {
    // An editor says nothing until a program has introduced itself; then it gives its first command.
    steps: [{ after: null, send: `${INIT.length}\0${INIT}\0` }],
    until: '^[a-z_]+ -i ',
    disturbs: () => 'a debug session opens in the editor and ends at once',
  },
  identifies: (answer) =>
    /^\d+\0<\?xml[^>]*>\s*<init [^>]*urn:debugger_protocol_v1/.test(answer) ||
    /^(feature_[gs]et|status|std(out|err)|breakpoint_(set|list)|run|step_(into|over)|detach|stop|eval) -i \S/.test(
      answer,
    ),
  versionIn: (answer) => /<engine version="([\w.-]{1,40})"><!\[CDATA\[Xdebug\]\]>/.exec(answer)?.[1] ?? null,
  recognise: (command) => (isPhp(command[0]) ? recogniseProgram(command) : recogniseEditor(command)),
  hidesIn: { programs: PHP, library: 'xdebug' },
  // What listens is the editor; nothing can be started for it.
  start: () => null,
  announces: null,
  startFailures: [
    {
      says: 'Xdebug: [Step Debug] Could not connect to debugging client.',
      symptom: 'connection-refused',
      runsOn: true,
    },
    { says: 'Xdebug: [Step Debug] Time-out connecting to debugging client', symptom: 'timed-out', runsOn: true },
  ],
  tool: { kind: 'php-extension', extension: 'xdebug' },
};
