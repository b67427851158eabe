import { describe, expect, it } from 'vitest';
import { parseTraceeStatus, parseTracerStatus } from '../../../src/probes/ptrace/status.js';

// As the kernel writes them (6.18), shortened.
const OWN = `Name:\tnode
Tgid:\t900
TracerPid:\t0
Uid:\t1000\t1000\t1000\t1001
Gid:\t100\t101\t102\t103
NSpid:\t900
Kthread:\t0
CapPrm:\t000001fffeffffff
CapEff:\t0000000000080000
CapBnd:\t000001fffef7ffff
Seccomp:\t2
Seccomp_filters:\t1
`;
const TRACEE = OWN.replace('TracerPid:\t0', 'TracerPid:\t77').replace('NSpid:\t900', 'NSpid:\t900\t12\t1');

describe('our own status', () => {
  it('is read', () => {
    expect(parseTracerStatus(OWN)).toEqual({
      uids: [1000, 1000, 1000],
      gids: [100, 101, 102],
      permitted: '000001fffeffffff',
      mayTraceOthers: true,
      mayGetThatRight: false,
      isFiltered: true,
    });
  });

  it.each([
    ['CapEff:\t0000000000080000', 'CapEff:\tfffffffffff7ffff', { mayTraceOthers: false }],
    ['CapBnd:\t000001fffef7ffff', 'CapBnd:\t000001ffffffffff', { mayGetThatRight: true }],
    ['Seccomp:\t2', 'Seccomp:\t0', { isFiltered: false }],
    ['Seccomp:\t2\n', '', { isFiltered: null }],
    ['CapEff:', 'CapOther:', { mayTraceOthers: null }],
    ['CapPrm:\t000001fffeffffff', 'CapPrm:\tlots', { permitted: null }],
  ])('with %j as %j', (line, other, expected) => {
    expect(parseTracerStatus(OWN.replace(line, other))).toMatchObject(expected);
  });

  it('says nothing where it is empty', () => {
    const nothing = { permitted: null, mayTraceOthers: null, mayGetThatRight: null, isFiltered: null };
    expect(parseTracerStatus('')).toEqual({ ...nothing, uids: [], gids: [] });
  });
});

describe('the status of the process', () => {
  it('is read', () => {
    const rights = { uids: [1000, 1000, 1000], gids: [100, 101, 102], permitted: '000001fffeffffff' };
    expect(parseTraceeStatus(TRACEE)).toEqual({ ...rights, isKernelThread: false, tracerPid: 77, innerPid: 1 });
  });

  it.each([
    ['NSpid:\t900\t12\t1', 'NSpid:\t900', { innerPid: null }],
    ['NSpid:\t900\t12\t1\n', '', { innerPid: null }],
    ['Kthread:\t0', 'Kthread:\t1', { isKernelThread: true }],
    ['TracerPid:\t77', 'TracerPid:\t0', { tracerPid: 0 }],
  ])('with %j as %j', (line, other, expected) => {
    expect(parseTraceeStatus(TRACEE.replace(line, other))).toMatchObject(expected);
  });

  it('is not fooled by a name that looks like a field', () => {
    expect(parseTraceeStatus(TRACEE.replace('node', 'TracerPid:\\t5')).tracerPid).toBe(77);
  });
});
