import { recogniseCommand } from './adapters/index.js';
import { inheritedDebugOptions, type InheritedOption } from './adapters/inherited-options.js';
import { DEFAULT_OPTIONS } from './diagnose.js';
import type { Host } from './host/host.js';
import { covers } from './model/addresses.js';
import type { DebugServer, SocketAddress } from './model/facts.js';
import type { Target } from './model/target.js';
import { createObserver } from './observe.js';
import { discoverProject, type ProjectConfigurations } from './targets/discover.js';
import type { FoundConfiguration } from './targets/formats/format.js';
import { collisionsOf, isCheckable } from './targets/project-targets.js';
import { whyNotCheckable } from './targets/why-not-checkable.js';

/** A configured target, and the running servers that have its port. */
export interface ConfiguredTarget {
  found: FoundConfiguration;
  checkable: boolean;
  /** Why it leads to no address; null for one that can be checked. */
  whyNot: string | null;
  /** Running servers on its address; another debugger there is listed as well. */
  meets: readonly DebugServer[];
  collidesWith: readonly string[];
}

/** A debug server that runs now, and the names of the configurations that lead to it. */
export interface RunningServer {
  server: DebugServer;
  /** What shows that it is one: an environment variable, a library in its memory, or its command line. */
  shownBy: { kind: 'variable'; variable: string } | { kind: 'library' } | { kind: 'command' };
  configuredAs: readonly string[];
}

/** A debug option of our own environment, which programs that are started from here take over. */
export interface EnvironmentOption {
  option: InheritedOption;
  /** Running servers that took it over. */
  takenOverBy: readonly DebugServer[];
}

export interface Survey {
  environment: readonly EnvironmentOption[];
  configured: readonly ConfiguredTarget[];
  running: readonly RunningServer[];
  problems: ProjectConfigurations['problems'];
  /** True when debug servers of other users may run unseen. */
  someHidden: boolean;
}

/** What asks for nothing but the list of servers. */
function anyTarget(folder: string): Target {
  return {
    name: 'any',
    request: 'launch',
    adapter: 'tcp',
    host: null,
    port: null,
    socketPath: null,
    portRange: [0, 0],
    pid: null,
    command: [],
    cwd: folder,
    logFiles: [],
    serverLogFile: null,
    errorText: null,
    settings: null,
    source: { kind: 'default' },
  };
}

/** Names that mean this machine; others would have to be looked up. */
const LOCAL_NAMES: readonly (string | null)[] = [null, 'localhost', '127.0.0.1', '::1', '0.0.0.0', '::'];

function reaches({ host, port, pid, socketPath }: FoundConfiguration, running: Running): boolean {
  const { server } = running;
  if (pid !== null) return pid === server.process.pid || pid === server.program?.pid;
  if (socketPath !== null) return socketPath === server.socketPath;
  const listens: readonly SocketAddress[] = server.listens ?? [];
  return listens.some((at) => {
    if (at.port !== port) return false;
    if (host === null || host === 'localhost') return true;
    return covers(at, { address: host, family: host.includes(':') ? 6 : 4 });
  });
}

function shownBy({ variable, process }: DebugServer): RunningServer['shownBy'] {
  if (variable !== null) return { kind: 'variable', variable };
  return { kind: recogniseCommand(process.command) === null ? 'library' : 'command' };
}

type Running = Omit<RunningServer, 'configuredAs'>;

/** Who listens, on a port or on a Unix socket. What may not be seen counts as listening. */
function runningOf(servers: readonly DebugServer[]): Running[] {
  const listening = servers.filter(({ listens, socketPath }) => listens?.length !== 0 || socketPath !== undefined);
  return listening.map((server) => ({ server, shownBy: shownBy(server) }));
}

function environmentOf(host: Host, running: readonly Running[]): EnvironmentOption[] {
  return inheritedDebugOptions((name) => host.environment(name)).map((option) => ({
    option,
    takenOverBy: running
      .map(({ server }) => server)
      .filter(({ variable, wantedPort }) => variable === option.variable && wantedPort === option.port),
  }));
}

/** What is configured in a folder, what runs on this machine, and which meets which. Dials nobody. */
export async function survey(host: Host, folder: string): Promise<Survey> {
  const observer = createObserver(host, anyTarget(folder), DEFAULT_OPTIONS);
  const [project, seen] = await Promise.all([discoverProject(host, folder), observer.see('debug-servers')]);
  const found = runningOf(seen.status === 'ok' ? seen.value.servers : []);
  const configured = project.configurations.map((configuration) => ({
    found: configuration,
    checkable: isCheckable(configuration),
    whyNot: isCheckable(configuration) ? null : whyNotCheckable(configuration, project),
    meets: LOCAL_NAMES.includes(configuration.host)
      ? found.filter((running) => reaches(configuration, running)).map(({ server }) => server)
      : [],
    collidesWith: collisionsOf(configuration, project),
  }));
  const running = found.map((one) => ({
    ...one,
    configuredAs: configured.filter(({ meets }) => meets.includes(one.server)).map(({ found: { name } }) => name),
  }));
  return {
    environment: environmentOf(host, found),
    configured,
    running,
    problems: project.problems,
    someHidden: seen.status !== 'ok' || seen.value.someHidden,
  };
}
