import { attached, client, editorListens, endpoint, endpointOf, server, socketAt } from './vscode-reading.js';
import type { Endpoint, TypeReader } from './vscode-reading.js';
import { addressOf, has, hostOf, pidOf, portOf, reportLack, textOf, wordOf, wordsOf } from './vscode-settings.js';
import type { Settings } from './vscode-settings.js';

/**
 * `go`. With `mode: remote` the editor dials a headless dlv; with the newer adapter `dlv-dap` a host or port makes it
 * dial a `dlv dap` for everything else too. The older adapter starts dlv on that port itself.
 */
export const readGo: TypeReader = (settings, request) => {
  const port = portOf(settings, 'port', 'number-only');
  const at = endpoint(hostOf(settings, 'host'), port, { host: '127.0.0.1', port: 2345 });
  const isLegacy = textOf(settings, 'debugAdapter').value === 'legacy';
  const isNamed = has(settings, 'host') || has(settings, 'port');
  const isRemote = request === 'attach' && textOf(settings, 'mode').value === 'remote';
  if (isRemote || (isNamed && !isLegacy)) return client('delve', at);
  if (request === 'attach') return attached('delve', pidOf(settings, 'processId'));
  const delve = wordOf(settings, 'dlvToolPath') ?? 'dlv';
  if (!isLegacy) return server('delve', [delve, 'dap']);
  const command = [delve, 'debug', '--headless', wordOf(settings, 'program') ?? '.'];
  return isNamed ? server('delve', command, at) : server('delve', command);
};

/** `java`. A launched program calls the editor on a port that nobody sees. */
export const readJava: TypeReader = (settings, request) => {
  if (request === 'launch') {
    const main = wordOf(settings, 'mainClass');
    const start = [wordOf(settings, 'javaExec') ?? 'java', ...wordsOf(settings, 'vmArgs')];
    return server('jdwp', main === null ? start : [...start, main, ...wordsOf(settings, 'args')]);
  }
  if (has(settings, 'processId')) return attached('jdwp', pidOf(settings, 'processId'));
  const port = portOf(settings, 'port', 'number-only');
  if (!port.isSet) {
    reportLack(settings, 'neither port nor processId, one of which it needs to attach');
    return null;
  }
  return client('jdwp', endpoint(hostOf(settings, 'hostName'), port, { host: 'localhost', port: null }));
};

/**
 * `php`: the editor listens for Xdebug, on every address unless told otherwise (`unix://PATH`, a
 * named pipe). Port 0 is any free one.
 */
export const readPhp: TypeReader = (settings, request) => {
  if (has(settings, 'xdebugCloudToken')) return null;
  const at = phpEndpoint(settings);
  const script = wordOf(settings, 'program');
  const runtimeArguments = wordsOf(settings, 'runtimeArgs');
  if (script === null && runtimeArguments.length === 0) return editorListens('xdebug', request, at);
  const php = wordOf(settings, 'runtimeExecutable') ?? 'php';
  const what = script === null ? [] : [script, ...wordsOf(settings, 'args')];
  return editorListens('xdebug', request, at, [php, ...runtimeArguments, ...what]);
};

/** `rdbg`: without `debugPort` the two meet at a Unix socket whose name the editor finds out. */
export const readRdbg: TypeReader = (settings, request) => {
  const at = rubyEndpoint(settings);
  if (request === 'attach') return client('rdbg', at);
  const script = wordOf(settings, 'script');
  const interpreter = has(settings, 'command') ? wordsOf(settings, 'command') : ['ruby'];
  return server('rdbg', script === null ? [] : [...interpreter, script, ...wordsOf(settings, 'args')], at);
};

/** `Ruby`, the older extension: ruby-debug-ide, which speaks a protocol of its own. */
export const readRuby: TypeReader = (settings, request) => {
  if (has(settings, 'debugPort')) return readRdbg(settings, request);
  const port = portOf(settings, 'remotePort', 'or-text');
  const at = endpoint(hostOf(settings, 'remoteHost'), port, { host: '127.0.0.1', port: 1234 });
  if (request === 'attach') return client('tcp', at);
  const program = wordOf(settings, 'program');
  return server('tcp', program === null ? [] : ['ruby', program, ...wordsOf(settings, 'args')]);
};

/** `coreclr` and `clr`: the debugger has no port; through `pipeTransport` it is not even on this machine. */
export const readDotnet: TypeReader = (settings, request) => {
  if (has(settings, 'pipeTransport')) return null;
  if (request === 'attach') return attached('vsdbg', pidOf(settings, 'processId'));
  const program = wordOf(settings, 'program');
  if (program === null) return server('vsdbg', []);
  const start = program.toLowerCase().endsWith('.dll') ? ['dotnet', program] : [program];
  return server('vsdbg', [...start, ...wordsOf(settings, 'args')]);
};

function phpEndpoint(settings: Settings): Endpoint {
  const hostname = textOf(settings, 'hostname').value ?? '';
  if (hostname.startsWith('unix://')) return socketAt(hostname.slice('unix://'.length));
  if (hostname.startsWith('\\\\')) return socketAt(hostname);
  const at = endpoint(hostOf(settings, 'hostname'), portOf(settings, 'port', 'number-only'), {
    host: '::',
    port: 9003,
  });
  return at.port === 0 ? { ...at, port: null, portKeyPath: null } : at;
}

function rubyEndpoint(settings: Settings): Endpoint {
  const path = textOf(settings, 'debugPort').value ?? '';
  return path.startsWith('/') ? socketAt(path) : endpointOf(addressOf(settings, 'debugPort'), '127.0.0.1');
}
