import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseIptables } from '../../../src/probes/firewall/iptables.js';
import { parseNft } from '../../../src/probes/firewall/nft.js';
import { findStops } from '../../../src/probes/firewall/packets.js';
import type { Ruleset } from '../../../src/probes/firewall/rules.js';
import { arriving, localFlow, stopsAt } from './packets.js';

function sample(name: string): string {
  return readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');
}

function actions(rules: Ruleset, source: string, port: number): string[] {
  return stopsAt('input', rules, arriving(source, port)).map(({ action, rejectWith, sure }) =>
    [action, rejectWith ?? 'silent', sure ? 'sure' : 'unsure'].join(' '),
  );
}

describe('rules that ufw made', () => {
  const rules = parseIptables(sample('ufw-iptables-save.txt'), 4);

  it.each([
    ['10.77.0.1', 17110, ['drop silent sure']],
    ['10.77.0.1', 17111, ['reject tcp-reset sure']],
    ['10.77.0.1', 17112, []],
    ['192.0.2.1', 17112, ['drop silent sure']],
    ['10.77.0.1', 17113, ['limit port-unreachable sure']],
    ['10.77.0.1', 17122, []],
    ['10.77.0.1', 17199, ['drop silent sure']],
  ])('from %s to port %i', (source, port, expected) => {
    expect(rules.complete).toBe(true);
    expect(actions(rules, source, port)).toEqual(expected);
  });

  it('names the rule with the limit', () => {
    const [stop] = stopsAt('input', rules, arriving('10.77.0.1', 17113));
    expect(stop).toMatchObject({ chain: 'filter ufw-user-input', tool: 'iptables' });
    expect(stop?.rule).toContain('--hitcount 6');
  });

  it('names the policy', () => {
    const [stop] = stopsAt('input', rules, arriving('10.77.0.1', 17199));
    expect(stop).toMatchObject({ chain: 'filter INPUT', rule: expect.stringMatching(/^:INPUT DROP /) });
  });

  it('leaves loopback alone', () => {
    expect(findStops(rules, localFlow('127.0.0.1', 17110))).toEqual({ stops: [], complete: true });
    const six = parseIptables(sample('ufw-ip6tables-save.txt'), 6);
    expect(findStops(six, localFlow('::1', 17110))).toEqual({ stops: [], complete: true });
    expect(actions(six, 'fd00:77::1', 17111)).toEqual(['reject tcp-reset sure']);
  });
});

describe('rules that firewalld made', () => {
  const rules = parseNft(sample('firewalld-nft.txt'), new Set());

  it.each([
    ['10.77.0.1', 17111, ['reject admin-prohibited sure']],
    ['10.77.0.1', 17112, []],
    ['10.77.0.1', 17114, ['drop silent sure']],
    ['192.0.2.1', 17114, ['reject admin-prohibited sure']],
    ['10.77.0.1', 17115, ['reject port-unreachable sure']],
    ['10.77.0.9', 17112, ['drop silent sure']],
    ['fd00:77::1', 17112, []],
  ])('from %s to port %i', (source, port, expected) => {
    expect(rules.complete).toBe(true);
    expect(actions(rules, source, port)).toEqual(expected);
  });

  it('leaves loopback alone', () => {
    expect(findStops(rules, localFlow('127.0.0.1', 17111))).toEqual({ stops: [], complete: true });
    expect(findStops(rules, localFlow('::1', 17111))).toEqual({ stops: [], complete: true });
  });

  it('does not read a listing that breaks off as whole', () => {
    const text = sample('firewalld-nft.txt');
    expect(parseNft(text.slice(0, text.length / 2), new Set()).complete).toBe(false);
    const ufw = sample('ufw-iptables-save.txt');
    expect(parseIptables(ufw.slice(0, ufw.length / 2), 4).complete).toBe(false);
  });
});
