import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIptables } from '../../../src/probes/firewall/iptables.js';
import { parseNft } from '../../../src/probes/firewall/nft.js';
import { findStops } from '../../../src/probes/firewall/packets.js';
import type { Ruleset } from '../../../src/probes/firewall/rules.js';
import { arriving, iptablesFilter, localFlow, nftInput, stopsAt } from './packets.js';

const PORT = 17150;

/** `no`, or the first stop: its action, and how sure it is. */
function outcome(rules: Ruleset, source = '10.77.0.1'): string {
  const [stop] = stopsAt('input', rules, arriving(source, PORT));
  return stop === undefined ? 'no' : `${stop.action} ${stop.sure ? 'sure' : 'unsure'}`;
}

describe('one rule of nft', () => {
  it.each([
    ['tcp dport 17150 drop', 'drop sure'],
    ['tcp dport 17151 drop', 'no'],
    ['tcp dport != 17150 drop', 'no'],
    ['tcp dport { 1-100, 17140-17160 } drop', 'drop sure'],
    ['tcp dport > 17150 drop', 'no'],
    ['tcp dport <= 17150 drop', 'drop sure'],
    ['tcp sport 32768-60999 drop', 'drop sure'],
    ['tcp sport 40000-50000 drop', 'drop unsure'],
    ['tcp sport 1-1023 drop', 'no'],
    ['udp dport 17150 drop', 'no'],
    ['ip saddr 10.77.0.0/24 drop', 'drop sure'],
    ['ip saddr { 10.76.0.0-10.77.0.0, 10.77.0.2 } drop', 'no'],
    ['ip6 saddr != ::1 drop', 'no'],
    ['iifname "eth*" drop', 'drop sure'],
    ['iifname != { "lo", "docker0" } drop', 'drop sure'],
    ['iif "lo" drop', 'no'],
    ['iif 7 drop', 'drop unsure'],
    ['oifname "eth0" drop', 'no'],
    ['meta l4proto { tcp, udp } th dport 17150 drop', 'drop sure'],
    ['ip protocol tcp drop', 'drop sure'],
    ['meta nfproto ipv6 drop', 'no'],
    ['meta protocol ip drop', 'drop sure'],
    ['ct state new drop', 'drop sure'],
    ['ct state established,related drop', 'no'],
    ['ct state != { established, related } drop', 'drop sure'],
    ['ct status dnat drop', 'no'],
    ['ct status assured drop', 'drop unsure'],
    ['ct direction original drop', 'drop unsure'],
    ['ct count over 3 drop', 'limit sure'],
    ['fib daddr type local drop', 'drop sure'],
    ['fib saddr . iif oif missing drop', 'drop unsure'],
    ['fib saddr . iif oif missing tcp dport 17151 drop', 'no'],
    ['rt type 0 drop', 'no'],
    ['ip ttl 1 drop', 'drop unsure'],
    ['ip ttl 1 tcp dport 17151 drop', 'no'],
    ['meta mark 0x00000001 drop', 'no'],
    ['meta mark & 0x000000ff == 0x00000001 drop', 'no'],
    ['meta mark & 0x000000ff != 0x00000001 drop', 'drop sure'],
    ['meta skuid 0 drop', 'drop unsure'],
    ['tcp flags syn drop', 'drop sure'],
    ['tcp flags != syn drop', 'no'],
    ['tcp flags syn / fin,syn,rst,ack drop', 'drop sure'],
    ['tcp flags & (fin | syn | rst | ack) == syn drop', 'drop sure'],
    ['tcp flags & (fin | syn | rst | ack) != syn drop', 'no'],
    ['tcp flags ack / syn,ack drop', 'no'],
    ['limit rate over 5/minute burst 3 packets drop', 'limit sure'],
    ['limit rate over 10 mbytes/second tcp dport 17151 drop', 'no'],
    ['tcp dport 17150 add @seen { ip saddr limit rate over 10/minute } drop', 'limit sure'],
    ['tcp dport 17150 meter m size 65535 { ip saddr limit rate over 3/minute } drop', 'limit sure'],
    ['log prefix "drop { tcp dport 1" level info flags tcp sequence,options drop', 'drop sure'],
    ['counter packets 3 bytes 180 drop comment "accept # not"', 'drop sure'],
    ['meta mark set 0x00000001 tcp dport 17151 drop', 'no'],
    ['ct mark set meta mark & 0xff tcp dport 17150 drop', 'drop sure'],
    ['reject', 'reject sure'],
    ['reject with tcp reset', 'reject sure'],
    ['reject with icmpv6 no-route', 'no'],
    ['tcp dport @nowhere drop', 'drop unsure'],
    ['xt match recent counter packets 0 bytes 0 drop', 'drop unsure'],
    ['tcp dport vmap { 22 : drop, 17140-17160 : accept, * : drop }', 'no'],
    ['tcp dport vmap { 22 : accept, * : drop }', 'drop sure'],
    ['quota over 10 mbytes drop', 'drop unsure'],
    ['something new { tcp dport 1 } drop', 'drop unsure'],
    ['', 'no'],
  ])('%s', (rule, expected) => {
    expect(outcome(nftInput([rule]))).toBe(expected);
  });
});

describe('rules of nft that follow each other', () => {
  it.each([
    [['tcp dport 17150 accept'], 'no'],
    [['ip ttl 1 accept'], 'drop unsure'],
    [['limit rate 5/minute accept'], 'limit sure'],
    [['ip ttl 1 return'], 'drop sure'],
    [['return'], 'drop sure'],
    [['queue to 0'], 'drop unsure'],
    [['jump nowhere'], 'drop unsure'],
    [['meta mark set 0x00000001', 'meta mark 0x00000001 accept'], 'drop unsure'],
    [['notrack', 'ct state new accept'], 'drop unsure'],
    [['ip ttl 1 reject', 'drop'], 'reject unsure'],
    [['continue'], 'drop sure'],
  ])('%j and then the policy drop', (rules, expected) => {
    expect(outcome(nftInput(rules, '', 'drop'))).toBe(expected);
  });

  it('keeps what may stop, and the rule that surely does', () => {
    const rules = nftInput(['ip ttl 1 reject', 'limit rate over 5/minute drop', 'tcp dport 17150 drop', 'drop']);
    const stops = stopsAt('input', rules, arriving('10.77.0.1', PORT));
    expect(stops.map(({ action, sure }) => [action, sure])).toEqual([
      ['reject', false],
      ['limit', true],
      ['drop', true],
    ]);
  });

  it('reads sets over several lines, with expiry and comments', () => {
    const blocks = [
      '\tset s { # handle 2\n\t\ttype ipv4_addr\n\t\tflags interval,timeout',
      '\t\telements = { 192.0.2.1 timeout 1h expires 59m,',
      '\t\t\t     10.77.0.0/24 comment "a } b", 192.0.2.9 }\n\t}\n',
    ].join('\n');
    expect(outcome(nftInput(['ip saddr @s drop # handle 4'], blocks))).toBe('drop sure');
    expect(outcome(nftInput(['ip saddr @s drop # handle 4'], blocks), '192.0.2.2')).toBe('no');
  });

  it('leaves out tables that sleep, and those that another tool lists', () => {
    const text = (lines: string): string =>
      `table ip filter {\n${lines}\tchain i {\n\t\ttype filter hook input priority 0; policy drop;\n\t}\n}\n`;
    expect(outcome(parseNft(text(''), new Set()))).toBe('drop sure');
    expect(outcome(parseNft(text('\tflags dormant\n'), new Set()))).toBe('no');
    expect(outcome(parseNft(text(''), new Set(['ip filter'])))).toBe('no');
  });

  it('says when a rule hides its target, or stops packets elsewhere', () => {
    expect(nftInput(['tcp dport 1 counter xt target "X"']).complete).toBe(false);
    const ingress =
      'table netdev n {\n\tchain i {\n\t\ttype filter hook ingress device "lo" priority 0; policy drop;\n\t}\n}\n';
    expect(parseNft(ingress, new Set()).complete).toBe(false);
  });
});

describe('one rule of iptables', () => {
  it.each([
    ['-p tcp -m tcp --dport 17150 -j DROP', 'drop sure'],
    ['-p udp -m udp --dport 17150 -j DROP', 'no'],
    ['! -p udp -j DROP', 'drop sure'],
    ['-p tcp -m tcp ! --dport 17150 -j DROP', 'no'],
    ['-p tcp -m tcp --dport 17140: -j DROP', 'drop sure'],
    ['-p tcp -m multiport --dports 22,17100:17160 -j REJECT --reject-with tcp-reset', 'reject sure'],
    ['-p tcp -m multiport ! --dports 22,17100:17160 -j DROP', 'no'],
    ['-s 10.77.0.0/24 -j DROP', 'drop sure'],
    ['-s 10.0.0.1/255.0.0.255 -j DROP', 'drop unsure'],
    ['! -s 10.77.0.1/32 -j DROP', 'no'],
    ['-d 10.77.0.2/32 -i eth+ -j DROP', 'drop sure'],
    ['-i lo -j DROP', 'no'],
    ['! -i lo -j DROP', 'drop sure'],
    ['-m conntrack --ctstate INVALID -j DROP', 'no'],
    ['-m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP', 'drop sure'],
    ['-m conntrack --ctorigdst 10.0.0.1 -j DROP', 'drop unsure'],
    ['-m limit --limit 3/min -j DROP', 'limit sure'],
    [
      '-m hashlimit --hashlimit-above 5/min --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name x -j DROP',
      'limit sure',
    ],
    ['-p tcp -m connlimit --connlimit-above 20 --connlimit-mask 32 --connlimit-saddr -j REJECT', 'limit sure'],
    ['-m recent --set --name a --mask 255.255.255.255 --rsource -j DROP', 'drop sure'],
    ['-m addrtype --dst-type LOCAL -j DROP', 'drop sure'],
    ['-m addrtype ! --dst-type LOCAL -j DROP', 'no'],
    ['-m iprange --src-range 10.77.0.0-10.77.0.9 -j DROP', 'drop sure'],
    ['-m mark --mark 0x8000/0x8000 -j DROP', 'no'],
    ['-m owner --uid-owner 0 -j DROP', 'drop unsure'],
    ['-m set --match-set banned src -j DROP', 'drop unsure'],
    ['-m string --string "-j ACCEPT" --algo bm -j DROP', 'drop unsure'],
    ['-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP', 'no'],
    ['-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP', 'drop sure'],
    ['-f -j DROP', 'no'],
    ['-m rpfilter --validmark --invert -j DROP', 'drop unsure'],
    ['-m rt --rt-type 0 -j DROP', 'no'],
    ['-m socket -j DROP', 'drop unsure'],
    ['-m comment --comment "-j ACCEPT \\"x\\"" -j DROP', 'drop sure'],
    ['-j LOG --log-prefix "-j DROP "', 'no'],
    ['-j ACCEPT', 'no'],
  ])('%s', (rule, expected) => {
    expect(outcome(iptablesFilter([`-A INPUT ${rule}`]))).toBe(expected);
  });

  it.each([
    ['icmp-admin-prohibited', 'admin-prohibited'],
    ['icmp6-adm-prohibited', 'admin-prohibited'],
    ['icmp-port-unreachable', 'port-unreachable'],
    ['icmp6-no-route', 'no-route'],
    ['tcp-reset', 'tcp-reset'],
  ])('names the answer %s', (option, expected) => {
    const [stop] = stopsAt(
      'input',
      iptablesFilter([`-A INPUT -j REJECT --reject-with ${option}`]),
      arriving('10.77.0.1', PORT),
    );
    expect(stop?.rejectWith).toBe(expected);
  });

  it('is not sure after a target that it does not know', () => {
    expect(outcome(iptablesFilter(['-A INPUT -j NFQUEUE --queue-num 0', '-A INPUT -j DROP']))).toBe('drop unsure');
  });
});

describe('a connection of this machine to itself', () => {
  it('may take another way when its destination is rewritten', () => {
    const lines = [
      '*nat',
      ':OUTPUT ACCEPT [0:0]',
      `-A OUTPUT -p tcp -m tcp --dport ${PORT} -j REDIRECT --to-ports 1`,
      'COMMIT',
      '*filter',
      ':INPUT ACCEPT [0:0]',
      `-A INPUT -p tcp -m tcp --dport ${PORT} -j DROP`,
      'COMMIT',
    ];
    const { stops } = findStops(parseIptables(lines.join('\n'), 4), localFlow('10.77.0.2', PORT));
    expect(stops.map(({ action, sure }) => [action, sure])).toEqual([['drop', false]]);
  });

  it('needs its answer to get through, too', () => {
    const rules = iptablesFilter([`-A INPUT -p tcp -m tcp --dport ${PORT} -j ACCEPT`, '-A INPUT -j REJECT']);
    const { stops } = findStops(rules, localFlow('10.77.0.2', PORT));
    expect(stops).toMatchObject([{ action: 'drop', rejectWith: null, direction: 'input', sure: true }]);
  });

  it('is stopped by rules of its own family only', () => {
    const rules = iptablesFilter(['-A INPUT -j DROP']);
    expect(findStops(rules, localFlow('::1', PORT)).stops).toEqual([]);
    expect(findStops(rules, localFlow('127.0.0.1', PORT)).stops).toHaveLength(1);
  });
});

describe('rules out of bounds', () => {
  it('ends in a loop of jumps, and says so', () => {
    const rules = iptablesFilter(['-A INPUT -j a', '-A a -j b', '-A b -j a', '-A b -j a'], ['a', 'b']);
    expect(findStops(rules, localFlow('127.0.0.1', PORT)).complete).toBe(false);
  });

  it('ends in a thicket of jumps, and says so', () => {
    const names = Array.from({ length: 15 }, (_, index) => `c${index}`);
    const rules = names.flatMap((name, index) => Array.from({ length: 9 }, () => `-A ${name} -j c${index + 1}`));
    const thicket = iptablesFilter(['-A INPUT -j c0', ...rules], [...names, 'c15']);
    expect(findStops(thicket, localFlow('127.0.0.1', PORT)).complete).toBe(false);
  });

  it('survives any text', () => {
    const words = fc.constantFrom(
      'table',
      'inet',
      'chain',
      '{',
      '}',
      'type filter hook input priority 0; policy drop;',
      '\n',
      '"',
      '#',
      ',',
      'tcp dport',
      'vmap',
      '@a',
      'drop',
      '*filter',
      ':INPUT DROP',
      '-A INPUT',
      '!',
      '-j',
      '/',
      '.',
      ':',
      '&',
      '(',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
        for (const rules of [parseNft(parts.join(' '), new Set()), parseIptables(parts.join(' '), 6)]) {
          const { stops } = findStops(rules, localFlow('::1', PORT));
          expect(stops.length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
