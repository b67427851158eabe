import type { Adapter } from './adapter.js';
import { baseName } from './command-line.js';

/** Options whose value is the next argument, which is not the script then. */
const TAKES_VALUE = /^-[cdfrBRFESt]$/;

/** The settings of `-d NAME=VALUE` and `-dNAME=VALUE` before the script; a name alone counts as 1. */
function settingsOf(command: readonly string[]): ReadonlyMap<string, string> {
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
  handshake: null,
  identifies: (answer) => /^\d+\0<\?xml[^>]*>\s*<init [^>]*urn:debugger_protocol_v1/.test(answer),
  versionIn: () => null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !/^php(-cgi|-fpm)?[\d.]*$/.test(baseName(program))) return null;
    const settings = settingsOf(command);
    const isThree = settings.get('xdebug.mode')?.split(',').includes('debug') === true;
    const isTwo = /^(1|on|true|yes)$/i.test(settings.get('xdebug.remote_enable') ?? '');
    if (!isThree && !isTwo) return null;
    const [host, port] = isThree
      ? [settings.get('xdebug.client_host'), settings.get('xdebug.client_port') ?? '9003']
      : [settings.get('xdebug.remote_host'), settings.get('xdebug.remote_port') ?? '9000'];
    const number = /^\d{1,9}$/.test(port) ? Number(port) : null;
    return {
      role: 'caller',
      host: host ?? null,
      port: number,
      mode: null,
      servesProgram: false,
      takesOneClient: false,
    };
  },
  hidesIn: { programs: /^php(-cgi|-fpm)?[\d.]*$/, library: 'xdebug' },
  start: () => null,
  announces: null,
  startFailures: [],
  tool: null,
};
