import { formatAddress } from '../model/addresses.js';
import { SCHEMA_VERSION } from '../model/report.js';
import type { ConfiguredTarget, RunningServer, Survey } from '../survey.js';
import { clean } from './clean.js';
import type { Style } from './style.js';

/** What `targets --json` writes (schemaVersion "1.0"). */
export interface SurveyReport {
  schemaVersion: typeof SCHEMA_VERSION;
  tool: { name: 'debug-doctor'; version: string };
  configured: readonly (Omit<ConfiguredTarget['found'], 'command'> & {
    command: readonly string[];
    checkable: boolean;
    meets: readonly number[];
    collidesWith: readonly string[];
  })[];
  running: readonly {
    adapter: string;
    pid: number;
    user: string;
    command: readonly string[];
    listens: readonly string[];
    clients: number;
    configuredAs: readonly string[];
  }[];
  problems: Survey['problems'];
  someHidden: boolean;
}

function placesOf({ listens, socketPath }: RunningServer['server']): string[] {
  return socketPath === undefined ? (listens ?? []).map((at) => formatAddress(at)) : [`unix:${socketPath}`];
}

/** A survey in its fixed shape; `meets` holds pids. */
export function renderSurveyJson({ configured, running, problems, someHidden }: Survey, version: string): SurveyReport {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'debug-doctor', version },
    configured: configured.map(({ found, checkable, meets, collidesWith }) => ({
      ...found,
      checkable,
      meets: meets.map(({ process }) => process.pid),
      collidesWith,
    })),
    running: running.map(({ server, configuredAs }) => ({
      adapter: server.adapter,
      pid: server.process.pid,
      user: server.process.user,
      command: server.process.command,
      listens: placesOf(server),
      clients: server.clients,
      configuredAs,
    })),
    problems,
    someHidden,
  };
}

function placeOf({ host, port, socketPath, pid, unresolved }: ConfiguredTarget['found']): string {
  if (socketPath !== null) return socketPath;
  if (pid !== null) return `pid ${pid}`;
  if (port !== null) return `${host ?? ''}:${port}`;
  return unresolved.length > 0 ? unresolved.join(' ') : 'no address';
}

function configuredLines({ found, meets, collidesWith }: ConfiguredTarget, style: Style): string[] {
  const { symbols } = style;
  const right = meets.find(({ adapter }) => adapter === found.adapter);
  const other = meets.find(({ adapter }) => adapter !== found.adapter);
  const sign =
    right !== undefined
      ? style.green(symbols.ok)
      : other !== undefined
        ? style.red(symbols.broken)
        : style.dim(symbols.notReached);
  const state =
    right !== undefined
      ? `runs as pid ${right.process.pid}`
      : other !== undefined
        ? `${other.adapter} (pid ${other.process.pid}) is there instead`
        : 'no debug server there';
  const collision =
    collidesWith.length === 0
      ? []
      : [`      ${style.yellow(`wants the same port as ${clean(collidesWith.join(', '))}`)}`];
  return [
    `  ${sign} ${style.bold(clean(found.name))}  ${found.adapter} ${clean(placeOf(found))}  ${state}`,
    `      ${style.dim(`${clean(found.file)}:${found.line}`)}`,
    ...collision,
  ];
}

function runningLine({ server, configuredAs }: RunningServer, style: Style): string {
  const places = server.listens === null ? 'where may not be seen' : clean(placesOf(server).join(', '));
  const names = configuredAs.length === 0 ? 'not configured here' : `configured as ${clean(configuredAs.join(', '))}`;
  const command = clean(server.process.command.join(' '), 100);
  return `  ${server.adapter} ${places}  pid ${server.process.pid}  ${names}\n      ${style.dim(command)}`;
}

/** A survey for people. Everything untrusted is cleaned. */
export function renderSurveyText({ configured, running, problems, someHidden }: Survey, style: Style): string {
  const broken = problems.map(({ file, line, column, message }) => {
    return `  ${style.red(style.symbols.broken)} ${clean(file)}:${line}:${column}: ${clean(message)}`;
  });
  const none = `  ${style.dim('none')}`;
  const lines = [
    style.bold('Configured in this folder'),
    ...(configured.length === 0 ? [none] : configured.flatMap((target) => configuredLines(target, style))),
    ...(broken.length === 0 ? [] : ['', style.bold('Mistakes in files'), ...broken]),
    '',
    style.bold('Running on this machine'),
    ...(running.length === 0 ? [none] : running.map((server) => runningLine(server, style))),
    ...(someHidden ? [`  ${style.dim('other users may run debug servers that cannot be seen from here')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
