import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { firewall } from '../../src/probes/firewall/index.js';
import { cannotRun, compare, contextOf, inShort, judge, passes, predict, type Row } from './firewall-compare.js';
import {
  CLIENT,
  clearRules,
  dial,
  FIRST_PORT as P,
  inside,
  loadNft,
  SERVER,
  setUp,
  tearDown,
} from './firewall-namespaces.js';

const DROPS = 'firewall-drops-packets certain';
const REJECTS = 'firewall-rejects-connection certain';
const LOOPBACK = 'firewall-blocks-loopback certain';
const LIMITS = 'firewall-limits-connection-rate likely';

const PORTS = `
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

function rowsOf(drops: string, rejects: string): Row[] {
  return [
    passes(P),
    [P + 1, 'nft input drop', 'timed-out', drops],
    [P + 2, 'nft input reject tcp-reset', 'ECONNREFUSED', rejects],
    [P + 3, 'nft input reject port-unreachable', 'ECONNREFUSED', rejects],
    [P + 4, 'nft input drop', 'timed-out', drops],
    [P + 5, 'nft input drop', 'timed-out', drops],
    [P + 6, 'nft input reject tcp-reset', 'ECONNREFUSED', rejects],
    passes(P + 7),
    [P + 9, 'nft input reject admin-prohibited', 'EHOSTUNREACH', rejects],
    [P + 10, 'nft input drop', 'timed-out', drops],
    passes(P + 11),
    [P + 12, 'nft input drop', 'timed-out', drops],
    [P + 13, 'nft input drop', 'timed-out', drops],
    passes(P + 14),
    [P + 15, 'nft input drop', 'timed-out', drops],
    passes(P + 16),
    [P + 23, 'nft input drop', 'timed-out', drops],
    passes(P + 26),
  ];
}

/** One nft chain at a hook, in a table of its own. */
function chainAt(table: string, hook: string, policy: string, ...rules: string[]): string {
  const lines = [`type filter hook ${hook}; policy ${policy};`, ...rules];
  return `table ${table} { chain c {\n${lines.join('\n')}\n} }\n`;
}

describe.skipIf(cannotRun)('rules of nft and the connections that they stop', { timeout: 60_000 }, () => {
  beforeAll(setUp);
  afterAll(tearDown);
  afterEach(() => {
    for (const place of [SERVER, CLIENT]) clearRules(place);
  });

  it('follows rules to an own address', async () => {
    loadNft(SERVER, PORTS);
    await compare(SERVER, SERVER.four, rowsOf(DROPS, REJECTS));
  });

  it('follows rules on loopback', async () => {
    loadNft(SERVER, PORTS);
    await compare(SERVER, '127.0.0.1', rowsOf(DROPS, REJECTS));
  });

  it('follows policies, priorities and chains', async () => {
    const early = [`tcp dport ${P + 1} accept`, `tcp dport ${P + 2} reject with tcp reset`];
    loadNft(SERVER, chainAt('inet early', 'input priority -10', 'accept', ...early));
    loadNft(
      SERVER,
      `table inet late {
         chain onward { tcp dport 1 accept\n }
         chain input { type filter hook input priority filter + 10; policy drop;
           ct state established,related accept
           tcp dport ${P} accept
           tcp dport ${P + 2} drop
           ip daddr ${SERVER.four} tcp dport ${P + 3} goto onward
           tcp dport ${P + 3} accept
         } }
       table ip sleeping { flags dormant; chain input { type filter hook input priority filter; policy drop;\n } }`,
    );
    await compare(SERVER, SERVER.four, [
      passes(P),
      [P + 1, 'nft input drop', 'timed-out', DROPS],
      [P + 2, 'nft input reject tcp-reset', 'ECONNREFUSED', REJECTS],
      [P + 3, 'nft input drop', 'timed-out', DROPS],
    ]);
  });

  it('follows the way back', async () => {
    loadNft(SERVER, chainAt('ip answers', 'output priority 0', 'accept', `tcp sport ${P + 4} drop`));
    await compare(SERVER, SERVER.four, [passes(P), [P + 4, 'nft output drop', 'timed-out', DROPS]]);
    clearRules(SERVER);
    loadNft(SERVER, chainAt('ip strict', 'input priority 0', 'drop', `tcp dport ${P} accept`));
    await compare(SERVER, SERVER.four, [[P, 'nft input drop', 'timed-out', DROPS]]);
  });

  it('tells a firewall that has forgotten loopback', async () => {
    loadNft(SERVER, chainAt('inet lo', 'input priority 0', 'drop', 'ct state established accept'));
    await compare(SERVER, '127.0.0.1', [[P, 'nft input drop', 'timed-out', LOOPBACK]]);
  });

  it('sees that loopback is let through', async () => {
    loadNft(SERVER, chainAt('inet lo', 'input priority 0', 'drop', 'iif "lo" accept'));
    await compare(SERVER, SERVER.four, [passes(P)]);
    await compare(SERVER, '127.0.0.1', [passes(P)]);
  });

  it('tells a limit from a rule that always stops', async () => {
    const limits = [
      `tcp dport ${P + 1} ct state new limit rate over 1/hour burst 1 packets drop`,
      `tcp dport ${P + 2} ct state new limit rate 1/hour burst 1 packets accept`,
      `tcp dport ${P + 2} ct state new reject with tcp reset`,
    ];
    loadNft(SERVER, chainAt('inet ddfw', 'input priority 0', 'accept', ...limits));
    const to = [P + 1, P + 2].map((port) => ({ address: SERVER.four, family: 4 as const, port }));
    const first = await dial(SERVER, to, 700);
    expect(first.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
    await compare(SERVER, SERVER.four, [
      [P + 1, 'nft input limit', 'timed-out', LIMITS],
      [P + 2, 'nft input limit tcp-reset', 'ECONNREFUSED', LIMITS],
    ]);
  });

  it('follows the rules of a client to another machine, and only those', async () => {
    const output = [
      'oifname "lo" accept',
      `oifname "ddfw0" ip daddr ${SERVER.four} tcp dport ${P + 1} drop`,
      `tcp dport ${P + 2} reject with icmpx admin-prohibited`,
    ];
    const input = [
      'iifname "lo" accept',
      `tcp sport ${P + 3} drop`,
      'ct state established,related accept',
      'tcp dport 22 accept',
    ];
    loadNft(CLIENT, chainAt('inet out', 'output priority 0', 'accept', ...output));
    loadNft(CLIENT, chainAt('inet in', 'input priority 0', 'drop', ...input));
    const remote = [`tcp dport ${P + 4} drop`, `tcp dport ${P + 5} reject with icmpx admin-prohibited`];
    loadNft(SERVER, chainAt('inet ddfw', 'input priority 0', 'accept', ...remote));
    await compare(CLIENT, SERVER.four, [
      passes(P),
      [P + 1, 'nft output drop', 'timed-out', DROPS],
      [P + 2, 'nft output reject admin-prohibited', 'EHOSTUNREACH', REJECTS],
      [P + 3, 'nft input drop', 'timed-out', DROPS],
      [P + 4, '', 'timed-out', 'firewall-drops-packets possible'],
      [P + 5, '', 'EHOSTUNREACH', 'firewall-rejects-connection possible'],
    ]);
  });

  it('is not sure of what it cannot judge', async () => {
    const string = ['-m', 'string', '--string', 'ddfw', '--algo', 'bm'];
    inside(SERVER, 'iptables', '-A', 'INPUT', ...string, '-p', 'tcp', '--dport', `${P + 1}`, '-j', 'DROP');
    loadNft(SERVER, chainAt('inet ddfw', 'input priority 1', 'accept', `ip ttl 1 tcp dport ${P + 2} drop`));
    const to = [P + 1, P + 2].map((port) => ({ address: SERVER.four, family: 4 as const, port }));
    const seen = await Promise.all(to.map((place) => predict(SERVER, place)));
    const rules = seen.map((observation) => (observation.status === 'ok' ? inShort(observation.value) : ''));
    expect(rules).toEqual(['iptables input drop ?', 'nft input drop ?']);
    const attempts = await dial(SERVER, to, 700);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
  });

  it('says when an ordinary user may not read the rules', async () => {
    loadNft(SERVER, PORTS);
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
    const run = (argv: readonly string[]) => {
      ran.push(argv.join(' '));
      return context.host.run(argv);
    };
    const observation = await firewall.observe({ ...context, host: { ...context.host, run } });
    expect(observation).toMatchObject({ status: 'ok', value: { consulted: false, stopping: [] } });
    expect(ran).toEqual([]);
  });
});
