import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import type { z } from 'zod';
import type { CauseId } from '../../../src/model/cause-ids.js';
import { reportSchema } from '../../../src/report-schema.js';
import { commandAt, environmentAt, type Place } from './place.js';

const CLI = resolve(import.meta.dirname, '../../../dist/cli.cjs');

export type LiveReport = z.output<typeof reportSchema>;
type TargetReport = LiveReport['targets'][number];
type Finding = TargetReport['results'][number]['findings'][number];

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface Examination extends Outcome {
  report: LiveReport;
  /** The first target's part. */
  target: TargetReport;
  /** The first target's root causes, the most probable first. */
  causes: readonly CauseId[];
}

/** Runs the built command line as a child. */
export function runCli(args: readonly string[], place: Place = {}): Promise<Outcome> {
  const { file, args: rest } = commandAt([process.execPath, CLI, ...args], place);
  const options = { env: environmentAt(place), cwd: place.cwd ?? '/', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((done, refuse) => {
    const child = execFile(file, rest, options, (error, stdout, stderr) => {
      if (child.exitCode === null) refuse(error ?? new Error(`the doctor was ended: ${stderr}`));
      else done({ exitCode: child.exitCode, stdout, stderr });
    });
  });
}

/** Runs a command that writes a report (`check`, with `--json` added), and requires exactly one valid report of it. */
export async function runDoctor(args: readonly string[], place: Place = {}): Promise<Examination> {
  // Behind the command's name: everything after `--` belongs to the program to be launched.
  const [command = '', ...rest] = args;
  const outcome = await runCli([command, '--json', ...rest], place);
  // JSON.parse refuses a second document and any other word on standard output.
  const document: unknown = outcome.stdout === '' ? outcome.stderr : JSON.parse(outcome.stdout);
  const report = reportSchema.parse(document);
  expect(report.exitCode).toBe(outcome.exitCode);
  const [target] = report.targets;
  if (target === undefined) throw new Error('a report without a target');
  return { ...outcome, report, target, causes: target.diagnosis.rootCauses.map(({ cause }) => cause) };
}

/** The finding that established a cause, with its arguments. */
export function findingOf({ target }: Examination, cause: CauseId): Finding {
  const found = target.results.flatMap(({ findings }) => findings).find((finding) => finding.cause === cause);
  if (found === undefined) throw new Error(`${cause} was not found`);
  return found;
}

/** Requires a problem with this cause ranked first, and exit code 1. Returns its finding. */
export function expectCause(examination: Examination, cause: CauseId): Finding {
  expect(examination.causes[0], summaryOf(examination)).toBe(cause);
  expect(examination.target.status).toBe('unhealthy');
  expect(examination.exitCode).toBe(1);
  return findingOf(examination, cause);
}

/** Requires a healthy target without any finding, not even a warning, and exit code 0. */
export function expectHealthy(examination: Examination): void {
  const findings = examination.target.results.flatMap(({ findings: found }) => found.map(({ cause }) => cause));
  expect(findings, summaryOf(examination)).toEqual([]);
  expect(examination.target.status, summaryOf(examination)).toBe('healthy');
  expect(examination.exitCode).toBe(0);
}

/** What a failed expectation prints. */
function summaryOf({ target }: Examination): string {
  const lines = target.results.map(({ check, outcome, reason, evidence }) => {
    return `${outcome.padEnd(8)} ${check}: ${reason ?? evidence.map(({ text }) => text).join(' | ')}`;
  });
  return `\n${lines.join('\n')}\n`;
}
