import type { AdapterId, DebugRequest } from '../../model/target.js';
import { readBrowser, readNode, readNodeTerminal } from './vscode-javascript.js';
import { readCpp, readLldb } from './vscode-native.js';
import { readPython } from './vscode-python.js';
import { client, endpoint } from './vscode-reading.js';
import type { Reading, TypeReader } from './vscode-reading.js';
import { readDotnet, readGo, readJava, readPhp, readRdbg, readRuby } from './vscode-runtimes.js';
import { has, hostOf, portOf, quietly } from './vscode-settings.js';
import type { Settings } from './vscode-settings.js';

const READERS: ReadonlyMap<string, TypeReader> = new Map([
  ['debugpy', readPython],
  ['python', readPython],
  ['node', readNode],
  ['pwa-node', readNode],
  ['node-terminal', readNodeTerminal],
  ['chrome', readBrowser],
  ['pwa-chrome', readBrowser],
  ['msedge', readBrowser],
  ['pwa-msedge', readBrowser],
  ['go', readGo],
  ['java', readJava],
  ['php', readPhp],
  ['cppdbg', readCpp],
  ['cppvsdbg', readCpp],
  ['lldb', readLldb],
  ['codelldb', readLldb],
  ['lldb-dap', readLldb],
  ['coreclr', readDotnet],
  ['clr', readDotnet],
  ['rdbg', readRdbg],
  ['Ruby', readRuby],
]);

/** Types whose debug adapter, when it runs as a server, is the debugger itself. */
const ADAPTER_SERVERS: ReadonlyMap<string, AdapterId> = new Map([
  ['debugpy', 'debugpy'],
  ['python', 'debugpy'],
  ['go', 'delve'],
  ['lldb-dap', 'lldb'],
  ['coreclr', 'vsdbg'],
]);

/** The names under which extensions keep a host. */
const HOST_KEYS = ['host', 'hostName', 'hostname', 'address'];

export function isKnownType(type: string): boolean {
  return READERS.has(type);
}

/** What the settings of a known type say. */
export function readKnownType(type: string, settings: Settings, request: DebugRequest): Reading | null {
  // For every type: the editor dials a debug adapter that runs already, instead of starting one.
  if (has(settings, 'debugServer')) {
    const port = portOf(settings, 'debugServer', 'number-only');
    const host = { isSet: false, value: null, keyPath: null };
    return client(ADAPTER_SERVERS.get(type) ?? 'tcp', endpoint(host, port, { host: '127.0.0.1', port: null }));
  }
  return READERS.get(type)?.(settings, request) ?? null;
}

/**
 * Of an unknown type only a plain port to attach to is understood (it may as well be a serial port), and its default
 * host is not known.
 */
export function readUnknownType(settings: Settings, request: DebugRequest): Reading | null {
  const quiet = quietly(settings);
  const port = portOf(quiet, 'port', 'or-text');
  if (request !== 'attach' || port.value === null) return null;
  const hostKey = HOST_KEYS.find((key) => has(quiet, key)) ?? 'host';
  return client('tcp', endpoint(hostOf(quiet, hostKey), port, { host: null, port: null }));
}
