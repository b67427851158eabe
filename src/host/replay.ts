import { callKey, NULL_WHEN_UNSEEN, RECORDED_CALLS, type Recording } from './calls.js';
import type { Host } from './host.js';

/**
 * A host that answers from a recording, and nothing else: a question that was not recorded throws, so that a probe
 * reports it as unseen instead of taking silence for an answer.
 */
export function createReplayHost(recording: Recording): Host {
  const answers = new Map(recording.calls.map(({ call, args, result }) => [callKey(call, args), result]));
  const answer = (call: string, args: readonly unknown[]): unknown => {
    const key = callKey(call, args);
    if (NULL_WHEN_UNSEEN.has(call)) return answers.get(key) ?? null;
    if (!answers.has(key)) throw new Error(`not recorded: ${key}`);
    return answers.get(key);
  };
  const { platform, release, arch, now } = recording;
  const methods: Record<string, unknown> = {};
  for (const call of RECORDED_CALLS) {
    methods[call] =
      call === 'environment'
        ? (...args: unknown[]) => answers.get(callKey(call, args)) ?? null
        : async (...args: unknown[]) => answer(call, args);
  }
  const host: Host = {
    ...(methods as unknown as Host),
    platform,
    release,
    arch,
    now: () => now,
    withSignal: () => host,
  };
  return host;
}
