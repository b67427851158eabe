import { client, attached, editorListens, endpoint, server } from './vscode-reading.js';
import type { Reading, TypeReader } from './vscode-reading.js';
import { has, hostOf, pidOf, portOf, programOf, reportLack, sectionOf, wordOf, wordsOf } from './vscode-settings.js';
import type { Settings } from './vscode-settings.js';

/**
 * `debugpy` and the older `python`. With `connect` (or, as before 2020, `host` and `port` beside `type`) the editor
 * dials debugpy; with `listen` it waits for debugpy's `--connect`. A launch uses a port that nobody sees.
 */
export const readPython: TypeReader = (settings, request) => {
  if (request === 'launch') return server('debugpy', pythonCommand(settings));
  if (has(settings, 'connect')) {
    const at = meetingPoint(sectionOf(settings, 'connect'), '127.0.0.1');
    return at === null ? null : client('debugpy', at);
  }
  if (has(settings, 'listen')) {
    const at = meetingPoint(sectionOf(settings, 'listen'), '127.0.0.1');
    return at === null ? null : editorListens('debugpy', request, at);
  }
  if (has(settings, 'processId')) return attached('debugpy', pidOf(settings, 'processId'));
  if (!has(settings, 'port')) {
    reportLack(settings, 'neither connect, listen nor processId, one of which it needs to attach');
    return null;
  }
  const at = meetingPoint(settings, 'localhost');
  return at === null ? null : client('debugpy', at);
};

function meetingPoint(settings: Settings | null, defaultHost: string): ReturnType<typeof endpoint> | null {
  if (settings === null) return null;
  const port = portOf(settings, 'port', 'or-text');
  if (!port.isSet) {
    reportLack(settings, 'no port');
    return null;
  }
  return endpoint(hostOf(settings, 'host'), port, { host: defaultHost, port: null });
}

/** Without `python` the editor takes the interpreter that was picked in it, which the file does not know. */
function pythonCommand(settings: Settings): Reading['command'] {
  const byPlatform = settings.scope.surroundings.platform === 'win32' ? 'python' : 'python3';
  const named = programOf(settings, has(settings, 'python') ? 'python' : 'pythonPath');
  const interpreter = named.length > 0 ? named : [byPlatform];
  const module = wordOf(settings, 'module');
  const program = wordOf(settings, 'program');
  const what = module === null ? (program === null ? [] : [program]) : ['-m', module];
  return [...interpreter, ...wordsOf(settings, 'pythonArgs'), ...what, ...wordsOf(settings, 'args')];
}
