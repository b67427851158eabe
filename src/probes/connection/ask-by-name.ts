import { ADAPTERS } from '../../adapters/index.js';
import type { ConnectionAttempt, SocketAddress } from '../../model/facts.js';
import type { ProbeContext } from '../probe.js';

/** The end of a head without a body, a line of text where an answer has an object, or the object. */
const END_OF_ANSWER = String.raw`\r\n\r\n[^{\s]|}|^HTTP/1\.0 404 OK\r\n[\s\S]*\r\n\r\n`;

/** An inspector answers within milliseconds; a busy machine is given this long. */
const LISTEN_MS = 1500;

/** What a request may hold; `localhost` is never refused. */
function isName(host: string): boolean {
  return host !== 'localhost' && /^[\w.-]{1,255}$/.test(host);
}

/** Clients put the host that they were given into their request, and an inspector may refuse a name. */
export async function askByName(
  { host, target, see }: ProbeContext,
  to: SocketAddress,
  timeoutMs: number,
  attempt: ConnectionAttempt,
): Promise<ConnectionAttempt> {
  const { answeredBy } = attempt;
  if (answeredBy === null || answeredBy === 'http' || answeredBy === 'ssh') return attempt;
  const { requestByName, identifies } = ADAPTERS[answeredBy];
  const resolution = await see('resolution');
  const name = resolution.status === 'ok' && !resolution.value.literal ? target.host : null;
  if (requestByName === undefined || name === null || !isName(name)) return attempt;
  const authority = `${name}:${to.port}`;
  const question = { send: requestByName(authority), sendAfterMs: 0, replies: [], until: END_OF_ANSWER, stayMs: 0 };
  const { received } = await host.exchange(
    { address: to.address, port: to.port },
    { timeoutMs, listenMs: LISTEN_MS, ...question },
  );
  if (!received.startsWith('HTTP/1.')) return attempt;
  return { ...attempt, byName: { authority, isRefused: !identifies(received), received } };
}
