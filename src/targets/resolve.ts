import { posix, win32 } from 'node:path';
import { ADAPTERS, recogniseCaller, recogniseCommand } from '../adapters/index.js';
import type { AdapterId, DebugRequest, ServerSettings, Target, TargetSource } from '../model/target.js';
import { adapterOfCommand, adapterOfPort, RANGE_LENGTH } from './adapter-choice.js';
import { formatAddress, mayHideAPort, parseTarget } from './address.js';
import type { Address } from './address.js';
import type { DebugpySettings, ReadTextFile } from './debugpy-config.js';

const DEFAULT_HOST = '127.0.0.1';
const LOCAL_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '::1'];
/** Those below are for root on most systems, and Node refuses them to root as well. */
const FIRST_ORDINARY_PORT = 1024;

const NO_ADDRESS: Address = { host: null, port: null, socketPath: null, pid: null };

/** What the user asked for, as the command line has it. */
export interface TargetInput {
  targets: readonly string[];
  adapter?: AdapterId | undefined;
  request?: DebugRequest | undefined;
  logFiles: readonly string[];
  errorText?: string | undefined;
  configFile?: string | undefined;
  /** Everything after `--`. */
  command: readonly string[];
  /** Absolute. Relative paths are taken from here, in the style (POSIX or Windows) that it is written in. */
  cwd: string;
}

export type ResolvedTargets = { ok: true; targets: Target[]; warnings: string[] } | { ok: false; problem: string };

interface Context {
  input: TargetInput;
  /** The address on which the command tells its debug server to listen, or on which it will call its editor. */
  inCommand: ReturnType<typeof recogniseCommand> | ReturnType<typeof recogniseCaller>;
  config: { file: string; name: string; settings: DebugpySettings } | null;
}

/**
 * Turns arguments and configuration into targets. Never throws; `problem` is one sentence, for exit code 2.
 *
 * Host and port come from the argument, else from the command's own debug option, else from the configuration, else
 * 127.0.0.1 and the adapter's default port; with none of them there is one target, named `default`. A configuration
 * lends its settings, port range and log file to every target. The adapter is the one asked for, else the command's,
 * else debugpy when there is a configuration, else the port's (see `adapterOfPort`); a Unix socket or a bare process
 * is `tcp`. The request is the one asked for, else `launch` when
 * there is a command that listens for its debugger, else `attach`.
 *
 * A relative `logging.file` is taken from `cwd`, as Python does, and not from the configuration's folder.
 */
export async function resolveTargets(input: TargetInput, files: { readFile: ReadTextFile }): Promise<ResolvedTargets> {
  const addresses: { text: string | null; address: Address }[] = [];
  for (const text of input.targets) {
    const parsed = parseTarget(text);
    if (!parsed.ok) return parsed;
    addresses.push({ text, address: parsed.value });
  }
  const problem = contradiction(
    input,
    addresses.map(({ address }) => address),
  );
  if (problem !== null) return { ok: false, problem };
  if (addresses.length === 0) addresses.push({ text: null, address: NO_ADDRESS });

  const context: Context = {
    input,
    inCommand: recogniseCommand(input.command) ?? recogniseCaller(input.command),
    config: null,
  };
  const warnings: string[] = [];
  if (input.configFile !== undefined) {
    // Loaded only here, so that a run without a configuration does not pay for the schema library.
    const { loadDebugpyConfig } = await import('./debugpy-config.js');
    const file = absolute(input.cwd, input.configFile);
    const read = await loadDebugpyConfig(file, files.readFile);
    if (!read.ok) return read;
    context.config = { file, name: input.configFile, settings: read.settings };
    warnings.push(...read.warnings);
  }
  const resolved = addresses.map(({ text, address }) => buildTarget(text, address, context));
  const targets = resolved.filter(({ name }, index) => resolved.findIndex((other) => other.name === name) === index);
  warnings.push(...targets.flatMap((target) => addressWarnings(target, context)));
  return { ok: true, targets, warnings };
}

function contradiction({ command, request }: TargetInput, addresses: readonly Address[]): string | null {
  if (command.length > 0 && addresses.length > 1) return 'A command can be checked against one target only.';
  const launches = request === 'launch' || (request === undefined && command.length > 0);
  if (launches && addresses.some(({ pid }) => pid !== null)) {
    return 'A running process (pid:NUMBER) cannot be launched; use the request "attach".';
  }
  return null;
}

function buildTarget(text: string | null, given: Address, context: Context): Target {
  const { input, inCommand, config } = context;
  const server = config?.settings.server;
  const adapter = chooseAdapter(given, context);
  const isInternet = given.socketPath === null && given.pid === null;
  const host = given.host ?? inCommand?.host ?? server?.host ?? DEFAULT_HOST;
  const port = given.port ?? inCommand?.port ?? server?.port ?? ADAPTERS[adapter].defaultPort;
  const address: Address = isInternet ? { ...given, host, port } : given;
  // What calls its editor is no server: whether the editor is there is the question.
  const isServer = input.command.length > 0 && ADAPTERS[adapter].editorListens !== true;
  const request = input.request ?? (isServer ? 'launch' : 'attach');
  const serverLogFile = logFileOf(context);
  const logFiles = input.logFiles.map((file) => absolute(input.cwd, file));
  if (request === 'attach' && serverLogFile !== null) logFiles.push(serverLogFile);
  return {
    name: text === null ? (config?.name ?? 'default') : formatAddress(address),
    request,
    adapter,
    ...address,
    portRange: config?.settings.remote?.port_range ?? rangeFrom(address.port, ADAPTERS[adapter].defaultPort),
    command: input.command,
    cwd: input.cwd,
    logFiles: [...new Set(logFiles)],
    serverLogFile,
    errorText: input.errorText ?? null,
    settings: config === null ? null : settingsOf(config.settings),
    source: sourceOf(text, context),
  };
}

function chooseAdapter(given: Address, { input, inCommand, config }: Context): AdapterId {
  const chosen = input.adapter ?? inCommand?.adapter ?? adapterOfCommand(input.command);
  if (chosen !== null) return chosen;
  if (config !== null) return 'debugpy';
  if (given.socketPath !== null || given.pid !== null) return 'tcp';
  return given.port === null ? 'debugpy' : adapterOfPort(given.port);
}

/** The configuration is the source only when its port is the one that counts, since a remedy may edit it there. */
function sourceOf(text: string | null, { input, inCommand, config }: Context): TargetSource {
  if (text !== null) return { kind: 'argument', text };
  if (inCommand !== null && inCommand.port !== null) return { kind: 'argument', text: input.command.join(' ') };
  if (config === null) return { kind: 'default' };
  return { kind: 'config', file: config.file, hostKeyPath: ['server', 'host'], portKeyPath: ['server', 'port'] };
}

function logFileOf({ input, config }: Context): string | null {
  const file = config?.settings.logging?.file;
  if (file === undefined || config?.settings.server?.log_to_file === false) return null;
  return absolute(input.cwd, file);
}

/** The defaults are the documented ones of `debugpy_config.json`. */
function settingsOf({ server, client, security }: DebugpySettings): ServerSettings {
  return {
    waitForClient: server?.wait_for_client ?? true,
    addressFamily: server?.address_family ?? null,
    connectionTimeoutSeconds: client?.connection_timeout ?? null,
    reconnectAttempts: client?.reconnect_attempts ?? null,
    reconnectDelaySeconds: client?.reconnect_delay ?? null,
    allowedHosts: security?.allowed_hosts ?? LOCAL_HOSTS,
  };
}

/**
 * The port and the nine that follow, up to 65535. A port that cannot exist, or that not everybody may have, gives the
 * default port's range.
 */
function rangeFrom(port: number | null, defaultPort: number): readonly [number, number] {
  const first = port !== null && port >= FIRST_ORDINARY_PORT && port <= 65535 ? port : defaultPort;
  return [first, Math.min(first + RANGE_LENGTH - 1, 65535)];
}

function addressWarnings({ name, host, port, source }: Target, { inCommand, config }: Context): string[] {
  const warnings: string[] = [];
  if (host !== null && mayHideAPort(host) && source.kind === 'argument' && source.text === host) {
    const colon = host.lastIndexOf(':');
    const meant = `[${host.slice(0, colon)}]:${host.slice(colon + 1)}`;
    warnings.push(`${host} is a whole IPv6 address; write ${meant} if its end is the port`);
  }
  const commandPort = inCommand?.port ?? null;
  if (commandPort === null) return warnings;
  const configPort = config?.settings.server?.port ?? commandPort;
  if (port !== null && port !== commandPort) {
    const does = inCommand?.role === 'caller' ? 'calls' : 'listens on';
    warnings.push(`the command ${does} port ${commandPort}, but ${name} is checked`);
  } else if (configPort !== commandPort) {
    warnings.push(`the command listens on port ${commandPort}, although ${config?.name} says ${configPort}`);
  }
  return warnings;
}

function absolute(cwd: string, file: string): string {
  const windows = /^([A-Za-z]:|\\\\)/.test(cwd);
  return (windows ? win32 : posix).resolve(cwd, file);
}
