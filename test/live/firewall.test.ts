import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import check from '../../checks/firewall-lets-connection-through.js';
import { evaluateChecks } from '../../src/engine/evaluate.js';
import type { ConnectionAttempt, FactMap, FactName, Firewall, FirewallRule, SocketAddress } from '../../src/model/facts.js';
import { observed, unavailable, type Observation } from '../../src/model/observation.js';
import type { CheckResult } from '../../src/model/report.js';
import type { Target } from '../../src/model/target.js';
import { firewall } from '../../src/probes/firewall/index.js';
import type { ProbeContext } from '../../src/probes/probe.js';
import {
  attemptAt,
  CLIENT,
  clearRules,
  dial,
  FIRST_PORT,
  hasTool,
  hostInside,
  inside,
  loadNft,
  networkOf,
  SERVER,
  setUp,
  tearDown,
  type Namespace,
} from './firewall-namespaces.js';

const needed = ['ip', 'nft', 'iptables', 'ip6tables', 'sysctl'];
const missing = process.getuid?.() === 0 ? needed.filter((name) => !hasTool(name)) : ['root'];
const cannotRun = missing.length > 0;
if (cannotRun) console.warn(`firewall tests are skipped: without ${missing.join(', ')}`);
const hasLegacy = hasTool('iptables-legacy');
if (!hasLegacy) console.warn('tests of the older firewall interface are skipped: without iptables-legacy');

const P = FIRST_PORT;

/** What the rules say, and what a real client sees. */
interface Expected {
  port: number;
  /** The rule that surely stops the connection; null: none may. */
  stop: null | { action: FirewallRule['action']; with?: string; direction?: FirewallRule['direction']; tool: FirewallRule['tool'] };
  client: string;
  cause: string | null;
}

const passes = (port: number): Expected => ({ port, stop: null, client: 'connected', cause: null });

function targetAt({ address, port }: SocketAddress): Target {
  return {
    name: 'live',
    request: 'attach',
    adapter: 'tcp',
    host: address,
    port,
    socketPath: null,
    portRange: [port, port],
    pid: null,
    command: [],
    cwd: '/',
    logFiles: [],
    serverLogFile: null,
    errorText: null,
    settings: null,
    source: { kind: 'default' },
  };
}

function contextOf(space: Namespace, attempt: ConnectionAttempt, to: SocketAddress, ...wrapper: string[]): ProbeContext {
  const facts: Partial<FactMap> = {
    connection: { attempts: [attempt] },
    'local-network': networkOf(space),
    identity: { uid: 0, userName: 'root', elevated: true, mayBindPrivilegedPorts: true, pid: process.pid, ancestors: [] },
  };
  return {
    host: hostInside(space, ...wrapper),
    target: targetAt(to),
    see: async <N extends FactName>(name: N): Promise<Observation<FactMap[N]>> => {
      const value = facts[name];
      return value === undefined ? unavailable('not-asked') : observed(value);
    },
    offline: false,
    connectTimeoutMs: 1000,
  };
}

/** What the probe says before anybody dialled, so that also the rules for connections that work are read. */
async function predict(space: Namespace, to: SocketAddress, ...wrapper: string[]): Promise<Observation<Firewall>> {
  const notTried = attemptAt(to, { notTriedBecause: 'the rules are to tell' });
  return firewall.observe(contextOf(space, notTried, to, ...wrapper));
}

async function rulesFor(space: Namespace, to: SocketAddress): Promise<Firewall> {
  const observation = await predict(space, to);
  if (observation.status !== 'ok') throw new Error(observation.reason);
  return observation.value;
}

function judge(attempt: ConnectionAttempt, value: Firewall | null, space: Namespace, to: SocketAddress): CheckResult {
  const observations = {
    connection: observed({ attempts: [attempt] }),
    'local-network': observed(networkOf(space)),
    firewall: value === null ? unavailable('not-permitted') : observed(value),
  };
  const [judged] = evaluateChecks([{ ...check, dependsOn: [] }], observations, {}, targetAt(to));
  if (judged === undefined) throw new Error('the check was not asked');
  return judged.result;
}

function causesOf({ findings }: CheckResult): string[] {
  return findings.map(({ cause, confidence }) => `${cause} ${confidence}`);
}

/** Compares rules and reality for each port, and what the check makes of both. */
async function compare(space: Namespace, address: string, rows: readonly Expected[], timeoutMs = 700): Promise<void> {
  const family = address.includes(':') ? 6 : 4;
  const places = rows.map(({ port }) => ({ address, family, port }) as const);
  const attempts = await dial(space, places, timeoutMs);
  for (const [index, row] of rows.entries()) {
    const attempt = attempts[index];
    const to = places[index];
    if (attempt === undefined || to === undefined) throw new Error('a place was not dialled');
    const value = await rulesFor(space, to);
    const stops = value.stopping.map(({ action, rejectWith, direction, tool, sure }) => ({ action, rejectWith, direction, tool, sure }));
    const { stop } = row;
    const wanted = stop === null ? [] : [
      { action: stop.action, rejectWith: stop.with ?? null, direction: stop.direction ?? 'input', tool: stop.tool, sure: true },
    ];
    const verdict = judge(attempt, value, space, to);
    expect({ port: row.port, stops, complete: value.complete, client: attempt.errorCode ?? attempt.outcome, causes: causesOf(verdict) }).toEqual({
      port: row.port,
      stops: wanted,
      complete: true,
      client: row.client,
      causes: row.cause === null ? [] : [row.cause],
    });
    if (row.cause === null) expect(verdict.outcome).toBe('pass');
  }
}

const NFT_PORTS = `
table inet ddfw {
  set debug { type inet_service; flags interval; elements = { ${P + 4}, ${P + 20}-${P + 25} }; }
  map ways { type inet_service : verdict; elements = { ${P + 5} : drop, ${P + 6} : jump inner, ${P + 7} : accept }; }
  chain inner {
    ip saddr 192.0.2.0/24 return
    reject with tcp reset
  }
  chain input {
    type filter hook input priority filter; policy accept;
    ct state vmap { established : accept, related : accept, invalid : drop }
    tcp dport ${P + 1} counter drop comment "no {debugger} # here"
    tcp dport ${P + 2} reject with tcp reset
    tcp dport ${P + 3} log prefix "drop me " reject
    tcp dport @debug drop
    tcp dport vmap @ways
    tcp dport { ${P + 8}, ${P + 9} } reject with icmpx admin-prohibited
    tcp dport ${P + 10} ip saddr != 192.0.2.7 meta l4proto { tcp, udp } drop
    ip saddr . tcp dport { 192.0.2.7 . ${P + 11}, ${SERVER.four} . ${P + 12}, 127.0.0.1 . ${P + 12} } drop
    tcp flags syn / fin,syn,rst,ack tcp dport ${P + 13} drop
    tcp flags != syn / fin,syn,rst,ack ct state new drop
    udp dport ${P} drop
    tcp dport ${P + 14} accept
    tcp dport >= ${P + 14} tcp dport < ${P + 16} drop
    ip6 saddr ::1 tcp dport ${P + 16} drop
    meta skuid 4242 tcp dport ${P + 17} drop
  }
}`;

function nftRows(cause: { drop: string; reject: string }): Expected[] {
  const stop = (port: number, action: 'drop' | 'reject', client: string, answer?: string): Expected => ({
    port: P + port,
    stop: { action, tool: 'nft', ...(answer === undefined ? {} : { with: answer }) },
    client,
    cause: `${cause[action]} certain`,
  });
  return [
    passes(P),
    stop(1, 'drop', 'timed-out'),
    stop(2, 'reject', 'ECONNREFUSED', 'tcp-reset'),
    stop(3, 'reject', 'ECONNREFUSED', 'port-unreachable'),
    stop(4, 'drop', 'timed-out'),
    stop(5, 'drop', 'timed-out'),
    stop(6, 'reject', 'ECONNREFUSED', 'tcp-reset'),
    passes(P + 7),
    stop(9, 'reject', 'EHOSTUNREACH', 'admin-prohibited'),
    stop(10, 'drop', 'timed-out'),
    passes(P + 11),
    stop(12, 'drop', 'timed-out'),
    stop(13, 'drop', 'timed-out'),
    passes(P + 14),
    stop(15, 'drop', 'timed-out'),
    passes(P + 16),
    stop(23, 'drop', 'timed-out'),
    passes(P + 26),
  ];
}

describe.skipIf(cannotRun)('firewall rules and the connections that they stop', { timeout: 60_000 }, () => {
  beforeAll(setUp);
  afterAll(tearDown);
  afterEach(() => [SERVER, CLIENT].forEach(clearRules));

  it('follows nft rules to an own address', async () => {
    loadNft(SERVER, NFT_PORTS);
    await compare(SERVER, SERVER.four, nftRows({ drop: 'firewall-drops-packets', reject: 'firewall-rejects-connection' }));
  });

  it('follows nft rules on loopback', async () => {
    loadNft(SERVER, NFT_PORTS);
    await compare(SERVER, '127.0.0.1', nftRows({ drop: 'firewall-blocks-loopback', reject: 'firewall-blocks-loopback' }));
  });

  it('follows policies, priorities and the way back', async () => {
    loadNft(
      SERVER,
      `table inet early { chain input { type filter hook input priority -10; policy accept;
          tcp dport ${P + 1} accept
          tcp dport ${P + 2} reject with tcp reset
        } }
       table inet late { chain input { type filter hook input priority filter + 10; policy drop;
          ct state established,related accept
          tcp dport ${P} accept
          tcp dport ${P + 2} drop
          ip daddr ${SERVER.four} tcp dport ${P + 3} goto onward
          tcp dport ${P + 3} accept
        }
        chain onward { tcp dport 1 accept
        } }
       table ip stateless { chain output { type filter hook output priority filter; policy accept;
          tcp sport ${P + 4} drop
        } }
       table ip sleeping { flags dormant; chain input { type filter hook input priority filter; policy drop;
        } }`,
    );
    const drop = (port: number, direction: 'input' | 'output' = 'input'): Expected => ({
      port,
      stop: { action: 'drop', tool: 'nft', direction },
      client: 'timed-out',
      cause: 'firewall-drops-packets certain',
    });
    const reset: Expected = {
      port: P + 2,
      stop: { action: 'reject', with: 'tcp-reset', tool: 'nft' },
      client: 'ECONNREFUSED',
      cause: 'firewall-rejects-connection certain',
    };
    await compare(SERVER, SERVER.four, [passes(P), drop(P + 1), reset, drop(P + 3)]);
    clearRules(SERVER);
    loadNft(SERVER, `table ip answers { chain o { type filter hook output priority 0; tcp sport ${P + 4} drop\n } }`);
    await compare(SERVER, SERVER.four, [passes(P), drop(P + 4, 'output')]);
    clearRules(SERVER);
    loadNft(SERVER, `table ip strict { chain i { type filter hook input priority 0; policy drop; tcp dport ${P} accept\n } }`);
    await compare(SERVER, SERVER.four, [drop(P)]);
    clearRules(SERVER);
    loadNft(SERVER, `table inet lo { chain i { type filter hook input priority 0; policy drop; iif "lo" accept\n } }`);
    await compare(SERVER, SERVER.four, [passes(P)]);
  });

  it('follows iptables rules', async () => {
    const add = (...rule: string[]): void => inside(SERVER, 'iptables', '-A', ...rule);
    inside(SERVER, 'iptables', '-N', 'ddfw-sub');
    inside(SERVER, 'iptables', '-N', 'ddfw-end');
    add('ddfw-sub', '-p', 'tcp', '--dport', `${P + 5}`, '-j', 'RETURN');
    add('ddfw-sub', '-p', 'tcp', '-j', 'REJECT', '--reject-with', 'tcp-reset');
    add('ddfw-end', '-p', 'udp', '-j', 'DROP');
    add('INPUT', '-p', 'tcp', '--dport', `${P + 1}`, '-m', 'comment', '--comment', '-j "ACCEPT" it', '-j', 'DROP');
    add('INPUT', '-p', 'tcp', '--dport', `${P + 2}`, '-j', 'REJECT');
    add('INPUT', '-p', 'tcp', '-m', 'multiport', '--dports', `${P + 3},${P + 30}:${P + 32}`, '-j', 'REJECT', '--reject-with', 'icmp-admin-prohibited');
    add('INPUT', '-p', 'tcp', '--dport', `${P + 4}:${P + 6}`, '-j', 'ddfw-sub');
    add('INPUT', '-p', 'tcp', '--dport', `${P + 7}`, '-g', 'ddfw-end');
    add('INPUT', '-m', 'conntrack', '--ctstate', 'NEW', '-p', 'tcp', '--dport', `${P + 8}`, '!', '-s', '192.0.2.0/24', '-j', 'DROP');
    add('INPUT', '-m', 'state', '--state', 'ESTABLISHED', '-p', 'tcp', '--dport', `${P + 9}`, '-j', 'DROP');
    add('INPUT', '-m', 'addrtype', '!', '--dst-type', 'LOCAL', '-j', 'DROP');
    add('INPUT', '-m', 'mark', '--mark', '0x8000/0x8000', '-j', 'DROP');
    add('INPUT', '-p', 'tcp', '!', '--syn', '-m', 'state', '--state', 'NEW', '-j', 'DROP');
    add('OUTPUT', '-m', 'owner', '--uid-owner', '0', '-p', 'tcp', '--dport', `${P + 10}`, '-j', 'DROP');
    add('OUTPUT', '-m', 'owner', '--uid-owner', '4242', '-p', 'tcp', '--dport', `${P + 11}`, '-j', 'DROP');
    add('OUTPUT', '-o', 'lo', '-p', 'tcp', '--dport', `${P + 12}`, '-j', 'REJECT', '--reject-with', 'icmp-host-prohibited');
    const stop = (port: number, action: 'drop' | 'reject', client: string, answer?: string, direction?: 'output'): Expected => ({
      port: P + port,
      stop: {
        action,
        tool: 'iptables',
        ...(answer === undefined ? {} : { with: answer }),
        ...(direction === undefined ? {} : { direction }),
      },
      client,
      cause: `${action === 'drop' ? 'firewall-drops-packets' : 'firewall-rejects-connection'} certain`,
    });
    await compare(SERVER, SERVER.four, [
      passes(P),
      stop(1, 'drop', 'timed-out'),
      stop(2, 'reject', 'ECONNREFUSED', 'port-unreachable'),
      stop(3, 'reject', 'EHOSTUNREACH', 'admin-prohibited'),
      stop(31, 'reject', 'EHOSTUNREACH', 'admin-prohibited'),
      stop(4, 'reject', 'ECONNREFUSED', 'tcp-reset'),
      passes(P + 5),
      passes(P + 7),
      stop(8, 'drop', 'timed-out'),
      passes(P + 11),
      stop(10, 'drop', 'timed-out', undefined, 'output'),
      stop(12, 'reject', 'EHOSTUNREACH', 'host-prohibited', 'output'),
    ]);
  });

  it('follows a policy of iptables', async () => {
    inside(SERVER, 'iptables', '-A', 'INPUT', '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT');
    inside(SERVER, 'iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', `${P + 1}`, '-j', 'ACCEPT');
    inside(SERVER, 'iptables', '-P', 'INPUT', 'DROP');
    const stop = { action: 'drop', tool: 'iptables' } as const;
    await compare(SERVER, '127.0.0.1', [
      passes(P + 1),
      { port: P, stop, client: 'timed-out', cause: 'firewall-blocks-loopback certain' },
    ]);
  });

  it.skipIf(!hasLegacy)('follows rules of the older kernel interface beside newer ones', async () => {
    inside(SERVER, 'iptables-legacy', '-A', 'INPUT', '-p', 'tcp', '--dport', `${P + 1}`, '-j', 'DROP');
    const stop = { action: 'drop', tool: 'iptables' } as const;
    const dropped: Expected = { port: P + 1, stop, client: 'timed-out', cause: 'firewall-drops-packets certain' };
    await compare(SERVER, SERVER.four, [passes(P), dropped]);
    inside(SERVER, 'iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', `${P + 2}`, '-j', 'DROP');
    await compare(SERVER, SERVER.four, [
      passes(P),
      dropped,
      { port: P + 2, stop, client: 'timed-out', cause: 'firewall-drops-packets certain' },
    ]);
  });

  it('follows rules for IPv6', async () => {
    inside(SERVER, 'ip6tables', '-A', 'INPUT', '-p', 'tcp', '--dport', `${P + 1}`, '-j', 'REJECT', '--reject-with', 'icmp6-adm-prohibited');
    inside(SERVER, 'ip6tables', '-A', 'INPUT', '-d', `${SERVER.six}/64`, '-p', 'tcp', '--dport', `${P + 2}`, '-j', 'REJECT');
    loadNft(
      SERVER,
      `table inet ddfw { chain input { type filter hook input priority filter; policy accept;
        ip6 daddr { fd00:77::/64, ::1 } tcp dport ${P + 3} drop
        ip daddr ${SERVER.four} tcp dport ${P + 4} drop
        tcp dport ${P + 5} reject with icmp type admin-prohibited
      }
      chain before { type filter hook prerouting priority raw; policy accept;
        meta nfproto ipv6 fib saddr . mark . iif oif missing drop
      } }`,
    );
    const rejected = (port: number, client: string, answer: string): Expected => ({
      port,
      stop: { action: 'reject', with: answer, tool: 'ip6tables' },
      client,
      cause: 'firewall-rejects-connection certain',
    });
    await compare(
      SERVER,
      SERVER.six,
      [
        passes(P),
        rejected(P + 1, 'EACCES', 'admin-prohibited'),
        rejected(P + 2, 'ECONNREFUSED', 'port-unreachable'),
        { port: P + 3, stop: { action: 'drop', tool: 'nft' }, client: 'timed-out', cause: 'firewall-drops-packets certain' },
        passes(P + 4),
        passes(P + 5),
      ],
      2500,
    );
  });

  it('tells a limit from a rule that always stops', async () => {
    loadNft(
      SERVER,
      `table inet ddfw { chain input { type filter hook input priority filter; policy accept;
        tcp dport ${P + 1} ct state new limit rate over 1/hour burst 1 packets drop
        tcp dport ${P + 2} ct state new limit rate 1/hour burst 1 packets accept
        tcp dport ${P + 2} ct state new reject with tcp reset
      } }`,
    );
    const to = [P + 1, P + 2].map((port) => ({ address: SERVER.four, family: 4 as const, port }));
    const first = await dial(SERVER, to, 700);
    expect(first.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
    const limited = (port: number, client: string, answer: string | null): Expected => ({
      port,
      stop: { action: 'limit', tool: 'nft', ...(answer === null ? {} : { with: answer }) },
      client,
      cause: 'firewall-limits-connection-rate likely',
    });
    await compare(SERVER, SERVER.four, [limited(P + 1, 'timed-out', null), limited(P + 2, 'ECONNREFUSED', 'tcp-reset')]);
    clearRules(SERVER);
    inside(SERVER, 'iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', `${P + 3}`, '-m', 'conntrack', '--ctstate', 'NEW', '-m', 'recent', '--set', '--name', 'ddfw');
    inside(SERVER, 'iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', `${P + 3}`, '-m', 'conntrack', '--ctstate', 'NEW', '-m', 'recent', '--update', '--seconds', '60', '--hitcount', '2', '--name', 'ddfw', '-j', 'DROP');
    const third = { address: SERVER.four, family: 4 as const, port: P + 3 };
    expect((await dial(SERVER, [third], 700))[0]?.outcome).toBe('connected');
    await compare(SERVER, SERVER.four, [
      { port: P + 3, stop: { action: 'limit', tool: 'iptables' }, client: 'timed-out', cause: 'firewall-limits-connection-rate likely' },
    ]);
  });

  it('follows the rules of a client to another machine, and only those', async () => {
    loadNft(
      CLIENT,
      `table inet ddfw {
        chain output { type filter hook output priority filter; policy accept;
          oifname "lo" accept
          oifname "ddfw0" ip daddr ${SERVER.four} tcp dport ${P + 1} drop
          tcp dport ${P + 2} reject with icmpx admin-prohibited
        }
        chain input { type filter hook input priority filter; policy drop;
          iifname "lo" accept
          tcp sport ${P + 3} drop
          ct state established,related accept
          tcp dport 22 accept
        } }`,
    );
    loadNft(
      SERVER,
      `table inet ddfw { chain input { type filter hook input priority filter; policy accept;
        tcp dport ${P + 4} drop
        tcp dport ${P + 5} reject with icmpx admin-prohibited
      } }`,
    );
    const output = { tool: 'nft', direction: 'output' } as const;
    await compare(CLIENT, SERVER.four, [
      passes(P),
      { port: P + 1, stop: { action: 'drop', ...output }, client: 'timed-out', cause: 'firewall-drops-packets certain' },
      { port: P + 2, stop: { action: 'reject', with: 'admin-prohibited', ...output }, client: 'EHOSTUNREACH', cause: 'firewall-rejects-connection certain' },
      { port: P + 3, stop: { action: 'drop', tool: 'nft' }, client: 'timed-out', cause: 'firewall-drops-packets certain' },
      { port: P + 4, stop: null, client: 'timed-out', cause: 'firewall-drops-packets possible' },
      { port: P + 5, stop: null, client: 'EHOSTUNREACH', cause: 'firewall-rejects-connection possible' },
    ]);
  });

  it('is not sure of what it cannot judge', async () => {
    inside(SERVER, 'iptables', '-A', 'INPUT', '-m', 'string', '--string', 'ddfw', '--algo', 'bm', '-p', 'tcp', '--dport', `${P + 1}`, '-j', 'DROP');
    loadNft(SERVER, `table inet ddfw { chain i { type filter hook input priority 1; ip ttl 1 tcp dport ${P + 2} drop\n } }`);
    for (const [port, tool] of [[P + 1, 'iptables'], [P + 2, 'nft']] as const) {
      const to = { address: SERVER.four, family: 4 as const, port };
      const value = await rulesFor(SERVER, to);
      expect(value.stopping.map((rule) => ({ action: rule.action, sure: rule.sure, tool: rule.tool }))).toEqual([{ action: 'drop', sure: false, tool }]);
      const [attempt] = await dial(SERVER, [to], 700);
      expect(attempt?.outcome).toBe('connected');
    }
  });

  it('says when an ordinary user may not read the rules', async () => {
    loadNft(SERVER, NFT_PORTS);
    const to = { address: SERVER.four, family: 4 as const, port: P + 1 };
    const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
    const observation = await predict(SERVER, to, ...nobody);
    expect(observation).toMatchObject({ status: 'unavailable', reason: 'not-permitted' });
    const [attempt] = await dial(SERVER, [to], 700);
    if (attempt === undefined) throw new Error('nothing was dialled');
    expect(judge(attempt, null, SERVER, to).outcome).toBe('unknown');
  });

  it('runs no tool when a connection was accepted', async () => {
    const to = { address: SERVER.four, family: 4 as const, port: P };
    const [attempt] = await dial(SERVER, [to], 700);
    if (attempt === undefined) throw new Error('nothing was dialled');
    const context = contextOf(SERVER, attempt, to);
    const ran: string[] = [];
    const host = { ...context.host, run: async (argv: readonly string[]) => (ran.push(argv.join(' ')), context.host.run(argv)) };
    const observation = await firewall.observe({ ...context, host });
    expect(observation).toMatchObject({ status: 'ok', value: { consulted: false, stopping: [] } });
    expect(ran).toEqual([]);
  });
});
