import { callKey, RECORDED_CALLS, type Call, type Recording } from './calls.js';
import type { Host } from './host.js';

/** A host that passes every question on and remembers the answer. */
export function createRecordingHost(host: Host): { host: Host; recording: () => Recording } {
  const calls = new Map<string, Call>();
  const startedAt = host.now();
  const remember = (call: Call): void => {
    const key = callKey(call.call, call.args);
    if (!calls.has(key)) calls.set(key, call);
  };
  const wrap = (inner: Host): Host => {
    const wrapped: Host = { ...inner, withSignal: (signal) => wrap(inner.withSignal(signal)) };
    for (const call of RECORDED_CALLS) {
      const method = inner[call] as (...args: unknown[]) => unknown;
      const recorded = (...args: unknown[]): unknown => {
        const answer = method(...args);
        if (!(answer instanceof Promise)) {
          remember({ call, args, result: answer });
          return answer;
        }
        return answer.then((result: unknown) => {
          remember({ call, args, result });
          return result;
        });
      };
      Object.assign(wrapped, { [call]: recorded });
    }
    return wrapped;
  };
  const { platform, release, arch } = host;
  return {
    host: wrap(host),
    recording: () => ({ recordingVersion: 1, platform, release, arch, now: startedAt, calls: [...calls.values()] }),
  };
}
