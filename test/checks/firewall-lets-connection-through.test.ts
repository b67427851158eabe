import { describe, expect, it } from 'vitest';
import type { ConnectionAttempt, Firewall, FirewallRule, Route } from '../../src/model/facts.js';
import { attempt, judge, OWN, PORT, REMOTE, rule, rules, sockets, verdict, type Seen } from './firewall-samples.js';

const route: Route = { to: REMOTE, reachable: true, interfaceName: 'eth0', sourceAddress: OWN, kind: null };
const listens = sockets([OWN, 'LISTEN']);
const DROPS = 'firewall-drops-packets';
const REJECTS = 'firewall-rejects-connection';
const LIMITS = 'firewall-limits-connection-rate';
const LOOPBACK = 'firewall-blocks-loopback';

describe('a refused connection', () => {
  it.each<[string, string, Seen, string]>([
    ['a reject rule', OWN, { firewall: rules(true, rule('reject')) }, `${REJECTS} certain`],
    [
      'a reject rule, though nothing listens',
      OWN,
      { firewall: rules(true, rule('reject')), sockets: sockets() },
      `${REJECTS} certain`,
    ],
    ['a reset', OWN, { firewall: rules(true, rule('reject', { rejectWith: 'tcp-reset' })) }, `${REJECTS} certain`],
    [
      'a reject rule on loopback',
      '127.0.0.1',
      { firewall: rules(true, rule('reject', { address: '127.0.0.1', namesPort: false })) },
      `${LOOPBACK} certain`,
    ],
    [
      'a reject rule for the port on loopback',
      '127.0.0.1',
      { firewall: rules(true, rule('reject', { address: '127.0.0.1' })) },
      `${REJECTS} certain`,
    ],
    [
      'a reject that answers otherwise',
      OWN,
      { firewall: rules(true, rule('reject', { rejectWith: 'admin-prohibited' })) },
      'pass',
    ],
    ['a drop rule', OWN, { firewall: rules(true, rule('drop')) }, 'pass'],
    ['a rule for another address', OWN, { firewall: rules(true, rule('reject', { address: REMOTE })) }, 'pass'],
    [
      'a limit that rejects',
      OWN,
      { firewall: rules(true, rule('limit', { rejectWith: 'tcp-reset' })) },
      `${LIMITS} likely`,
    ],
    [
      'a rule that may match, and a listener',
      OWN,
      { firewall: rules(true, rule('reject', { sure: false })), sockets: listens },
      `${REJECTS} likely`,
    ],
    [
      'a rule that may match, and nothing listens',
      OWN,
      { firewall: rules(true, rule('reject', { sure: false })), sockets: sockets() },
      'pass',
    ],
    [
      'a rule that may match, to another machine',
      REMOTE,
      { firewall: rules(true, rule('reject', { sure: false, address: REMOTE })) },
      `${REJECTS} possible`,
    ],
    ['no rule', OWN, { firewall: rules(true), sockets: listens }, 'pass'],
    ['rules in part, and a listener', OWN, { firewall: rules(false), sockets: listens }, `${REJECTS} likely`],
    ['unread rules, and a listener', OWN, { sockets: listens }, `${REJECTS} likely`],
    [
      'unread rules, and a listener on every address',
      OWN,
      { sockets: sockets(['0.0.0.0', 'LISTEN']) },
      `${REJECTS} likely`,
    ],
    ['unread rules, and a listener that may be for IPv6 alone', OWN, { sockets: sockets(['::', 'LISTEN']) }, 'unknown'],
    ['unread rules, and a listener elsewhere', OWN, { sockets: sockets(['127.0.0.1', 'LISTEN']) }, 'pass'],
    ['unread rules, and nothing listens', '127.0.0.1', { sockets: sockets() }, 'pass'],
    ['unread rules and sockets', OWN, {}, 'unknown'],
    ['unread rules, from another machine', REMOTE, { sockets: sockets() }, 'unknown'],
  ])('with %s', (_name, address, seen, expected) => {
    expect(verdict([attempt(address, 'ECONNREFUSED')], seen)).toBe(expected);
  });
});

describe('a connection that hangs', () => {
  it.each<[string, string, Seen, string]>([
    ['a drop rule', OWN, { firewall: rules(true, rule('drop')) }, `${DROPS} certain`],
    [
      'a drop rule and a full queue',
      OWN,
      { firewall: rules(true, rule('drop')), sockets: sockets([OWN, 'LISTEN', 3]) },
      `${DROPS} certain`,
    ],
    [
      'a drop rule on loopback',
      '127.0.0.1',
      { firewall: rules(true, rule('drop', { address: '127.0.0.1', namesPort: false })) },
      `${LOOPBACK} certain`,
    ],
    ['a reject rule whose answer got lost', OWN, { firewall: rules(true, rule('reject')) }, `${REJECTS} likely`],
    ['a limit', OWN, { firewall: rules(true, rule('limit')) }, `${LIMITS} likely`],
    ['a limit before a drop rule', OWN, { firewall: rules(true, rule('limit'), rule('drop')) }, `${DROPS} certain`],
    [
      'a limit and a full queue',
      OWN,
      { firewall: rules(true, rule('limit')), sockets: sockets([OWN, 'LISTEN', 3]) },
      'pass',
    ],
    [
      'a rule that may match',
      OWN,
      { firewall: rules(true, rule('drop', { sure: false })), sockets: listens },
      `${DROPS} likely`,
    ],
    [
      'a rule that may match and a full queue',
      OWN,
      { firewall: rules(true, rule('drop', { sure: false })), sockets: sockets([OWN, 'LISTEN', 1]) },
      'pass',
    ],
    ['a full queue', OWN, { sockets: sockets([OWN, 'LISTEN', 3]) }, 'pass'],
    ['no rule', OWN, { firewall: rules(true) }, 'pass'],
    ['unread rules', OWN, { sockets: listens }, 'unknown'],
    ['another machine', REMOTE, { firewall: rules(true), route }, `${DROPS} possible`],
    ['another machine and unread rules', REMOTE, {}, `${DROPS} possible`],
    [
      'an own rule towards another machine',
      REMOTE,
      { firewall: rules(true, rule('drop', { address: REMOTE, direction: 'output' })) },
      `${DROPS} certain`,
    ],
  ])('with %s', (_name, address, seen, expected) => {
    expect(verdict([attempt(address, 'timed-out', 3000)], seen)).toBe(expected);
  });
});

describe('other errors', () => {
  it.each<[string, ConnectionAttempt, Seen, string]>([
    ['unreachable at once, with a route', attempt(REMOTE, 'EHOSTUNREACH'), { route }, `${REJECTS} likely`],
    ['unreachable at once, without knowing the route', attempt(REMOTE, 'EHOSTUNREACH'), {}, `${REJECTS} possible`],
    ['unreachable after a while', attempt(REMOTE, 'EHOSTUNREACH', 3050), { route }, 'pass'],
    ['unreachable without a route', attempt(REMOTE, 'EHOSTUNREACH'), { route: { ...route, reachable: false } }, 'pass'],
    ['an own address, unreachable', attempt(OWN, 'EHOSTUNREACH'), {}, `${REJECTS} likely`],
    [
      'an own reject rule',
      attempt(OWN, 'EHOSTUNREACH'),
      { firewall: rules(true, rule('reject', { rejectWith: 'admin-prohibited' })) },
      `${REJECTS} certain`,
    ],
    [
      'prohibited over IPv6',
      attempt('2001:db8::7', 'EACCES'),
      { route: { ...route, to: '2001:db8::7' } },
      `${REJECTS} likely`,
    ],
    ['prohibited over IPv4, which is a route', attempt(REMOTE, 'EACCES'), { route }, 'pass'],
    ['not permitted', attempt(REMOTE, 'EPERM'), { route }, `${REJECTS} possible`],
    ['no network', attempt(REMOTE, 'ENETUNREACH'), {}, 'pass'],
    ['reset after it was accepted', attempt(OWN, 'ECONNRESET'), {}, 'pass'],
  ])('%s', (_name, tried, seen, expected) => {
    expect(verdict([tried], seen)).toBe(expected);
  });
});

describe('a server that must not be dialled', () => {
  it.each<[string, Seen, string]>([
    ['a drop rule', { firewall: rules(true, rule('drop')) }, `${DROPS} likely`],
    ['a reject rule', { firewall: rules(true, rule('reject')) }, `${REJECTS} likely`],
    ['a limit', { firewall: rules(true, rule('limit')) }, 'unknown'],
    ['a rule that may match', { firewall: rules(true, rule('drop', { sure: false })) }, 'unknown'],
    ['no rule', { firewall: rules(true) }, 'pass'],
    ['rules in part', { firewall: rules(false) }, 'unknown'],
    ['unread rules', {}, 'unknown'],
    ['a client at work', { sockets: sockets([OWN, 'LISTEN'], [OWN, 'ESTABLISHED']) }, 'pass'],
  ])('with %s', (_name, seen, expected) => {
    expect(verdict([attempt(OWN, 'not-tried')], seen)).toBe(expected);
  });
});

describe('several attempts', () => {
  it('passes when one was accepted', () => {
    const seen = { firewall: { consulted: false, stopping: [], frontEnd: null, complete: false } };
    expect(verdict([attempt('::1', 'ECONNREFUSED'), attempt('127.0.0.1', 'connected')], seen)).toBe('pass');
  });

  it('names each cause once, the surest first', () => {
    const attempts = [attempt(REMOTE, 'timed-out'), attempt(OWN, 'timed-out'), attempt('127.0.0.1', 'timed-out')];
    const firewall = rules(true, rule('drop'), rule('drop', { address: '127.0.0.1', sure: false, namesPort: false }));
    expect(verdict(attempts, { firewall })).toBe(`${DROPS} certain, ${LOOPBACK} likely`);
  });

  it('does not pass when one stayed unknown', () => {
    expect(verdict([attempt('127.0.0.1', 'ECONNREFUSED'), attempt(OWN, 'timed-out')], { sockets: listens })).toBe(
      'unknown',
    );
  });

  it('is unknown without any', () => {
    expect(verdict([])).toBe('unknown');
  });
});

describe('what a finding tells a remedy', () => {
  const tool = (stop: FirewallRule, frontEnd: Firewall['frontEnd']): string | undefined =>
    judge([attempt(OWN, 'timed-out')], { firewall: { ...rules(true, stop), frontEnd } }).findings[0]?.args.firewallTool;

  it('names rule, chain, direction and addresses', () => {
    const firewall = rules(true, rule('drop', { address: REMOTE, direction: 'output' }));
    const [found] = judge([attempt(REMOTE, 'timed-out')], { firewall, route }).findings;
    expect(found?.args).toMatchObject({
      rule: `tcp dport ${PORT} drop`,
      chain: 'inet filter input',
      direction: 'output',
      firewallTool: 'nft',
      address: REMOTE,
      clientAddress: OWN,
      port: PORT,
    });
    expect(found?.evidence[0]?.from).toEqual({ argv: ['nft', '-a', 'list', 'ruleset'] });
  });

  it('names a front end only for what it wrote', () => {
    const six = rule('drop', { tool: 'ip6tables', chain: 'filter INPUT' });
    expect(tool(six, 'iptables')).toBe('ip6tables');
    expect(tool(rule('drop', { tool: 'iptables', chain: 'filter ufw-user-input' }), 'ufw')).toBe('ufw');
    expect(tool(rule('drop', { tool: 'iptables', chain: 'filter INPUT', rule: ':INPUT DROP [0:0]' }), 'ufw')).toBe(
      'ufw',
    );
    expect(tool(rule('drop', { tool: 'iptables', chain: 'filter INPUT' }), 'ufw')).toBe('iptables');
    expect(tool(rule('drop'), 'ufw')).toBe('nft');
    expect(tool(rule('drop', { chain: 'inet firewalld filter_INPUT' }), 'firewalld')).toBe('firewalld');
    expect(tool(rule('drop'), 'firewalld')).toBe('nft');
  });
});
