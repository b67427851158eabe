import { expect, it } from 'vitest';
import check from '../../checks/process-may-be-traced.js';
import type { Ptrace, TraceeRights, TracerRights } from '../../src/model/facts.js';
import { attach, firstArgs, identity, process, server, verdict, type Seen } from './facts.js';

const TARGET = { pid: 4000, process: process(), server: null };

const IDS = { uids: [1000, 1000, 1000], gids: [1000, 1000, 1000], permitted: '0', profile: null };
const OWN: TracerRights = {
  ...IDS,
  mayTraceOthers: false,
  mayGetThatRight: true,
  isFiltered: false,
  container: null,
};
const TRACEE: TraceeRights = { ...IDS, isKernelThread: false, tracer: null, innerPid: null, dumpable: true };
const RIGHT: Partial<TracerRights> = { mayTraceOthers: true };
const ROOT_IN_CONTAINER: Partial<TracerRights> = {
  uids: [0, 0, 0],
  gids: [0, 0, 0],
  mayGetThatRight: false,
  container: 'docker',
};

interface Changes extends Partial<Omit<Ptrace, 'own' | 'target'>> {
  own?: Partial<TracerRights>;
  target?: Partial<TraceeRights>;
}

function ptrace({ own, target, ...changes }: Changes = {}): Ptrace {
  const base = { mayLook: true, sameUserNamespace: true, scope: 0, deniedBySelinux: false };
  return { ...base, ...changes, own: { ...OWN, ...own }, target: { ...TRACEE, ...target } };
}

const confined = (label: string, enforced = true) => ({ module: 'apparmor' as const, label, enforced });
const SELINUX = { module: 'selinux' as const, label: 'staff_u:staff_r:staff_t:s0', enforced: true };

const REFUSED = { mayLook: false };
const TRACER = { pid: 77, name: 'gdb' };
const ROOTS = { uids: [0, 0, 0], gids: [0, 0, 0] };

const CASES: readonly (readonly [string, Changes, string])[] = [
  ['our own process', {}, 'pass'],
  ['somebody holds it', { target: { tracer: TRACER } }, 'already-traced certain'],
  [
    'somebody holds it, and it is not ours',
    { ...REFUSED, target: { tracer: TRACER, ...ROOTS } },
    'already-traced certain, attach-ipc-not-shared certain',
  ],

  ['another user, and we may', { own: RIGHT, target: ROOTS }, 'pass'],
  ['another user', { ...REFUSED, target: ROOTS }, 'attach-ipc-not-shared certain'],
  ['another saved user', { ...REFUSED, target: { uids: [1000, 1000, 0] } }, 'attach-ipc-not-shared certain'],
  ['another group', { ...REFUSED, target: { gids: [1000, 1000, 4] } }, 'attach-ipc-not-shared certain'],
  ['another user namespace', { ...REFUSED, sameUserNamespace: false }, 'attach-ipc-not-shared certain'],
  [
    'another user namespace, with a right that counts only in ours',
    { ...REFUSED, sameUserNamespace: false, own: RIGHT },
    'attach-ipc-not-shared likely',
  ],
  ['a user namespace of ours', { sameUserNamespace: false }, 'pass'],

  [
    'another user, for root of a container that lacks the right',
    { ...REFUSED, own: ROOT_IN_CONTAINER },
    'container-lacks-ptrace-right certain',
  ],
  [
    'another user, for root that gave the right up',
    { ...REFUSED, own: { ...ROOT_IN_CONTAINER, mayGetThatRight: true } },
    'attach-ipc-not-shared certain',
  ],
  [
    'another user, for root of a restricted service',
    { ...REFUSED, own: { ...ROOT_IN_CONTAINER, container: null } },
    'attach-ipc-not-shared certain',
  ],
  [
    'another user, for an ordinary one of such a container',
    { ...REFUSED, own: { mayGetThatRight: false, container: 'docker' }, target: ROOTS },
    'attach-ipc-not-shared certain',
  ],

  ['not dumpable', { ...REFUSED, target: { dumpable: false } }, 'target-refuses-debugger certain'],
  ['not dumpable, and we may', { own: RIGHT, target: { dumpable: false } }, 'pass'],
  [
    'a capability that we lack',
    { ...REFUSED, own: { permitted: '2' }, target: { permitted: '402' } },
    'target-refuses-debugger certain',
  ],
  [
    'perhaps not dumpable, as of a process of root',
    { ...REFUSED, target: { dumpable: null } },
    'target-refuses-debugger likely',
  ],
  ['refused for no reason that shows', { ...REFUSED, target: { permitted: '0' } }, 'unknown'],
  ['a thread of the kernel', { own: RIGHT, target: { isKernelThread: true } }, 'target-refuses-debugger certain'],

  ['Yama 1', { scope: 1 }, 'ptrace-scope-restricted likely'],
  ['Yama 2', { scope: 2 }, 'ptrace-scope-restricted certain'],
  ['Yama 3', { scope: 3 }, 'ptrace-scope-restricted certain'],
  ['Yama 1, and we may', { scope: 1, own: RIGHT }, 'pass'],
  ['Yama 2, and we may', { scope: 2, own: RIGHT }, 'pass'],
  ['Yama 3, and we may', { scope: 3, own: RIGHT }, 'ptrace-scope-restricted certain'],
  ['Yama 2 and a user namespace of ours', { scope: 2, sameUserNamespace: false }, 'pass'],
  ['Yama unseen', { scope: null }, 'unknown'],
  ['Yama 1, and refused before', { ...REFUSED, scope: 1, target: ROOTS }, 'attach-ipc-not-shared certain'],

  ['SELinux denies it', { deniedBySelinux: true, own: { ...RIGHT, profile: SELINUX } }, 'lsm-denies-ptrace likely'],
  ['SELinux is there', { own: { profile: SELINUX }, target: { profile: SELINUX } }, 'pass'],
  [
    'refused, which only a security module explains',
    { ...REFUSED, own: { ...RIGHT, profile: confined('docker-default') } },
    'lsm-denies-ptrace likely',
  ],
  [
    'AppArmor confines us',
    { own: { profile: confined('snap.code') }, target: { profile: confined('unconfined', false) } },
    'lsm-denies-ptrace possible',
  ],
  [
    'AppArmor confines both alike',
    { own: { profile: confined('docker-default') }, target: { profile: confined('docker-default') } },
    'pass',
  ],
  ['AppArmor complains only', { own: { profile: confined('snap.code', false) } }, 'pass'],
  ['AppArmor confines the process alone', { target: { profile: confined('firefox') } }, 'pass'],

  ['a filter', { own: { isFiltered: true } }, 'sandbox-confines-program possible'],
  [
    'a filter in a container without the right',
    { own: { isFiltered: true, container: 'docker', mayGetThatRight: false } },
    'container-lacks-ptrace-right possible',
  ],
  ['a filter, and something surer', { scope: 2, own: { isFiltered: true } }, 'ptrace-scope-restricted certain'],
  ['a filter unseen', { own: { isFiltered: null } }, 'unknown'],
  ['nobody knows whether we may look', { mayLook: null }, 'unknown'],
  ['nothing of our capabilities seen', { ...REFUSED, own: { mayTraceOthers: null }, target: ROOTS }, 'unknown'],
];

it.each(CASES)('%s', (_, changes, expected) => {
  const seen: Seen = { 'target-process': TARGET, ptrace: ptrace(changes), identity: identity() };
  expect(verdict(check, seen, attach({ pid: 4000 }))).toBe(expected);
});

const parents = [{ pid: identity().pid, name: 'node', command: [] }];

const PROCESSES: readonly (readonly [string, Seen, string])[] = [
  [
    'our own child under Yama 1',
    { 'target-process': { ...TARGET, process: process({ parents }) }, ptrace: ptrace({ scope: 1 }) },
    'pass',
  ],
  [
    'our own child under Yama 2',
    { 'target-process': { ...TARGET, process: process({ parents }) }, ptrace: ptrace({ scope: 2 }) },
    'ptrace-scope-restricted certain',
  ],
  ['one with a debug server', { 'target-process': { ...TARGET, server: server() } }, 'pass'],
  [
    'one that has ended',
    { 'target-process': { ...TARGET, process: process({ state: 'Z' }) }, ptrace: ptrace() },
    'unknown',
  ],
  ['none', { 'target-process': { ...TARGET, process: null }, ptrace: ptrace() }, 'unknown'],
  ['one whose rights are unseen', { 'target-process': TARGET }, 'unknown'],
  ['nothing seen', { ptrace: ptrace() }, 'unknown'],
];

it.each(PROCESSES)('%s', (_, seen, expected) => {
  expect(verdict(check, { identity: identity(), ...seen }, attach({ pid: 4000 }))).toBe(expected);
});

it('names the tracer, the user and the limit', () => {
  const args = (changes: Changes): unknown =>
    firstArgs(
      check,
      { 'target-process': TARGET, ptrace: ptrace(changes), identity: identity() },
      attach({ pid: 4000 }),
    );
  expect(args({ target: { tracer: TRACER } })).toMatchObject({ pid: 4000, detail: 'by gdb, pid 77' });
  expect(args({ ...REFUSED, target: ROOTS })).toMatchObject({ detail: 'as user dev' });
  expect(args({ ...REFUSED, target: { gids: [4, 4, 4] } })).toMatchObject({ detail: 'with another group' });
  expect(args({ scope: 2 })).toMatchObject({ pid: 4000, limit: 2 });
  expect(args({ ...REFUSED, own: ROOT_IN_CONTAINER })).toMatchObject({ container: 'docker' });
});
