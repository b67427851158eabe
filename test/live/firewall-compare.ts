import { expect } from 'vitest';
import check from '../../checks/firewall-lets-connection-through.js';
import { evaluateChecks } from '../../src/engine/evaluate.js';
import type { ConnectionAttempt, FactMap, FactName, Firewall, SocketAddress } from '../../src/model/facts.js';
import { observed, unavailable, type Observation } from '../../src/model/observation.js';
import type { CheckResult } from '../../src/model/report.js';
import { firewall } from '../../src/probes/firewall/index.js';
import type { ProbeContext } from '../../src/probes/probe.js';
import { attemptAt, dial, hasTool, hostInside, networkOf, type Namespace } from './firewall-namespaces.js';

const needed = ['ip', 'nft', 'iptables', 'ip6tables', 'sysctl', 'setpriv'];
const missing = process.getuid?.() === 0 ? needed.filter((name) => !hasTool(name)) : ['root'];

/** True, and said aloud, when these tests have no namespaces to run in. */
export const cannotRun = missing.length > 0;
if (cannotRun) console.warn(`live firewall tests are skipped: without ${missing.join(', ')}`);

/** What a row of `compare` expects: port; rules that stop it; what a client sees; the cause and its confidence. */
export type Row = readonly [port: number, stops: string, client: string, cause: string];

export function passes(port: number): Row {
  return [port, '', 'connected', ''];
}

function targetAt({ address, port }: SocketAddress): ProbeContext['target'] {
  const nothing = { socketPath: null, pid: null, serverLogFile: null, errorText: null, settings: null };
  const lists = { command: [], logFiles: [], portRange: [port, port] as const };
  const source = { kind: 'default' } as const;
  return {
    ...nothing,
    ...lists,
    name: 'live',
    request: 'attach',
    adapter: 'tcp',
    host: address,
    port,
    cwd: '/',
    source,
  };
}

/** A probe's surroundings, with commands run in a namespace (and through `wrapper`). */
export function contextOf(
  space: Namespace,
  attempt: ConnectionAttempt,
  to: SocketAddress,
  ...wrapper: string[]
): ProbeContext {
  const root = { uid: 0, userName: 'root', elevated: true, mayBindPrivilegedPorts: true };
  const facts: Partial<FactMap> = {
    connection: { attempts: [attempt] },
    'local-network': networkOf(space),
    identity: { ...root, pid: process.pid, ancestors: [] },
  };
  return {
    host: hostInside(space, ...wrapper),
    target: targetAt(to),
    see: async <N extends FactName>(name: N): Promise<Observation<FactMap[N]>> => {
      const value = facts[name];
      return value === undefined ? unavailable('not-asked') : observed(value);
    },
    offline: false,
    probeLevel: 'gentle',
    announce: () => undefined,
    connectTimeoutMs: 1000,
  };
}

/** What the probe says before anybody dialled, so that also the rules for connections that work are read. */
export function predict(space: Namespace, to: SocketAddress, ...wrapper: string[]): Promise<Observation<Firewall>> {
  return firewall.observe(
    contextOf(space, attemptAt(to, { notTriedBecause: 'the rules are to tell' }), to, ...wrapper),
  );
}

/** What the check concludes. `value` null: the rules may not be read. */
export function judge(
  attempt: ConnectionAttempt,
  value: Firewall | null,
  space: Namespace,
  to: SocketAddress,
): CheckResult {
  const observations = {
    connection: observed({ attempts: [attempt] }),
    'local-network': observed(networkOf(space)),
    firewall: value === null ? unavailable('not-permitted') : observed(value),
  };
  const [judged] = evaluateChecks([{ ...check, dependsOn: [] }], observations, {}, targetAt(to));
  if (judged === undefined) throw new Error('the check was not asked');
  return judged.result;
}

/** Rules in short, such as `nft input reject tcp-reset`; a question mark where the match is not sure. */
export function inShort({ stopping }: Firewall): string {
  return stopping
    .map(({ tool, direction, action, rejectWith, sure }) =>
      [tool, direction, action, ...(rejectWith === null ? [] : [rejectWith]), ...(sure ? [] : ['?'])].join(' '),
    )
    .join(', ');
}

/** Compares what the rules say with what a real client in the namespace sees, and with what the check makes of both. */
export async function compare(space: Namespace, address: string, rows: readonly Row[], timeoutMs = 700): Promise<void> {
  const family = address.includes(':') ? 6 : 4;
  const places = rows.map(([port]) => ({ address, family, port }) as const);
  const attempts = await dial(space, places, timeoutMs);
  const seen: Row[] = [];
  for (const [index, to] of places.entries()) {
    const attempt = attempts[index];
    const observation = await predict(space, to);
    if (attempt === undefined || observation.status !== 'ok') throw new Error('the rules were not read');
    expect(observation.value.complete).toBe(true);
    const { findings, outcome } = judge(attempt, observation.value, space, to);
    const causes =
      outcome === 'pass' ? '' : findings.map(({ cause, confidence }) => `${cause} ${confidence}`).join(', ');
    seen.push([to.port, inShort(observation.value), attempt.errorCode ?? attempt.outcome, causes]);
  }
  expect(seen).toEqual(rows);
}
