import type { Host } from '../host/host.js';
import { ADAPTER_IDS, type Target } from '../model/target.js';
import { discoverProject, type ProjectConfigurations } from '../targets/discover.js';
import type { FoundConfiguration } from '../targets/formats/format.js';
import {
  configurationsNamed,
  defaultConfigurations,
  isCheckable,
  targetOf,
  tellProblemsOnce,
} from '../targets/project-targets.js';
import { whyNotCheckable } from '../targets/why-not-checkable.js';
import { resolveTargets, type TargetInput } from '../targets/resolve.js';
import { askInputsOf, type Ask } from './ask-inputs.js';
import type { ParsedCommand } from './option-table.js';
import { choiceOf, filesOf, textOf } from './read-options.js';
import { UsageError } from './usage-error.js';

export interface ResolvedInput {
  targets: readonly Target[];
  warnings: readonly string[];
}

const CONFIG_NAME = 'debugpy_config.json';

function inputOf({ values, targets, command }: ParsedCommand): TargetInput {
  return {
    targets,
    adapter: choiceOf(values, 'adapter', ADAPTER_IDS),
    request: choiceOf(values, 'request', ['attach', 'launch'] as const),
    logFiles: filesOf(values, 'log'),
    errorText: textOf(values, 'error'),
    configFile: textOf(values, 'config'),
    command,
    cwd: process.cwd(),
  };
}

async function resolveArguments(input: TargetInput, host: Host): Promise<ResolvedInput> {
  const resolved = await resolveTargets(input, host);
  if (!resolved.ok) throw new UsageError(resolved.problem);
  return resolved;
}

/** A configuration's target, with what the command line adds to it. The settings of a debugpy_config.json come along. */
async function resolveFound(
  found: ProjectConfigurations['configurations'][number],
  project: ProjectConfigurations,
  input: TargetInput,
  host: Host,
): Promise<ResolvedInput> {
  if (found.file.endsWith(CONFIG_NAME) && input.configFile === undefined) {
    const whole = await resolveTargets({ ...input, targets: [], configFile: found.file }, host);
    if (whole.ok) return whole;
  }
  const target = targetOf(found, project, input.request ?? null);
  const logFiles = input.logFiles;
  const said = { logFiles, errorText: input.errorText ?? null, adapter: input.adapter ?? target.adapter };
  return { targets: [{ ...target, ...said }], warnings: [] };
}

/** A broken file from which nothing else came is still something to say: it rides on the default target. */
function withBrokenFile(resolved: ResolvedInput, { problems }: ProjectConfigurations): ResolvedInput {
  const [first] = problems;
  if (first === undefined) return resolved;
  const { file, line, column } = first;
  const own = problems.filter((problem) => problem.file === file);
  const source: Target['source'] = {
    kind: 'project',
    file,
    line,
    column,
    hostKeyPath: null,
    portKeyPath: null,
    problems: own.map((problem) => `${problem.line}:${problem.column}: ${problem.message}`),
    collidesWith: [],
  };
  return { ...resolved, targets: resolved.targets.map((target) => ({ ...target, source })) };
}

/** What is left out of a check, and how it is checked all the same. */
function leftOut(found: readonly FoundConfiguration[], project: ProjectConfigurations): string[] {
  return found.map((one) => `${one.name} is left out: ${whyNotCheckable(one, project)}`);
}

async function resolveProject(input: TargetInput, host: Host): Promise<ResolvedInput> {
  const project = await discoverProject(host, input.cwd);
  const chosen = defaultConfigurations(project);
  const waiting = project.configurations.filter((found) => found.role === 'client' && !isCheckable(found));
  const warnings = leftOut(waiting, project);
  if (chosen.length === 0) {
    const resolved = withBrokenFile(await resolveArguments(input, host), project);
    return { ...resolved, warnings: [...resolved.warnings, ...warnings] };
  }
  const resolved = await Promise.all(chosen.map((found) => resolveFound(found, project, input, host)));
  return joinResolved([...resolved, { targets: [], warnings }]);
}

function joinResolved(parts: readonly ResolvedInput[]): ResolvedInput {
  return {
    targets: tellProblemsOnce(parts.flatMap(({ targets }) => targets)),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}

/** One argument: the name of a configuration of this project, or an address. */
async function resolveArgument(
  text: string,
  discovered: ProjectConfigurations,
  input: TargetInput,
  host: Host,
  ask: Ask | null,
): Promise<ResolvedInput> {
  const namedAtFirst = configurationsNamed(discovered, text);
  if (namedAtFirst.length === 0) return resolveArguments({ ...input, targets: [text] }, host);
  const answers = ask === null ? null : await askInputsOf(namedAtFirst, discovered, ask);
  const project = answers === null ? discovered : await discoverProject(host, input.cwd, answers);
  const named = configurationsNamed(project, text);
  const checkable = named.filter((found) => isCheckable(found));
  const others = named.filter((found) => !isCheckable(found));
  const [first] = others;
  if (checkable.length === 0 && first !== undefined) {
    throw new UsageError(`The configuration "${text}" cannot be checked: ${whyNotCheckable(first, project)}.`);
  }
  const resolved = await Promise.all(checkable.map((found) => resolveFound(found, project, input, host)));
  return joinResolved([...resolved, { targets: [], warnings: leftOut(others, project) }]);
}

/** A plain port or `HOST:PORT` is never taken for a name, so that the project need not be read for it. */
function mayBeName(text: string): boolean {
  return !/^(\[[^\]]*\]|[\w.-]*)?:?\d+$/.test(text) && !/^(unix|pid):/.test(text);
}

/**
 * The targets that a command line means, and what a user should know about the configuration. With nothing said, they
 * are what the project's editor would connect to; in a folder without any configuration, debugpy's default. What a
 * named configuration waits for is asked for, where somebody can be asked.
 */
export async function resolveInput(parsed: ParsedCommand, host: Host, ask: Ask | null = null): Promise<ResolvedInput> {
  const input = inputOf(parsed);
  const { targets, configFile, command } = input;
  if (targets.length === 0 && configFile === undefined && command.length === 0 && input.adapter === undefined) {
    return resolveProject(input, host);
  }
  if (configFile !== undefined || command.length > 0 || !targets.some((text) => mayBeName(text))) {
    return resolveArguments(input, host);
  }
  const project = await discoverProject(host, input.cwd);
  const resolved: ResolvedInput[] = [];
  // One after the other: two questions at once would mix.
  for (const text of targets) resolved.push(await resolveArgument(text, project, input, host, ask));
  return joinResolved(resolved);
}
