import { describe, expect, it } from 'vitest';
import { parseProfile, parseScope } from '../../../src/probes/ptrace/linux.js';

const read = (text: string) => ({ ok: true as const, text, truncated: false });

describe('the label of a security module', () => {
  it.each([
    ['docker-default (enforce)\n', { module: 'apparmor', label: 'docker-default', enforced: true }],
    ['snap.code.code (complain)\n', { module: 'apparmor', label: 'snap.code.code', enforced: false }],
    ['/opt/my app/run (kill)', { module: 'apparmor', label: '/opt/my app/run', enforced: true }],
    ['unconfined\n', { module: 'apparmor', label: 'unconfined', enforced: false }],
    [
      'unconfined_u:unconfined_r:unconfined_t:s0-s0:c0.c1023\0',
      { module: 'selinux', label: 'unconfined_u:unconfined_r:unconfined_t:s0-s0:c0.c1023', enforced: true },
    ],
    ['system_u:system_r:container_t', { module: 'selinux', label: 'system_u:system_r:container_t', enforced: true }],
    ['_', null],
    ['a:b', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(parseProfile(text)).toEqual(expected);
  });
});

describe('kernel.yama.ptrace_scope', () => {
  it.each([
    [read('0\n'), 0],
    [read('3\n'), 3],
    [read('much'), null],
    [read(''), null],
    [{ ok: false as const, code: 'ENOENT' }, 0],
    [{ ok: false as const, code: 'EACCES' }, null],
  ])('%j', (given, expected) => {
    expect(parseScope(given)).toBe(expected);
  });
});
