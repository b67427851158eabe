import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createMutableNodeHost } from '../../src/host/node.js';
import { observePortRole } from '../../src/remedies/listener.js';
import { sendSignal, type SignalStep } from '../../src/remedies/signal.js';
import { startClient, startListener, startScript, startStubborn, startTimeOf, type Running } from './processes.js';

const host = createMutableNodeHost();
const onLinux = process.platform === 'linux';
const PORT = 17301;
const OTHER_PORT = 17302;

function end({ pid, startTime }: Pick<Running, 'pid' | 'startTime'>, changes: Partial<SignalStep> = {}): SignalStep {
  return { kind: 'signal', pid, startTime, signal: 'TERM', graceMs: 3000, ...changes };
}

function isAlive(running: Running): boolean {
  return running.child.exitCode === null && running.child.signalCode === null;
}

describe.runIf(onLinux)('sendSignal', () => {
  test('ends a process with TERM', async () => {
    const running = await startScript();
    const gone = once(running.child, 'exit');
    expect(await sendSignal(host, end(running), null)).toEqual({ ok: true, outcome: 'ended' });
    expect((await gone)[1]).toBe('SIGTERM');
  });

  test('kills a process that ignores TERM, after the grace time', async () => {
    const running = await startStubborn();
    const gone = once(running.child, 'exit');
    const started = Date.now();
    expect(await sendSignal(host, end(running, { graceMs: 300 }), null)).toEqual({ ok: true, outcome: 'killed' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(300);
    expect((await gone)[1]).toBe('SIGKILL');
  });

  test('kills a stopped process, which TERM cannot reach', async () => {
    const running = await startScript();
    running.child.kill('SIGSTOP');
    expect(await sendSignal(host, end(running, { graceMs: 200 }), null)).toEqual({ ok: true, outcome: 'killed' });
  });

  test('lets a stopped process go on', async () => {
    const running = await startScript();
    running.child.kill('SIGSTOP');
    await expect.poll(async () => (await host.process(running.pid))?.state).toBe('T');
    expect(await sendSignal(host, end(running, { signal: 'CONT' }), null)).toEqual({ ok: true, outcome: 'continued' });
    await expect.poll(async () => (await host.process(running.pid))?.state).not.toBe('T');
    expect(isAlive(running)).toBe(true);
  });

  test('a process that is gone already is no failure', async () => {
    const running = await startScript();
    const gone = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await gone;
    expect(await sendSignal(host, end(running), null)).toEqual({ ok: true, outcome: 'already-gone' });
  });

  test('refuses a pid that belongs to another process by now', async () => {
    const running = await startScript();
    const result = await sendSignal(host, end({ ...running, startTime: running.startTime - 1 }), null);
    expect(result).toMatchObject({ ok: false, reason: 'process-changed' });
    expect(isAlive(running)).toBe(true);
  });

  test.each([
    ['an ancestor', process.ppid],
    ['ourselves', process.pid],
    ['pid 1', 1],
  ])('refuses %s', async (_name, pid) => {
    // CONT, so that a fault in the code under test ends nobody.
    const result = await sendSignal(host, end({ pid, startTime: startTimeOf(pid) }, { signal: 'CONT' }), null);
    // For an ordinary user pid 1 is both, and an ancestor in some containers.
    const refusals = pid === 1 ? ['other-user', 'protected-process'] : ['protected-process'];
    expect(refusals).toContain(result.ok ? 'sent' : result.reason);
  });

  test.each([0, -1])('refuses the process group %i', async (pid) => {
    expect(await sendSignal(host, end({ pid, startTime: 0 }, { signal: 'CONT' }), null)).toMatchObject({
      ok: false,
      reason: 'protected-process',
    });
  });

  test('refuses a process that calls itself by the name of a service', async () => {
    const running = await startScript(undefined, { argv0: 'sshd' });
    expect(await sendSignal(host, end(running), null)).toMatchObject({ ok: false, reason: 'protected-process' });
    expect(isAlive(running)).toBe(true);
  });

  test.runIf(process.getuid?.() === 0)('refuses another user’s process, even as root', async () => {
    const running = await startScript(undefined, { uid: 65534 });
    expect(await sendSignal(host, end(running), null)).toMatchObject({ ok: false, reason: 'other-user' });
    expect(isAlive(running)).toBe(true);
  });

  test('ends the listener and spares its client', async () => {
    const listener = await startListener(PORT);
    const client = await startClient(PORT);
    expect(await observePortRole(host, listener.pid, PORT)).toBe('listener');
    expect(await observePortRole(host, client.pid, PORT)).toBe('client');
    expect(await observePortRole(host, client.pid, OTHER_PORT)).toBe('none');
    for (const role of ['client', 'listener'] as const) {
      const refused = await sendSignal(host, end(client), { port: PORT, role });
      expect(refused).toMatchObject({ ok: false, reason: 'not-the-listener' });
    }
    expect(isAlive(client)).toBe(true);
    expect(await sendSignal(host, end(listener), { port: PORT, role: 'listener' })).toEqual({
      ok: true,
      outcome: 'ended',
    });
  });

  test('refuses a process that gave the port up since the diagnosis', async () => {
    const running = await startScript();
    expect(await sendSignal(host, end(running), { port: PORT, role: 'listener' })).toMatchObject({
      reason: 'not-the-listener',
    });
    expect(isAlive(running)).toBe(true);
  });
});
