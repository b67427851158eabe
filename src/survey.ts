import { DEFAULT_OPTIONS } from './diagnose.js';
import type { Host } from './host/host.js';
import { covers } from './model/addresses.js';
import type { DebugServer, SocketAddress } from './model/facts.js';
import type { Target } from './model/target.js';
import { createObserver } from './observe.js';
import { discoverProject, type ProjectConfigurations } from './targets/discover.js';
import type { FoundConfiguration } from './targets/formats/format.js';
import { collisionsOf, isCheckable } from './targets/project-targets.js';

/** A configured target, and the running servers that have its port. */
export interface ConfiguredTarget {
  found: FoundConfiguration;
  checkable: boolean;
  /** Running servers on its address; another debugger there is listed as well. */
  meets: readonly DebugServer[];
  collidesWith: readonly string[];
}

/** A debug server that runs now, and the names of the configurations that lead to it. */
export interface RunningServer {
  server: DebugServer;
  configuredAs: readonly string[];
}

export interface Survey {
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

function hasPlace({ listens, socketPath }: DebugServer): boolean {
  return listens?.length !== 0 || socketPath !== undefined;
}

function reaches({ host, port, pid, socketPath }: FoundConfiguration, server: DebugServer): boolean {
  if (socketPath !== null) return socketPath === server.socketPath;
  if (pid !== null) return pid === server.process.pid || pid === server.program?.pid;
  const listens: readonly SocketAddress[] = server.listens ?? [];
  return listens.some((at) => {
    if (at.port !== port) return false;
    if (host === null || host === 'localhost') return true;
    return covers(at, { address: host, family: host.includes(':') ? 6 : 4 });
  });
}

/** What is configured in a folder, what runs on this machine, and which meets which. Dials nobody. */
export async function survey(host: Host, folder: string): Promise<Survey> {
  const observer = createObserver(host, anyTarget(folder), DEFAULT_OPTIONS);
  const [project, seen] = await Promise.all([discoverProject(host, folder), observer.see('debug-servers')]);
  const servers = seen.status === 'ok' ? seen.value.servers.filter((server) => hasPlace(server)) : [];
  const configured = project.configurations.map((found) => ({
    found,
    checkable: isCheckable(found),
    meets: LOCAL_NAMES.includes(found.host) ? servers.filter((server) => reaches(found, server)) : [],
    collidesWith: collisionsOf(found, project),
  }));
  const running = servers.map((server) => ({
    server,
    configuredAs: configured.filter(({ meets }) => meets.includes(server)).map(({ found }) => found.name),
  }));
  return { configured, running, problems: project.problems, someHidden: seen.status !== 'ok' || seen.value.someHidden };
}
