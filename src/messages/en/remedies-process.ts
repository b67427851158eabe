import type { RemedyId } from '../../model/remedy-ids.js';
import type { RemedyWords } from '../messages.js';
import { thePlace, thePort, theProcess } from './phrases.js';
import { portRemedyWords } from './remedies-port.js';
import { rightsRemedyWords } from './remedies-rights.js';
import { action, advice } from './remedy-words.js';

/** Debug servers that cannot be told to listen on one address, and how to do without their port. */
const LISTENS_EVERYWHERE: Readonly<Record<string, string>> = {
  gdbserver:
    'gdbserver listens on every address, whatever host it is given. It needs no port at all when gdb starts it itself: "target remote | ssh HOST gdbserver - PROGRAM", without ssh on this machine.',
  vsdbg:
    'netcoredbg listens on every address. It needs no port at all when the editor starts it itself, without --server, through ssh or docker exec where the program is elsewhere.',
};

/** The remedies of the hops from the port to the resources. */
export const processRemedyWords = {
  ...portRemedyWords,
  ...rightsRemedyWords,
  'stop-whole-group': advice(
    'Stop the program in a way that ends all of it',
    'Stop it with Ctrl-C or the stop button of the editor rather than by closing the window, and run it without its reloader while you debug.',
  ),
  'end-orphaned-adapter': {
    title: (args) => `End the left-over debug adapter: ${theProcess(args, 'the process on the port')}`,
  },
  'show-debug-processes': action('Show the processes that may be meant, with their command lines'),
  'resume-process': { title: (args) => `Let ${theProcess(args, 'the suspended process')} go on` },
  'end-suspended-job': advice(
    'Bring the job back and end it',
    'In the shell where you suspended it, type fg, then press Ctrl-C.',
  ),
  'close-attached-client': {
    title: () => 'End the other debug session',
    instruct: ({ clientAddress, port }) =>
      `Disconnect the client${clientAddress === undefined ? '' : ` at ${clientAddress}`} that is connected to ${thePort(port)}, then connect again.`,
  },
  'lengthen-restart-pause': advice(
    'Let the supervisor wait until the old instance has ended',
    'Give the restart a pause (nodemon: --delay), a longer stop timeout, and a signal for the whole process group; or stop and then start instead of restarting.',
  ),
  'disable-reloader': advice(
    'Run without the reloader while you debug',
    'Flask: --no-reload or use_reloader=False. Django: --noreload. uvicorn: leave --reload out.',
  ),
  'listen-in-one-process': advice(
    'Open the debug port in one process only',
    'While you debug, run a single worker, or guard the call that opens the port so that one process makes it: under if __name__ == "__main__", after the fork, or after a test of RUN_MAIN or WERKZEUG_RUN_MAIN. Or give each process a port of its own.',
  ),
  'listen-once': advice(
    'Switch the debugger on in one place only',
    'Keep either the option (--listen, --inspect, -agentlib:jdwp) or the call in the code, not both. After a client has left, attach to the same port again instead of listening anew.',
  ),
  'close-listener-on-exec': advice(
    'Do not hand the listening socket down to helpers',
    'In the server, open the listener with close-on-exec (SOCK_CLOEXEC or FD_CLOEXEC), so that a helper which outlives the server does not keep the port.',
  ),
  'attach-to-running-server': {
    title: ({ port }) => `Attach to the server that already runs on ${thePort(port)}`,
    instruct: ({ host, port }) =>
      `Use request "attach" with ${thePlace(host, port)} in the launch configuration instead of starting a second server. In a development container you can also replace the command that starts the first one.`,
  },
  'remove-file-at-start': {
    title: () => 'Remove the pid file before each start',
    instruct: ({ file }) =>
      `Make sure that no such process runs, then remove ${file ?? 'the pid or lock file'}. In a container let the entry point do it, or keep the file off volumes. Never remove the one of a database whose server still runs.`,
  },
  'wait-for-listening-line': {
    title: () => 'Connect when the server listens',
    instruct: ({ port }) =>
      `Wait for the server's "listening" line, or try again with growing pauses, instead of a fixed time. A server that listens only after its first request needs that request first. The port is ${port ?? 'the one in your configuration'}.`,
  },
  'raise-start-timeout': advice(
    'Give the slow side more time',
    'Start it by hand and measure how long it takes, then raise the time limit of the other side above that. A lighter shell profile, the internal console of the editor, or an exception in the virus scanner makes it faster.',
  ),
  'read-start-error': advice(
    'Start it by hand and read its own error',
    'Run the same command in a terminal and read what it prints. A browser on a server needs --headless and a writable --user-data-dir; as root in a container also --no-sandbox.',
  ),
  'name-python-interpreter': advice(
    'Tell debugpy which Python to use',
    'Print sys.executable inside the program. If it is no Python, call debugpy.configure(python="PATH OF A REAL PYTHON") before debugpy.listen(). Debug a frozen program before it is frozen.',
  ),
  'show-child-processes': { title: (args) => `Show what ${theProcess(args, 'the host application')} has started` },
  'close-running-instances': advice(
    'Close every running instance of the browser',
    'End all processes that use the same profile, background ones too, then start with the debug option again.',
  ),
  'relax-liveness-probe': advice(
    'Switch the liveness probe off while you debug',
    'Remove the liveness probe from the deployment that you debug, or give it a very long period and a high failure threshold. A readiness probe may stay: it does not restart anything.',
  ),
  'show-pod-events': action('Show the events of the pod'),
  'restart-server': {
    title: (args) => `Restart the debug server: end ${theProcess(args, 'it')} and start it again`,
    instruct: () => 'End the server if it still runs, then start it again with its debug option.',
  },
  'keep-port-checkers-away': {
    title: () => 'Keep port checkers away from the debug port',
    instruct: ({ port }) =>
      `Exclude ${thePort(port)} from wait-for-it, nc -z, health checks and the port forwarding of the editor (remote.autoForwardPorts). A connection that opens and closes at once can break a debug server, or use up its only place.`,
  },
  'inspect-busy-server': {
    title: () => 'Find out what the server is busy with',
    instruct: (args) =>
      `Look at what ${theProcess(args, 'the server')} does: a long computation, a lock, a breakpoint that another client holds. If it hangs, restart it.`,
  },
  'restart-with-debugger': {
    title: () => 'Free the port or choose another one, then restart the program',
    instruct: (args) =>
      `The debugger starts only with the program. See who holds ${thePort(args.port)}, free it or choose another port, then restart ${theProcess(args, 'the program')}.`,
  },
  'match-client-and-port': advice(
    'Bring client and port together',
    'Use the port that belongs to this client: the debug port for the debugger, the web port for the browser. Choose the debug type of the server in the launch configuration ("java" for JDWP, "node" for --inspect, "debugpy" for debugpy). A client of your own has to send its first request, correctly framed, right after connecting.',
  ),
  'ask-devtools': { title: ({ port }) => `Ask the inspector on ${thePort(port)} who it is` },
  'use-inspector-protocol': advice(
    'Use the inspector protocol on both sides',
    'Start the program with --inspect (not --debug), set "protocol" to "inspector" in the client or remove it, and update a Node or Electron that is too old for that.',
  ),
  'align-versions': advice(
    'Bring both sides to versions that fit',
    'Update the older side, or pin the newer one, to the pair that the documentation names; for pydevd-pycharm exactly the version in the message. Look for a second, older copy earlier on the path. For gdb take the one that belongs to the stub or SDK, or gdb-multiarch.',
  ),
  'show-versions': action('Show which version is in use here'),
  'dial-by-address': {
    title: () => 'Dial the inspector by IP address',
    instruct: ({ address, port }) =>
      `Use ${thePlace(address, port)} with an IP address in place of the name, or send the header "Host: localhost" and put the host back into webSocketDebuggerUrl.`,
  },
  'allow-several-clients': advice(
    'Let the server take more than one client',
    'Start Delve with --accept-multiclient, or use `lldb-server platform --server`. The JVM, gdbserver and rdbg take one client at a time: end the other session first.',
  ),
  'upgrade-debug-server': advice(
    'Update the debugger',
    'Install the current version of the debugger or of its extension. In a server of your own, pass a queue length of at least 1 to listen.',
  ),
  'enable-gevent-support': advice(
    'Switch on gevent support of the debugger',
    'Set GEVENT_SUPPORT=True in the environment ("gevent": true in the launch configuration), and import the debugger before anything is patched. Leave subprocess unpatched, or switch the debugging of subprocesses off.',
  ),
  'exclude-debug-port-from-hook': {
    title: () => 'Exclude the debug port from the redirection',
    instruct: ({ port }) =>
      `Tell the hooking tool to leave localhost and ${thePort(port)} alone, or run the program without it while you debug.`,
  },
  'limit-debug-clients': {
    title: () => 'Let only this machine, or one client, reach the debug port',
    instruct: ({ adapter, port }) => {
      const many = LISTENS_EVERYWHERE[adapter ?? ''];
      if (many !== undefined) return `${many} Otherwise let the firewall close ${thePort(port)} to other machines.`;
      const number = port ?? 'PORT';
      return `Bind the debug server to 127.0.0.1 and reach it from elsewhere with "ssh -L ${number}:127.0.0.1:${number} HOST". If it has to be open, as inside a container, publish it on 127.0.0.1 of the host, or let the firewall admit only the address of the client.`;
    },
  },
} satisfies Partial<Record<RemedyId, RemedyWords>>;
