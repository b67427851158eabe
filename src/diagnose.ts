import { conclude, type CauseTraits } from './engine/conclude.js';
import { evaluateChecks } from './engine/evaluate.js';
import { selectChecks, type Selection } from './engine/select.js';
import { symptomOf } from './engine/symptom.js';
import type { Host } from './host/host.js';
import type { Check } from './model/check.js';
import type { Conclusion, DiagnosisRun, HostSummary } from './model/report.js';
import type { Target } from './model/target.js';
import { createObserver, type ObserveOptions } from './observe.js';
import { observeOwnContainer } from './probes/process/own-container.js';

export interface DiagnoseOptions extends Selection, ObserveOptions {
  warnings: readonly string[];
}

export const DEFAULT_OPTIONS: DiagnoseOptions = {
  only: [],
  skip: [],
  offline: false,
  probeLevel: 'gentle',
  announce: () => undefined,
  probeTimeoutMs: 10_000,
  // A neighbour that does not answer makes the kernel give up after 3 s.
  connectTimeoutMs: 4000,
  signal: null,
  warnings: [],
};

/** The limits that one `--timeout` sets; none when it was not given. */
export function limitsOf(timeoutMs: number | undefined): Partial<ObserveOptions> {
  return timeoutMs === undefined ? {} : { probeTimeoutMs: timeoutMs, connectTimeoutMs: timeoutMs };
}

/** The machine in the few words that every report carries. */
async function summarise(host: Host): Promise<HostSummary> {
  const { platform, release, arch } = host;
  const [{ uid }, container] = await Promise.all([
    host.identity(),
    platform === 'linux' ? observeOwnContainer(host) : Promise.resolve(null),
  ]);
  const lower = release.toLowerCase();
  const wsl = lower.includes('microsoft') ? (lower.includes('wsl2') ? 'wsl2' : 'wsl1') : null;
  return { platform, release, arch, elevated: uid === 0, container, wsl };
}

/** A `pid:N` target becomes the address on which that process, or the adapter that serves it, really listens. */
async function followProcess(host: Host, target: Target, options: ObserveOptions): Promise<Target> {
  if (target.pid === null || target.port !== null) return target;
  const seen = await createObserver(host, target, options).see('target-process');
  const server = seen.status === 'ok' ? seen.value.server : null;
  const at = server?.listens?.[0];
  if (server === null || at === undefined) return target;
  const address = at.address === '0.0.0.0' ? '127.0.0.1' : at.address === '::' ? '::1' : at.address;
  return { ...target, adapter: server.adapter, host: address, port: at.port };
}

/** The catalogue is loaded only when there is a cause to look up. */
async function loadTraits(hasFindings: boolean): Promise<CauseTraits> {
  if (!hasFindings) return () => ({ hop: 'config', severity: 'error' });
  const { CAUSES } = await import('./causes/index.js');
  return (cause) => CAUSES[cause];
}

async function diagnoseTarget(
  host: Host,
  given: Target,
  allChecks: readonly Check[],
  options: DiagnoseOptions,
): Promise<{ target: Target; conclusion: Conclusion }> {
  const target = await followProcess(host, given, options);
  const checks = selectChecks(allChecks, target, options);
  const observer = createObserver(host, target, options);
  const names = new Set(checks.flatMap(({ needs, uses }) => [...needs, ...uses]));
  await Promise.all([...names].map((name) => observer.see(name)));
  const judged = evaluateChecks(checks, observer.observations(), observer.durations(), target);
  const traits = await loadTraits(judged.some(({ result }) => result.findings.length > 0));
  const symptom = symptomOf(observer.observations(), target, host.platform);
  return { target, conclusion: conclude(judged, traits, target, symptom) };
}

/**
 * Looks at every target and concludes what is wrong with it. Changes nothing. Never throws for what a machine says:
 * what cannot be seen comes out as `unknown`.
 */
export async function diagnose(
  host: Host,
  targets: readonly Target[],
  checks: readonly Check[],
  options: DiagnoseOptions = DEFAULT_OPTIONS,
): Promise<DiagnosisRun> {
  const startedAt = host.now();
  // A name with two addresses may be dialled twice.
  const announced = new Set<string>();
  const announce = (text: string): void => {
    announced.add(text);
    options.announce(text);
  };
  const how = { ...options, announce };
  const [summary, diagnosed] = await Promise.all([
    summarise(host),
    Promise.all(targets.map((target) => diagnoseTarget(host, target, checks, how))),
  ]);
  return {
    startedAt: new Date(startedAt).toISOString(),
    durationMs: host.now() - startedAt,
    host: summary,
    targets: diagnosed,
    probeLevel: options.probeLevel,
    warnings: [...options.warnings, ...announced],
  };
}
