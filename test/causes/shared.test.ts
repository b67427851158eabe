import { describe, expect, test } from 'vitest';
import { portCauses } from '../../src/causes/port.js';
import { leftoverCauses } from '../../src/causes/process-leftovers.js';
import {
  endOrphanedAdapter,
  endPortOwner,
  endpointOf,
  moveToFreePort,
  onUnix,
  removeStaleFile,
  restartServer,
  resumeProcess,
  showPortSockets,
  startServer,
} from '../../src/causes/shared.js';
import type { FindingArgs } from '../../src/model/cause.js';
import type { RemedyPlan } from '../../src/model/remedy.js';

const KNOWN_PROCESS: FindingArgs = { port: 23999, pid: 4242, startTime: 987 };
const CONFIGURED: FindingArgs = {
  port: 23999,
  freePort: 24001,
  configFile: '/home/user/debugpy_config.json',
  portKeyPath: ['server', 'port'],
};
const TERM = { kind: 'signal', pid: 4242, startTime: 987, signal: 'TERM', graceMs: 3000 };

function ids(remedies: readonly RemedyPlan[]): string[] {
  return remedies.map((remedy) => remedy.id);
}

describe('moveToFreePort', () => {
  test('edits the configuration that the port came from, and knows the way back', () => {
    expect(moveToFreePort(CONFIGURED)).toEqual([
      {
        id: 'move-to-free-port',
        risk: 'reversible',
        needsElevation: false,
        steps: [{ kind: 'edit', file: CONFIGURED.configFile, keyPath: ['server', 'port'], value: 24001 }],
        verify: null,
        undo: [{ kind: 'edit', file: CONFIGURED.configFile, keyPath: ['server', 'port'], value: 23999 }],
      },
    ]);
  });

  test.each<[string, FindingArgs]>([
    ['the configuration file', { port: 23999, freePort: 24001, portKeyPath: ['port'] }],
    ['the place in the file', { port: 23999, freePort: 24001, configFile: 'launch.json' }],
    ['the old port', { freePort: 24001, configFile: 'launch.json', portKeyPath: ['port'] }],
    ['a free port', { port: 23999, configFile: 'launch.json', portKeyPath: ['port'] }],
  ])('only advises without %s', (_missing, args) => {
    const [remedy] = moveToFreePort(args);
    expect(remedy).toMatchObject({ id: 'use-another-port', risk: 'manual', steps: [{ kind: 'instruct' }] });
  });
});

describe('endPortOwner', () => {
  test('signals a process that is known with its start time, and asks for consent to disrupt', () => {
    expect(endPortOwner('linux', KNOWN_PROCESS)).toMatchObject([{ risk: 'disruptive', steps: [TERM] }]);
  });

  test('stays disruptive when the program of an adapter is gone: the owner is no adapter', () => {
    expect(endPortOwner('linux', { ...KNOWN_PROCESS, programGone: true })[0]?.risk).toBe('disruptive');
  });

  test.each<[string, FindingArgs]>([
    ['the pid', { port: 23999, startTime: 987 }],
    ['the start time', { port: 23999, pid: 4242 }],
  ])('prints a command and never runs it without %s', (_missing, args) => {
    const [remedy] = endPortOwner('linux', args);
    expect(remedy?.risk).toBe('manual');
    expect(remedy?.steps).toEqual([
      { kind: 'run', argv: ['kill', '-TERM', args.pid === undefined ? '<pid>' : '4242'] },
    ]);
  });

  test('names the process tree on Windows, and runs nothing when the pid is unknown', () => {
    expect(endPortOwner('win32', KNOWN_PROCESS)).toMatchObject([
      { risk: 'disruptive', steps: [{ kind: 'run', argv: ['taskkill', '/PID', '4242', '/T'] }] },
    ]);
    expect(endPortOwner('win32', {})[0]?.risk).toBe('manual');
  });

  test.each(['linux', 'darwin', 'win32'] as const)('is never offered for a protected process on %s', (platform) => {
    expect(endPortOwner(platform, { ...KNOWN_PROCESS, protectedProcess: true })).toEqual([]);
  });
});

describe('endOrphanedAdapter', () => {
  test('is reversible only when the program that the adapter served is gone', () => {
    const gone = { ...KNOWN_PROCESS, programGone: true };
    expect(endOrphanedAdapter('linux', gone)).toMatchObject([{ risk: 'reversible', steps: [TERM], undo: null }]);
    expect(endOrphanedAdapter('linux', { ...KNOWN_PROCESS, programGone: false })[0]?.risk).toBe('disruptive');
    expect(endOrphanedAdapter('linux', KNOWN_PROCESS)[0]?.risk).toBe('disruptive');
  });

  test('is not reversible where the process cannot be told from a later one', () => {
    expect(endOrphanedAdapter('linux', { pid: 4242, programGone: true })[0]?.risk).toBe('manual');
    expect(endOrphanedAdapter('win32', { ...KNOWN_PROCESS, programGone: true })[0]?.risk).toBe('disruptive');
  });

  test('is never offered for a protected process', () => {
    expect(endOrphanedAdapter('linux', { ...KNOWN_PROCESS, programGone: true, protectedProcess: true })).toEqual([]);
  });
});

describe('resumeProcess', () => {
  test('continues a known process; there is nothing to undo', () => {
    expect(resumeProcess(KNOWN_PROCESS)).toMatchObject([
      {
        id: 'resume-process',
        risk: 'reversible',
        steps: [{ kind: 'signal', pid: 4242, startTime: 987, signal: 'CONT', graceMs: 0 }],
        undo: null,
      },
    ]);
  });

  test('only prints the command without pid or start time, and leaves a protected process alone', () => {
    expect(resumeProcess({ pid: 4242 })).toMatchObject([
      { risk: 'manual', steps: [{ kind: 'run', argv: ['kill', '-CONT', '4242'] }] },
    ]);
    expect(resumeProcess({})[0]?.steps).toEqual([{ kind: 'run', argv: ['kill', '-CONT', '<pid>'] }]);
    expect(resumeProcess({ ...KNOWN_PROCESS, protectedProcess: true })).toEqual([]);
  });
});

describe('restartServer', () => {
  test('ends a known server and says to start it again', () => {
    expect(restartServer('linux', KNOWN_PROCESS)).toMatchObject({
      risk: 'disruptive',
      steps: [TERM, { kind: 'instruct' }],
    });
  });

  test.each<['linux' | 'win32', FindingArgs]>([
    ['linux', { pid: 4242 }],
    ['linux', { ...KNOWN_PROCESS, protectedProcess: true }],
    ['win32', KNOWN_PROCESS],
  ])('only advises on %s with %o', (platform, args) => {
    expect(restartServer(platform, args)).toMatchObject({ risk: 'manual', steps: [{ kind: 'instruct' }] });
  });
});

describe('startServer', () => {
  function argvOf(args: FindingArgs, platform: 'linux' | 'win32' = 'linux'): readonly string[] | null {
    const [step] = startServer(platform, args).steps;
    return step?.kind === 'run' ? step.argv : null;
  }

  test('uses the interpreter of the case, else the usual one of the system', () => {
    const tail = ['-m', 'debugpy', '--listen', '127.0.0.1:23999', '<program.py>'];
    const args: FindingArgs = { adapter: 'debugpy', port: 23999 };
    expect(argvOf({ ...args, interpreter: '/venv/bin/python' })).toEqual(['/venv/bin/python', ...tail]);
    expect(argvOf(args)).toEqual(['python3', ...tail]);
    expect(argvOf(args, 'win32')).toEqual(['python', ...tail]);
  });

  test('writes IPv6 literals in brackets, and a placeholder for an unknown port', () => {
    expect(argvOf({ adapter: 'node', host: '::1', port: 23999 })).toEqual([
      'node',
      '--inspect=[::1]:23999',
      '<program.js>',
    ]);
    expect(argvOf({ adapter: 'node' })).toEqual(['node', '--inspect=127.0.0.1:<port>', '<program.js>']);
    expect(endpointOf({ host: 'localhost', port: 23999 })).toBe('localhost:23999');
  });

  test.each(['delve', 'jdwp', 'gdbserver', 'lldb'])('knows the command line of %s', (adapter) => {
    const argv = argvOf({ adapter, host: '127.0.0.1', port: 23999 });
    expect(argv?.some((argument) => argument.includes('127.0.0.1:23999'))).toBe(true);
  });

  test.each([undefined, 'tcp', 'constructor'])('only advises for the adapter %s', (adapter) => {
    const remedy = startServer('linux', adapter === undefined ? {} : { adapter });
    expect(remedy).toMatchObject({ id: 'start-server', risk: 'manual', steps: [{ kind: 'instruct' }] });
  });

  test.each(['node', 'debugpy', 'delve', 'jdwp', 'gdbserver', 'lldb'])('is never run by us for %s', (adapter) => {
    expect(startServer('linux', { adapter, host: '127.0.0.1', port: 23999 }).risk).toBe('manual');
  });
});

describe('removeStaleFile', () => {
  test('passes the path behind --, and is only printed without one', () => {
    expect(removeStaleFile({ socketPath: '-rf' })).toMatchObject({
      risk: 'disruptive',
      steps: [{ kind: 'run', argv: ['rm', '--', '-rf'] }],
    });
    expect(removeStaleFile({}).risk).toBe('manual');
  });
});

test('looking at sockets is safe on every system', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(showPortSockets(platform, { port: 23999 }).risk).toBe('safe');
  }
});

test('onUnix offers nothing on Windows', () => {
  const remedies = onUnix((platform, args) => [showPortSockets(platform, args)]);
  expect(remedies.win32({})).toEqual([]);
  expect(ids(remedies.darwin({}))).toEqual(['show-port-sockets']);
});

describe('the order of remedies', () => {
  const owner = { ...KNOWN_PROCESS, ...CONFIGURED };

  test('moving the debug server comes before ending the program of somebody else', () => {
    const remedies = ids(portCauses['port-held-by-other-program'].remedies.linux(owner));
    expect(remedies.slice(0, 2)).toEqual(['move-to-free-port', 'end-port-owner']);
  });

  test('a service is changed, never ended', () => {
    const remedies = portCauses['port-held-by-managed-service'].remedies.linux({ ...owner, unit: 'web.service' });
    expect(remedies.flatMap((remedy) => remedy.steps).some((step) => step.kind === 'signal')).toBe(false);
    expect(remedies.find((remedy) => remedy.id === 'stop-service')?.risk).toBe('manual');
  });

  test('an adapter that serves nobody is ended first, one that may serve somebody last', () => {
    const orphaned = leftoverCauses['orphaned-debug-adapter-holds-port'].remedies.linux;
    expect(ids(orphaned({ ...owner, programGone: true }))[0]).toBe('end-orphaned-adapter');
    expect(ids(orphaned(owner))[0]).toBe('move-to-free-port');
  });

  test('a suspended server is continued; one in the way of a start is left alone and the start moves', () => {
    const suspended = leftoverCauses['suspended-job-holds-port'].remedies.linux;
    expect(ids(suspended(KNOWN_PROCESS))[0]).toBe('resume-process');
    expect(ids(suspended(owner))).not.toContain('resume-process');
    expect(ids(suspended(owner))[0]).toBe('move-to-free-port');
  });
});
