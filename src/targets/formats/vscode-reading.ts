import { recogniseCommand } from '../../adapters/index.js';
import type { AdapterId, DebugRequest } from '../../model/target.js';
import type { Address } from '../address.js';
import type { FoundConfiguration } from './format.js';
import type { Setting, Settings } from './vscode-settings.js';

/** Where a debugger is met. */
export type Endpoint = Pick<FoundConfiguration, 'host' | 'port' | 'socketPath' | 'hostKeyPath' | 'portKeyPath'>;

/** What the settings of one debugger say. */
export type Reading = Endpoint & Pick<FoundConfiguration, 'role' | 'request' | 'adapter' | 'pid' | 'command'>;

/**
 * Reads the settings of one `type`. Null when nothing of it goes over a network or to a process of this machine, and
 * when it reported why it cannot work.
 */
export type TypeReader = (settings: Settings, request: DebugRequest) => Reading | null;

export const NOWHERE: Endpoint = { host: null, port: null, socketPath: null, hostKeyPath: null, portKeyPath: null };

/** An endpoint of two settings, with the editor's defaults for those that are missing. */
export function endpoint(
  host: Setting<string>,
  port: Setting<number>,
  defaults: { host: string | null; port: number | null },
): Endpoint {
  return {
    host: host.isSet ? host.value : defaults.host,
    port: port.isSet ? port.value : defaults.port,
    socketPath: null,
    hostKeyPath: host.keyPath,
    portKeyPath: port.keyPath,
  };
}

/** An endpoint of one `HOST:PORT` setting. */
export function endpointOf({ isSet, value }: Setting<Address>, defaultHost: string): Endpoint {
  if (!isSet || value === null) return NOWHERE;
  return { ...NOWHERE, host: value.host ?? defaultHost, port: value.port, socketPath: value.socketPath };
}

/** The endpoint of a Unix socket. */
export function socketAt(path: string): Endpoint {
  return { ...NOWHERE, socketPath: path };
}

/** The editor dials a debug server that must be there. */
export function client(adapter: AdapterId, at: Endpoint): Reading {
  return { ...at, role: 'client', request: 'attach', adapter, pid: null, command: [] };
}

/** The editor attaches to a process; without a pid it lets the user pick one. */
export function attached(adapter: AdapterId, pid: number | null): Reading {
  return { ...client(adapter, NOWHERE), pid };
}

/** The editor starts a program. Where it listens is in `at`, else in the command's own debug option, else left open. */
export function server(adapter: AdapterId, command: readonly string[], at: Endpoint = NOWHERE): Reading {
  const started: Reading = { ...at, role: 'server', request: 'launch', adapter, pid: null, command: known(command) };
  const inCommand = at.port === null ? recogniseCommand(command) : null;
  // Port 0 is one that the system chooses, which nobody can look at before.
  if (inCommand === null || inCommand.adapter !== adapter || inCommand.port === 0) return started;
  const { host, port } = inCommand;
  return { ...started, host: port === null ? host : (host ?? '127.0.0.1'), port };
}

/** The editor waits for the program to call, and starts the program itself where a command is given. */
export function editorListens(
  adapter: AdapterId,
  request: DebugRequest,
  at: Endpoint,
  command: readonly string[] = [],
): Reading {
  return { ...at, role: 'editor-listens', request, adapter, pid: null, command: known(command) };
}

/** A command whose program only the editor knows says nothing. */
function known(command: readonly string[]): readonly string[] {
  const [program] = command;
  return program === undefined || program === '' || program.includes('${') ? [] : command;
}
