import { mayHide } from '../../adapters/index.js';
import type { Adapter } from '../../adapters/adapter.js';
import { isLoopback, isWildcard } from '../../model/addresses.js';
import type { DebugServer, PortSockets, ProcessInfo } from '../../model/facts.js';
import { FORWARDERS, listenersOf } from '../../model/listeners.js';
import { mayBeStarting } from '../process/age.js';
import { recogniseRunning } from '../process/recognise-running.js';
import type { ProbeContext } from '../probe.js';

/** What is known, before a word is said, of whoever listens where we would connect. */
export interface Listener {
  /**
   * `recognised`: a debug server by its process. `stranger`: a process that is none. `veiled`: it may be the wanted
   * debugger, since its process is out of sight or passes connections on. `nobody`: the tables show no listener.
   */
  kind: 'recognised' | 'stranger' | 'veiled' | 'nobody';
  server: Pick<DebugServer, 'adapter' | 'mode' | 'clients' | 'takesOneClient'> | null;
  /** It passes connections on, so that its silence says nothing about what is behind it. */
  forwards: boolean;
  /** It was started so recently that it may still be getting ready, as far as can be seen. */
  mayStart: boolean;
}

const VEILED: Listener = { kind: 'veiled', server: null, forwards: false, mayStart: true };

/**
 * Whether the wanted debugger may be in a program that wrote a title over its command line and its environment, as puma
 * does. Its executable file is then all that is left to see.
 */
function mayCarryUnseen({ executable, command }: ProcessInfo, wanted: Adapter): boolean {
  return executable !== null && mayHide([executable], wanted.id) && !mayHide(command, wanted.id);
}

function kindOf(wanted: Adapter, processes: readonly ProcessInfo[], forwards: boolean): Listener['kind'] {
  // Whoever listens where an editor should is taken for the editor.
  const mayBeWanted = processes.some((process) => mayCarryUnseen(process, wanted));
  return processes.length === 0 || forwards || wanted.editorListens === true || mayBeWanted ? 'veiled' : 'stranger';
}

async function isOwnAddress({ see }: ProbeContext, address: string): Promise<boolean> {
  if (isLoopback(address) || isWildcard(address)) return true;
  const network = await see('local-network');
  return network.status !== 'ok' || network.value.addresses.some((own) => own.address === address);
}

/** Who listens at a TCP address, by the tables of this machine. */
export async function listenerAt(
  context: ProbeContext,
  wanted: Adapter,
  sockets: PortSockets | null,
  address: string,
): Promise<Listener> {
  const [socket] = sockets === null ? [] : listenersOf(sockets);
  if (socket === undefined) {
    const isEmpty = sockets !== null && (await isOwnAddress(context, address));
    return isEmpty ? { ...VEILED, kind: 'nobody' } : VEILED;
  }
  const { server, processes } = socket;
  if (server !== null) {
    const mayStart = mayBeStarting(server.process, context.host.now());
    return { kind: 'recognised', server, forwards: false, mayStart };
  }
  const forwards = processes.some(({ name }) => FORWARDERS.includes(name));
  const kind = kindOf(wanted, processes, forwards);
  return { kind, server, forwards, mayStart: kind === 'veiled' };
}

/** Who listens on the Unix socket of the target. */
export async function listenerOnPath({ host, see }: ProbeContext): Promise<Listener> {
  const socket = await see('unix-socket');
  const process = socket.status === 'ok' ? socket.value.process : null;
  const recognised = process === null ? null : await recogniseRunning(host, process);
  if (recognised === null) return VEILED;
  const { adapter, mode, takesOneClient } = recognised;
  // The tables do not tell who is connected to a Unix socket.
  return { ...VEILED, kind: 'recognised', server: { adapter, mode, takesOneClient, clients: 0 } };
}
