import { baseName } from '../../adapters/command-line.js';
import { ADAPTERS } from '../../adapters/index.js';
import type { AdapterId } from '../../model/target.js';
import { parseYaml } from '../yaml-document.js';
import { covers, publishedFor } from './compose-ports.js';
import type { PortMapping } from './compose-ports.js';
import { readService } from './compose-service.js';
import type { Service, ServiceOption } from './compose-service.js';
import { configurationsOf, emptyConfiguration, nameWith, NOTHING_FOUND, problemAt } from './found.js';
import type {
  ConfigurationFormat,
  ConfigurationProblem,
  FileContent,
  FormatContext,
  FoundConfiguration,
} from './format.js';

const LOCAL = '127.0.0.1';

/** They listen on 127.0.0.1 when no address is given, the virtual machine since Java 9. */
const LOOPBACK_BY_DEFAULT: readonly AdapterId[] = ['debugpy', 'node', 'jdwp', 'lldb', 'rdbg'];

/** Debuggers whose default port is published for no other reason. */
const BY_PORT: readonly AdapterId[] = ['debugpy', 'node', 'chrome', 'delve', 'jdwp'];

/**
 * Compose files: the debug servers in containers, by the port that is published for them, and the faults that keep a
 * client on the host from reaching one.
 */
export const compose: ConfigurationFormat = {
  id: 'compose',
  files: ['docker-compose*.yml', 'docker-compose*.yaml', 'compose*.yml', 'compose*.yaml'],
  read,
};

function read(text: string, context: FormatContext): FileContent {
  const parsed = parseYaml(text);
  if (!parsed.ok) return { ...NOTHING_FOUND, problems: [problemAt(parsed.place, parsed.reason, context)] };
  const entries = parsed.root.get('services')?.entries() ?? [];
  const services = new Map(
    entries.map(({ key, keyNode, valueNode }) => [key, readService(key, keyNode.place, valueNode, context)]),
  );
  const contents = [...services.values()].map((service) => {
    const shared = services.get(/^service:(.*)$/.exec(service.networkMode ?? '')?.[1] ?? '');
    return judge(service, shared ?? service, context);
  });
  return {
    configurations: contents.flatMap(({ configurations }) => configurations),
    compounds: [],
    problems: contents.flatMap(({ problems }) => problems),
  };
}

/** `owner` has the network of the service: itself, unless `network_mode` names another one. */
function judge(service: Service, owner: Service, context: FormatContext): FileContent {
  const name = `${baseName(context.file)} service ${service.label}`;
  const servers = service.options.filter(({ listens, port }) => listens && port !== null && port > 0);
  const callers = service.options.filter(({ listens }) => !listens);
  const unexplained = service.ports.flatMap((mapping) => byPort(mapping, servers));
  const dialled = [...servers.flatMap((server) => clientsOf(server, service, owner)), ...unexplained];
  // Of a port that Docker chooses nothing can be said before it runs.
  const pairs = dialled.filter(({ port, unresolved }) => port !== null || unresolved.length > 0);
  const clients = pairs.map(({ adapter, host, port, place, unresolved }) => ({
    ...emptyConfiguration(pairs.length > 1 ? nameWith(name, adapter, port) : name, place, context),
    adapter,
    host,
    port,
    unresolved,
  }));
  const callees = callers.flatMap((caller) =>
    configurationsOf([caller], { name, place: caller.place, command: [] }, context),
  );
  return {
    configurations: [...clients, ...callees],
    compounds: [],
    problems: [
      ...servers.flatMap((server) => serverProblems(server, service, owner, context)),
      ...callers.flatMap((caller) => callerProblems(caller, service, context)),
    ],
  };
}

/** Where a client on the host finds a debug server of a container. */
type Client = Pick<FoundConfiguration, 'adapter' | 'host' | 'port' | 'unresolved'> & Pick<ServiceOption, 'place'>;

function clientsOf(server: ServiceOption, { networkMode }: Service, { ports }: Service): Client[] {
  const { adapter, host, port, place } = server;
  if (port === null) return [];
  const isAny = host === null || ['0.0.0.0', '::', '*'].includes(host);
  if (networkMode === 'host') return [{ adapter, host: isAny ? LOCAL : host, port, place, unresolved: [] }];
  return ports.filter((mapping) => covers(mapping, port)).map((mapping) => clientOf(mapping, adapter, port));
}

/** A range is published for many reasons, a debugger's own port for one. */
function byPort(mapping: PortMapping, servers: readonly ServiceOption[]): Client[] {
  if (mapping.target.first !== mapping.target.last) return [];
  const adapters = BY_PORT.filter((adapter) => {
    const { defaultPort } = ADAPTERS[adapter];
    return covers(mapping, defaultPort) && servers.every(({ port }) => port !== defaultPort);
  });
  return adapters.map((adapter) => clientOf(mapping, adapter, ADAPTERS[adapter].defaultPort));
}

function clientOf(mapping: PortMapping, adapter: AdapterId, port: number): Client {
  const { hostAddress, place, unresolved } = mapping;
  return { adapter, host: hostAddress ?? LOCAL, port: publishedFor(mapping, port), place, unresolved };
}

function serverProblems(
  server: ServiceOption,
  { label, networkMode }: Service,
  { ports, exposed }: Service,
  context: FormatContext,
): ConfigurationProblem[] {
  const { adapter, port, place } = server;
  if (port === null || networkMode === 'host' || networkMode === 'none') return [];
  if (!ports.some((mapping) => covers(mapping, port))) {
    const others = exposed.includes(port) ? ', only exposed to other containers' : '';
    const message = `port ${port}, where ${adapter} listens in the service ${label}, is not published here${others}`;
    return [problemAt(place, message, context)];
  }
  if (!staysInside(server)) return [];
  const since = adapter === 'jdwp' && server.host === null ? ' (since Java 9)' : '';
  const listens = `${adapter} listens on the loopback address of its container${since}`;
  const message = `port ${port} of the service ${label} is published, but ${listens}`;
  return [problemAt(place, message, context)];
}

/** Headless Chrome once obeyed `--remote-debugging-address`, and so is not judged. */
function staysInside({ adapter, host }: ServiceOption): boolean {
  if (host === null) return LOOPBACK_BY_DEFAULT.includes(adapter);
  return adapter !== 'chrome' && isLoopback(host);
}

function callerProblems(caller: ServiceOption, service: Service, context: FormatContext): ConfigurationProblem[] {
  const { adapter, host, port, place } = caller;
  const { label, networkMode, ports } = service;
  if (networkMode === 'host' || port === null) return [];
  const problems: ConfigurationProblem[] = [];
  if (host !== null && isLoopback(host)) {
    const message = `${adapter} in the service ${label} calls ${host}, its own container and not the editor's machine`;
    problems.push(problemAt(place, message, context));
  }
  // Docker would then hold the port for which the editor listens.
  for (const mapping of ports.filter((each) => publishedFor(each, each.target.first) === port)) {
    const message = `the service ${label} publishes port ${port}, where the editor has to listen for ${adapter}`;
    problems.push(problemAt(mapping.place, message, context));
  }
  return problems;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
}
