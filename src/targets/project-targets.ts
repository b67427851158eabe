import { ADAPTERS } from '../adapters/index.js';
import type { DebugRequest, Target } from '../model/target.js';
import { RANGE_LENGTH } from './adapter-choice.js';
import type { ProjectConfigurations } from './discover.js';
import type { FoundConfiguration } from './formats/format.js';

/** Whether there is something to dial or to bind. */
export function isCheckable({ host, port, socketPath, pid, unresolved }: FoundConfiguration): boolean {
  if (socketPath !== null || pid !== null) return true;
  return port !== null && (host !== null || unresolved.length === 0);
}

/** What an editor would connect to: its attach configurations; in a project without any, the servers that it starts. */
export function defaultConfigurations({ configurations }: ProjectConfigurations): FoundConfiguration[] {
  const checkable = configurations.filter((found) => isCheckable(found));
  const clients = checkable.filter(({ role }) => role === 'client');
  const chosen = clients.length > 0 ? clients : checkable.filter(({ role }) => role === 'server');
  return chosen.filter((found, index) => chosen.findIndex((other) => isSamePlace(other, found)) === index);
}

function isSamePlace(one: FoundConfiguration, other: FoundConfiguration): boolean {
  return (
    one.host === other.host &&
    one.port === other.port &&
    one.socketPath === other.socketPath &&
    one.pid === other.pid &&
    one.adapter === other.adapter
  );
}

/** The configurations with a name; a compound's name means its members. */
export function configurationsNamed(project: ProjectConfigurations, name: string): FoundConfiguration[] {
  const members = project.compounds.find((compound) => compound.name === name)?.members ?? [name];
  return project.configurations.filter((found) => members.includes(found.name));
}

/** Two that want a port for themselves cannot both have it; clients of one server can. */
export function collisionsOf(found: FoundConfiguration, { configurations }: ProjectConfigurations): string[] {
  if (found.role === 'client' || found.port === null) return [];
  return configurations
    .filter((other) => other !== found && other.role !== 'client' && other.port === found.port)
    .filter((other) => other.name !== found.name || other.file !== found.file)
    .map(({ name }) => name);
}

const LOOPBACK = '127.0.0.1';

/**
 * A configuration as a target. What starts a server is looked at as its client would, unless a launch is asked for: in
 * a project whose server runs, that is the question.
 */
export function targetOf(
  found: FoundConfiguration,
  project: ProjectConfigurations,
  request: DebugRequest | null,
): Target {
  const { name, file, line, column, adapter, port, socketPath, pid, command, cwd, hostKeyPath, portKeyPath } = found;
  const { defaultPort } = ADAPTERS[adapter];
  const first = port !== null && port >= 1 && port <= 65535 ? port : defaultPort;
  const isAddress = socketPath === null && pid === null && port !== null;
  const problems = project.problems.filter((problem) => problem.file === file);
  return {
    name,
    request: request ?? (isAddress || found.role === 'client' ? 'attach' : found.request),
    adapter,
    host: isAddress ? (found.host ?? LOOPBACK) : null,
    port,
    socketPath,
    pid,
    portRange: [first, Math.min(first + RANGE_LENGTH - 1, 65535)],
    command,
    cwd,
    logFiles: [],
    serverLogFile: null,
    errorText: null,
    settings: null,
    source: {
      kind: 'project',
      file,
      line,
      column,
      hostKeyPath,
      portKeyPath,
      problems: problems.map((problem) => `${problem.line}:${problem.column}: ${problem.message}`),
      collidesWith: collisionsOf(found, project),
    },
  };
}

/** Where a problem of a file is told: at the configuration that it stands in, else at the first one of the file. */
function tellerOf(problem: string, targets: readonly Target[], file: string): Target | undefined {
  const [line = 0, column = 0] = problem.split(':', 2).map(Number);
  const ofFile = targets.filter(({ source }) => source.kind === 'project' && source.file === file);
  const before = ofFile.filter(({ source }) => {
    return source.kind === 'project' && (source.line < line || (source.line === line && source.column <= column));
  });
  return before.at(-1) ?? ofFile[0];
}

/** Leaves each problem of a file with one target only, so that a report of several tells it once. */
export function tellProblemsOnce(targets: readonly Target[]): Target[] {
  return targets.map((target) => {
    const { source } = target;
    if (source.kind !== 'project') return target;
    const problems = source.problems.filter((problem) => tellerOf(problem, targets, source.file) === target);
    return { ...target, source: { ...source, problems } };
  });
}
