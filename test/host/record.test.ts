import { describe, expect, it } from 'vitest';
import { callKey, RECORDED_CALLS } from '../../src/host/calls.js';
import { createNodeHost } from '../../src/host/node.js';
import { createRecordingHost } from '../../src/host/record.js';
import { createReplayHost } from '../../src/host/replay.js';
import { createObserver } from '../../src/observe.js';
import { DEFAULT_OPTIONS } from '../../src/diagnose.js';
import { attach } from '../checks/facts.js';

describe('a recorded machine', () => {
  it('answers as the machine did', async () => {
    const recorder = createRecordingHost(createNodeHost());
    const { host } = recorder;
    const limits = await host.withSignal(AbortSignal.timeout(1000)).readFile('/proc/self/limits');
    const missing = await host.pathStatus('/absent');
    const echo = await host.run(['echo', 'hello']);
    const home = host.environment('HOME');

    // As it would come back from a file.
    const replayed = createReplayHost(JSON.parse(JSON.stringify(recorder.recording())));
    expect(await replayed.readFile('/proc/self/limits')).toEqual(limits);
    expect(await replayed.withSignal(AbortSignal.abort()).pathStatus('/absent')).toEqual(missing);
    expect(await replayed.run(['echo', 'hello'])).toEqual(echo);
    expect(replayed.environment('HOME')).toBe(home);
    expect([replayed.platform, replayed.release, replayed.now()]).toEqual([
      host.platform,
      host.release,
      recorder.recording().now,
    ]);
  });

  it('keeps the first answer to a question', async () => {
    const inner = createNodeHost();
    let asked = 0;
    const counting = {
      ...inner,
      readLink: () => Promise.resolve({ ok: true as const, text: String((asked += 1)), truncated: false }),
    };
    const recorder = createRecordingHost(counting);
    await recorder.host.readLink('/proc/self/cwd');
    expect(await recorder.host.readLink('/proc/self/cwd')).toMatchObject({ text: '2' });
    expect(recorder.recording().calls).toEqual([
      { call: 'readLink', args: ['/proc/self/cwd'], result: { ok: true, text: '1', truncated: false } },
    ]);
  });

  it('has an answer for every question of a host', () => {
    const questions = Object.entries(createNodeHost()).flatMap(([name, value]) =>
      typeof value === 'function' ? [name] : [],
    );
    expect(questions.filter((name) => name !== 'now' && name !== 'withSignal').toSorted()).toEqual(
      [...RECORDED_CALLS].toSorted(),
    );
  });

  it('refuses a question that was not recorded, so that the probe has seen nothing', async () => {
    const recorder = createRecordingHost(createNodeHost());
    const replayed = createReplayHost(recorder.recording());
    await expect(replayed.interfaces()).rejects.toThrow(/not recorded/);
    expect(replayed.environment('HOME')).toBeNull();
    const observer = createObserver(replayed, attach(), DEFAULT_OPTIONS);
    expect(await observer.see('local-network')).toMatchObject({ status: 'unavailable' });
  });
});

describe('a question', () => {
  it('is the same however patiently it is asked', () => {
    const to = { address: '127.0.0.1', port: 1 };
    expect(callKey('exchange', [to, { timeoutMs: 1 }])).toBe(callKey('exchange', [to, { timeoutMs: 2 }]));
    expect(callKey('run', [['ls'], undefined])).toBe(callKey('run', [['ls']]));
  });

  it('is another one about something else', () => {
    expect(callKey('run', [['ls', '-l']])).not.toBe(callKey('run', [['ls']]));
    expect(callKey('readLines', ['/proc/stat', 'btime ', 1])).not.toBe(callKey('readLines', ['/proc/stat', 'cpu', 1]));
    expect(callKey('readFile', ['/a'])).not.toBe(callKey('readLink', ['/a']));
    const ask = (name: string): unknown => ({ send: `GET / HTTP/1.1\r\nHost: ${name}\r\n\r\n` });
    const to = { address: '127.0.0.1', port: 1 };
    expect(callKey('exchange', [to, ask('workstation:1')])).not.toBe(callKey('exchange', [to, ask('127.0.0.1')]));
    expect(callKey('exchange', [to, ask('127.0.0.1')])).toBe(callKey('exchange', [to, { send: null }]));
  });
});
