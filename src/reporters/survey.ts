import { formatAddress } from '../model/addresses.js';
import { SCHEMA_VERSION } from '../model/report.js';
import type { ConfiguredTarget, EnvironmentOption, RunningServer, Survey } from '../survey.js';
import { clean } from './clean.js';
import type { Style } from './style.js';

/** What `targets --json` writes (schemaVersion "1.0"). */
export interface SurveyReport {
  schemaVersion: typeof SCHEMA_VERSION;
  tool: { name: 'debug-doctor'; version: string };
  /** Debug options in this environment; `listens` is false for those by which a program calls an editor. */
  environment: readonly {
    source: 'environment';
    variable: string;
    option: string;
    adapter: string;
    host: string | null;
    port: number | null;
    listens: boolean;
    /** Pids. */
    takenOverBy: readonly number[];
  }[];
  configured: readonly (Omit<ConfiguredTarget['found'], 'command'> & {
    command: readonly string[];
    checkable: boolean;
    whyNot: string | null;
    meets: readonly number[];
    collidesWith: readonly string[];
  })[];
  running: readonly {
    adapter: string;
    pid: number;
    user: string;
    command: readonly string[];
    listens: readonly string[];
    socketPath: string | null;
    /** The environment variable that turned its debugger on; null: its command line or a library shows it. */
    variable: string | null;
    shownBy: RunningServer['shownBy']['kind'];
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
export function renderSurveyJson(
  { environment, configured, running, problems, someHidden }: Survey,
  version: string,
): SurveyReport {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'debug-doctor', version },
    environment: environment.map(({ option: { variable, option, adapter, host, port, listens }, takenOverBy }) => ({
      source: 'environment',
      variable,
      option,
      adapter,
      host,
      port,
      listens,
      takenOverBy: takenOverBy.map(({ process }) => process.pid),
    })),
    configured: configured.map(({ found, checkable, whyNot, meets, collidesWith }) => ({
      ...found,
      checkable,
      whyNot,
      meets: meets.map(({ process }) => process.pid),
      collidesWith,
    })),
    running: running.map(({ server, shownBy, configuredAs }) => ({
      adapter: server.adapter,
      pid: server.process.pid,
      user: server.process.user,
      command: server.process.command,
      listens: (server.listens ?? []).map((at) => formatAddress(at)),
      socketPath: server.socketPath ?? null,
      variable: server.variable,
      shownBy: shownBy.kind,
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

function configuredLines({ found, whyNot, meets, collidesWith }: ConfiguredTarget, style: Style): string[] {
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
        : whyNot === null
          ? 'no debug server there'
          : clean(whyNot);
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

const SHOWN_BY: Readonly<Record<RunningServer['shownBy']['kind'], (variable: string) => string>> = {
  command: () => '',
  variable: (variable) => ` (by ${variable})`,
  library: () => ' (by a library in its memory)',
};

function runningLine({ server, shownBy, configuredAs }: RunningServer, style: Style): string {
  const { listens, adapter, process } = server;
  const places = listens === null ? 'where may not be seen' : clean(placesOf(server).join(', '));
  const names = configuredAs.length === 0 ? 'not configured here' : `configured as ${clean(configuredAs.join(', '))}`;
  const command = clean(process.command.join(' '), 100);
  const shown = SHOWN_BY[shownBy.kind](server.variable ?? '');
  return `  ${adapter} ${places}  pid ${process.pid}${shown}  ${names}\n      ${style.dim(command)}`;
}

function environmentLine({
  option: { variable, option, adapter, port, listens },
  takenOverBy,
}: EnvironmentOption): string {
  const calls = port === null ? 'makes breakpoint() call a debugger' : `makes programs call port ${port}`;
  const place = port === 0 ? 'any free port' : port === null ? 'a place of its own' : `port ${port}`;
  const pids = takenOverBy.map(({ process }) => `pid ${process.pid}`).join(', ');
  const users = pids === '' ? 'and no running debug server has it' : `and ${pids} has it`;
  const what = listens ? `opens ${place} in each process that reads it, ${users}` : calls;
  return `  ${variable}=${clean(option, 100)}  ${adapter}, ${what}`;
}

/** A survey for people. Everything untrusted is cleaned. */
export function renderSurveyText(
  { environment, configured, running, problems, someHidden }: Survey,
  style: Style,
): string {
  const broken = problems.map(({ file, line, column, message }) => {
    return `  ${style.red(style.symbols.broken)} ${clean(file)}:${line}:${column}: ${clean(message)}`;
  });
  const none = `  ${style.dim('none')}`;
  const lines = [
    style.bold('Configured in this folder'),
    ...(configured.length === 0 ? [none] : configured.flatMap((target) => configuredLines(target, style))),
    ...(broken.length === 0 ? [] : ['', style.bold('Mistakes in files'), ...broken]),
    ...(environment.length === 0 ? [] : ['', style.bold('In the environment'), ...environment.map(environmentLine)]),
    '',
    style.bold('Running on this machine'),
    ...(running.length === 0 ? [none] : running.map((server) => runningLine(server, style))),
    ...(someHidden ? [`  ${style.dim('other users may run debug servers that cannot be seen from here')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
