import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cannotRun, compare, passes, type Row } from './firewall-compare.js';
import {
  clearRules,
  dial,
  FIRST_PORT as P,
  hasTool,
  inside,
  loadNft,
  SERVER,
  setUp,
  tearDown,
} from './firewall-namespaces.js';

const DROPS = 'firewall-drops-packets certain';
const REJECTS = 'firewall-rejects-connection certain';

const hasLegacy = hasTool('iptables-legacy');
if (!hasLegacy) console.warn('tests of the older firewall interface are skipped: without iptables-legacy');

/** Adds a rule that is written with single spaces, and `#N` for a port. */
function add(rule: string, tool = 'iptables'): void {
  inside(SERVER, tool, '-A', ...rule.replaceAll(/#(\d+)/g, (_, offset: string) => `${P + Number(offset)}`).split(' '));
}

describe.skipIf(cannotRun)('rules of iptables and the connections that they stop', { timeout: 60_000 }, () => {
  beforeAll(setUp);
  afterAll(tearDown);
  afterEach(() => clearRules(SERVER));

  it('follows rules of INPUT and their chains', async () => {
    inside(SERVER, 'iptables', '-N', 'ddfw-sub');
    inside(SERVER, 'iptables', '-N', 'ddfw-end');
    inside(
      SERVER,
      'iptables',
      '-A',
      'INPUT',
      '-p',
      'tcp',
      '--dport',
      `${P + 1}`,
      '-m',
      'comment',
      '--comment',
      '-j "ACCEPT" it',
      '-j',
      'DROP',
    );
    for (const rule of [
      'ddfw-sub -p tcp --dport #5 -j RETURN',
      'ddfw-sub -p tcp -j REJECT --reject-with tcp-reset',
      'ddfw-end -p udp -j DROP',
      'INPUT -p tcp --dport #2 -j REJECT',
      'INPUT -p tcp -m multiport --dports #3,#30:#32 -j REJECT --reject-with icmp-admin-prohibited',
      'INPUT -p tcp --dport #4:#6 -j ddfw-sub',
      'INPUT -p tcp --dport #7 -g ddfw-end',
      'INPUT -m conntrack --ctstate NEW -p tcp --dport #8 ! -s 192.0.2.0/24 -j DROP',
      'INPUT -m state --state ESTABLISHED -p tcp --dport #9 -j DROP',
      'INPUT -m addrtype ! --dst-type LOCAL -j DROP',
      'INPUT -m mark --mark 0x8000/0x8000 -j DROP',
      'INPUT -p tcp ! --syn -m state --state NEW -j DROP',
    ]) {
      add(rule);
    }
    await compare(SERVER, SERVER.four, [
      passes(P),
      [P + 1, 'iptables input drop', 'timed-out', DROPS],
      [P + 2, 'iptables input reject port-unreachable', 'ECONNREFUSED', REJECTS],
      [P + 3, 'iptables input reject admin-prohibited', 'EHOSTUNREACH', REJECTS],
      [P + 31, 'iptables input reject admin-prohibited', 'EHOSTUNREACH', REJECTS],
      [P + 4, 'iptables input reject tcp-reset', 'ECONNREFUSED', REJECTS],
      passes(P + 5),
      passes(P + 7),
      [P + 8, 'iptables input drop', 'timed-out', DROPS],
    ]);
  });

  it('follows rules of OUTPUT', async () => {
    add('OUTPUT -m owner --uid-owner 0 -p tcp --dport #10 -j DROP');
    add('OUTPUT -m owner --uid-owner 4242 -p tcp --dport #11 -j DROP');
    add('OUTPUT -o lo -p tcp --dport #12 -j REJECT --reject-with icmp-host-prohibited');
    await compare(SERVER, SERVER.four, [
      [P + 10, 'iptables output drop', 'timed-out', DROPS],
      passes(P + 11),
      [P + 12, 'iptables output reject host-prohibited', 'EHOSTUNREACH', REJECTS],
    ]);
  });

  it('follows a policy', async () => {
    add('INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT');
    add('INPUT -p tcp --dport #1 -j ACCEPT');
    inside(SERVER, 'iptables', '-P', 'INPUT', 'DROP');
    await compare(SERVER, '127.0.0.1', [
      passes(P + 1),
      [P, 'iptables input drop', 'timed-out', 'firewall-blocks-loopback certain'],
    ]);
  });

  it('tells a limit from a rule that always stops', async () => {
    add('INPUT -p tcp --dport #3 -m conntrack --ctstate NEW -m recent --set --name ddfw');
    add(
      'INPUT -p tcp --dport #3 -m state --state NEW -m recent --update --seconds 60 --hitcount 2 --name ddfw -j DROP',
    );
    const [first] = await dial(SERVER, [{ address: SERVER.four, family: 4, port: P + 3 }], 700);
    expect(first?.outcome).toBe('connected');
    const limited: Row = [P + 3, 'iptables input limit', 'timed-out', 'firewall-limits-connection-rate likely'];
    await compare(SERVER, SERVER.four, [limited]);
  });

  it.skipIf(!hasLegacy)('follows rules of the older kernel interface, alone and beside newer ones', async () => {
    add('INPUT -p tcp --dport #1 -j DROP', 'iptables-legacy');
    const older: Row = [P + 1, 'iptables input drop', 'timed-out', DROPS];
    await compare(SERVER, SERVER.four, [passes(P), older]);
    add('INPUT -p tcp --dport #2 -j DROP');
    await compare(SERVER, SERVER.four, [passes(P), older, [P + 2, 'iptables input drop', 'timed-out', DROPS]]);
  });

  it('follows rules for IPv6', async () => {
    add('INPUT -p tcp --dport #1 -j REJECT --reject-with icmp6-adm-prohibited', 'ip6tables');
    add(`INPUT -d ${SERVER.six}/64 -p tcp --dport #2 -j REJECT`, 'ip6tables');
    loadNft(
      SERVER,
      `table inet ddfw {
         chain input { type filter hook input priority filter; policy accept;
           ip6 daddr { fd00:77::/64, ::1 } tcp dport ${P + 3} drop
           ip daddr ${SERVER.four} tcp dport ${P + 4} drop
           tcp dport ${P + 5} reject with icmp type admin-prohibited
         }
         chain before { type filter hook prerouting priority raw; policy accept;
           meta nfproto ipv6 fib saddr . mark . iif oif missing drop
         } }`,
    );
    const rows: Row[] = [
      passes(P),
      [P + 1, 'ip6tables input reject admin-prohibited', 'EACCES', REJECTS],
      [P + 2, 'ip6tables input reject port-unreachable', 'ECONNREFUSED', REJECTS],
      [P + 3, 'nft input drop', 'timed-out', DROPS],
      passes(P + 4),
      passes(P + 5),
    ];
    // ICMPv6 may answer only the second SYN, a second later.
    await compare(SERVER, SERVER.six, rows, 2500);
  });
});
