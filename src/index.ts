import { resolve } from 'node:path';
import { CHECKS } from '../checks/index.js';
import { DEFAULT_OPTIONS, diagnose, limitsOf } from './diagnose.js';
import { exitCodeOf } from './engine/exit-code.js';
import { unknownCheckIds } from './engine/select.js';
import { createNodeHost } from './host/node.js';
import { PROBE_LEVELS, type ProbeLevel } from './model/probe-level.js';
import type { Report } from './model/report.js';
import type { AdapterId, DebugRequest } from './model/target.js';
import { createReport } from './reporters/report.js';
import { resolveTargets } from './targets/resolve.js';

export type { CauseId } from './model/cause-ids.js';
export type { ProbeLevel } from './model/probe-level.js';
export type { Evidence } from './model/observation.js';
export type { CheckResult, PathStep, Report, RootCause, Status, TargetReport } from './model/report.js';
export type { Remedy, Step } from './model/remedy.js';
export type { SymptomId } from './model/symptom.js';
export type { AdapterId, DebugRequest, Target } from './model/target.js';

/** What to check and how; each option means what the option of `debug-doctor check` means. */
export interface CheckOptions {
  /** `HOST:PORT`, `:PORT`, `PORT`, `[::1]:PORT`, `unix:/path` or `pid:N`; debugpy on 127.0.0.1:5678 when left out. */
  targets?: readonly string[];
  adapter?: AdapterId;
  /** `attach`: reach a server; `launch`: start one. */
  request?: DebugRequest;
  /** Logs of the server to read. */
  logFiles?: readonly string[];
  /** What the user saw, verbatim. */
  errorText?: string;
  /** A `debugpy_config.json`. */
  configFile?: string;
  /** The command that would start the debug server, as argv. */
  command?: readonly string[];
  /** Where relative paths start; the working directory when left out. */
  cwd?: string;
  /** Ids of the checks to run, or to leave out. */
  only?: readonly string[];
  skip?: readonly string[];
  /** Asks no other machine. */
  offline?: boolean;
  /** `passive`: connects to nothing; `gentle` (when left out): only where that is harmless; `full`: a whole handshake. */
  probe?: ProbeLevel;
  /** The longest that one look may take. */
  timeoutMs?: number;
  /** What makes the report's `exitCode` 1. */
  failOn?: 'error' | 'warning';
  /** Ends running commands and connections. */
  signal?: AbortSignal;
}

function refuseUnknownChecks(selection: { only: readonly string[]; skip: readonly string[] }): void {
  const [unknown] = unknownCheckIds(CHECKS, selection);
  if (unknown !== undefined) throw new TypeError(`There is no check "${unknown}".`);
}

/**
 * Finds out why a debugger cannot connect to the targets, from this machine, and changes nothing: the document that
 * `debug-doctor check --json` prints. Rejects with a TypeError when the options cannot be understood; whatever the
 * machine says, or does not say, is in the report.
 */
export async function checkTargets(options: CheckOptions = {}): Promise<Report> {
  const { targets = [], logFiles = [], command = [], only = [], skip = [], offline = false, signal = null } = options;
  const { adapter, request, errorText, configFile, timeoutMs, failOn = 'error' } = options;
  const { probe: probeLevel = DEFAULT_OPTIONS.probeLevel } = options;
  refuseUnknownChecks({ only, skip });
  if (!PROBE_LEVELS.includes(probeLevel)) throw new TypeError(`There is no probe level "${probeLevel}".`);
  const host = createNodeHost(signal);
  const cwd = resolve(options.cwd ?? '.');
  const input = { targets, adapter, request, logFiles, errorText, configFile, command, cwd };
  const resolved = await resolveTargets(input, host);
  if (!resolved.ok) throw new TypeError(resolved.problem);
  const { warnings } = resolved;
  const how = { ...DEFAULT_OPTIONS, ...limitsOf(timeoutMs), only, skip, offline, probeLevel, signal, warnings };
  const run = await diagnose(host, resolved.targets, CHECKS, how);
  const conclusions = run.targets.map(({ conclusion }) => conclusion);
  const { vocabulary } = await import('./reporters/vocabulary.js');
  return createReport(run, vocabulary, __VERSION__, exitCodeOf(conclusions, failOn));
}
