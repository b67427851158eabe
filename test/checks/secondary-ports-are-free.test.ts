import { describe, expect, it } from 'vitest';
import check from '../../checks/secondary-ports-are-free.js';
import type { SecondaryPortUse } from '../../src/model/facts.js';
import type { Target } from '../../src/model/target.js';
import { address, bind, firstArgs, launch, process, socket, verdict, type Seen } from './facts.js';

const AT = { ...address('::'), port: 7091 };

function use(changes: Partial<SecondaryPortUse> = {}): SecondaryPortUse {
  const attempt = { at: AT, errorCode: 'EADDRINUSE' };
  return { port: 7091, purpose: 'JMX', attempt, sockets: [], reported: null, ...changes };
}

function seen(...ports: SecondaryPortUse[]): Seen {
  return { 'secondary-ports': { ports }, bind: bind(null, '127.0.0.1', 5005) };
}

const FREE = use({ attempt: { at: AT, errorCode: null } });
const SAME = { port: 5005, attempt: { at: { ...AT, port: 5005 }, errorCode: null } };
const ELSEWHERE = { at: { ...address('10.20.0.2'), port: 5005 }, errorCode: null };
const target = launch({ adapter: 'jdwp', port: 5005, command: ['java', 'App'] });

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['no other port', seen(), target, 'pass'],
  ['one that is free', seen(FREE), target, 'pass'],
  ['one that is taken', seen(FREE, use()), target, 'secondary-port-in-use certain'],
  ['one that an error names, and that is taken', seen(use({ purpose: null })), target, 'secondary-port-in-use likely'],
  ['one that an error names, and that is free by now', seen({ ...FREE, purpose: null }), target, 'pass'],
  ["the debugger's own port", seen(use(SAME)), target, 'secondary-port-in-use certain'],
  ["the debugger's port on another address", seen(use({ ...SAME, attempt: ELSEWHERE })), target, 'pass'],
  ['one that may not be bound', seen(use({ attempt: { at: AT, errorCode: 'EACCES' } })), target, 'unknown'],
  ['an address that does not resolve', seen(use({ attempt: null })), target, 'unknown'],
  ['nothing seen', {}, target, 'unknown'],
];

describe('secondary-ports-are-free', () => {
  it.each(CASES)('%s', (_, facts, wanted, expected) => {
    expect(verdict(check, facts, wanted)).toBe(expected);
  });

  it('names the port and who has it', () => {
    const holder = socket('::', {}, { processes: [process({ pid: 77, name: 'java' })] });
    const args = firstArgs(check, seen(use({ sockets: [holder] })), target);
    expect(args).toMatchObject({ port: 7091, pid: 77, processName: 'java', detail: 'JMX' });
  });

  it('names a connection that has the port', () => {
    const connected = socket('127.0.0.1', { state: 'ESTABLISHED' }, { processes: [] });
    expect(verdict(check, seen(use({ sockets: [connected] })), target)).toBe('secondary-port-in-use certain');
  });

  it.each([
    [launch({ adapter: 'tcp' }), false],
    [launch({ command: [] }), false],
    [launch({ command: [], errorText: 'in use' }), true],
    [launch(), true],
  ])('asks only where somebody knows what is opened', (wanted, expected) => {
    expect(check.appliesTo(wanted)).toBe(expected);
  });
});
