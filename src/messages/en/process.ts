import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace, thePort, theProcess } from './phrases.js';
import { leftoverWords } from './process-leftovers.js';

export const processWords = {
  ...leftoverWords,
  'server-not-started': {
    title: 'Nothing was started that listens on this port',
    summary: ({ adapter, host, port }) =>
      adapter === 'xdebug'
        ? `Nothing listens on ${thePlace(host, port)}: the editor is not listening for Xdebug, and PHP, which would call it there, runs on without a debugger.`
        : `Nothing listens on ${thePlace(host, port)}: the debug server was not started, or has ended, so every connection is refused at once.`,
    explanation:
      'The connection reached the machine, and the machine answered that nobody is there. The debug server was not started, has ended, or was started without its debug option. With Xdebug and pydevd it is the editor that has to listen.',
    proofs: [
      'No listener has the port, in no address family and in no network namespace that the client can reach.',
      'The refusal comes at once, and no process of such a server exists.',
    ],
    lookAlikes: [
      'The program runs without its debug option, listens on another port, or in another namespace.',
      'It listens a moment later: the client was too early.',
    ],
  },
  'client-connects-too-early': {
    title: 'The client connects before the server listens',
    summary: ({ host, port }) =>
      `The connection to ${thePlace(host, port)} was refused because the server was still starting; it listened a moment later.`,
    explanation:
      'Start command and attach run side by side, and the client wins the race. Some servers begin to listen only after their first request.',
    proofs: [
      'Refused at first, accepted some seconds later with nothing changed.',
      'The "listening" line of the server comes after the attempt of the client.',
    ],
    lookAlikes: ['It is refused for good: the server was not started, or listens elsewhere.'],
  },
  'startup-slower-than-timeout': {
    title: 'One side gave up because the other was too slow to start',
    summary: ({ detail }) =>
      `The two sides missed each other: one stopped waiting before the other was ready${inBrackets(detail)}.`,
    explanation:
      'Launching a debugger means that several processes wait for each other, each with a time limit. A loaded machine, a slow shell profile, a first run, or a virus scanner is enough to exceed it.',
    proofs: ['The late side does start, and then finds that the other one is gone.'],
    lookAlikes: ['The late side never starts, not even by hand: then it fails for a reason of its own.'],
  },
  'server-crashed-at-start': {
    title: 'The debug server ends before it listens',
    summary: ({ line }) =>
      line === undefined
        ? 'The debug server started and ended again before it opened its port; its own output says why.'
        : `The debug server ended before it opened its port. Its last word was: ${line}`,
    explanation:
      'The process starts and dies of an error that has nothing to do with the network: a file it cannot write, a missing display, a flag that it needs when run as root. The client only sees that nobody is there.',
    proofs: ['The process ends with an error or a signal, and no listener ever appears.'],
    lookAlikes: [
      'The process stays alive: then look at where it listens.',
      'It ends with code 0 because a running instance took over.',
    ],
  },
  'embedded-interpreter-spawns-host': {
    title: 'The debugger starts the host application where it means Python',
    summary: ({ interpreter }) =>
      `${interpreter ?? 'The program that Python names as its own executable'} is not a Python interpreter, so the debugger started a second copy of the application in place of its adapter.`,
    explanation:
      'debugpy starts its adapter with sys.executable. Inside Maya, Blender, Cinema 4D or a frozen program that is the application itself. A second copy of it opens, no adapter ever reports, and listen() times out.',
    proofs: ['sys.executable is no Python, and the host application has a second copy of itself as its child.'],
    lookAlikes: ['sys.executable is a real Python: then load, a firewall, or a port prober is the reason.'],
  },
  'running-instance-absorbs-launch': {
    title: 'A browser that was already running took over the start, and the debug option was lost',
    summary: (args) =>
      `${theProcess(args, 'A browser with the same profile')} was already running: the new start only opened a window there and ended, so nobody listens on ${thePort(args.port)}.`,
    explanation:
      'One profile is used by one browser process. A second start with the same profile hands its page over to the running one and ends without an error. Options such as --remote-debugging-port count only for the first.',
    proofs: [
      'The new process ends at once without an error.',
      'A browser with the same profile runs, and its command line has no debug port, or another one.',
    ],
    lookAlikes: ['No browser was running before.', 'The new process ends with an error.'],
  },
  'orchestrator-probe-kills-paused-process': {
    title: 'A liveness probe restarts the program while it stands at a breakpoint',
    summary: ({ container }) =>
      `While ${container ?? 'the container'} stands at a breakpoint it cannot answer its liveness probe, so the orchestrator takes it for dead and restarts it.`,
    explanation:
      'A program that is stopped by a debugger answers nobody, health checks included. After a few failed checks the orchestrator restarts the container, and the debug session breaks off in the middle of a step.',
    proofs: [
      'The session ends some seconds after a stop, and the restart count grows.',
      'The events of the pod list failed liveness probes.',
    ],
    lookAlikes: [
      'It ends without any stop at a breakpoint: then the program itself, or its memory limit, is the reason.',
    ],
  },
  'debug-server-wedged': {
    title: 'The debug server listens, but will never answer again',
    summary: (args) =>
      `${theProcess(args, 'The debug server')} still accepts connections on ${thePort(args.port)} and says nothing, for good. Most likely something connected and hung up at once, which this server does not survive; only a restart helps.`,
    explanation:
      'A debugpy server greets every connection. When a port checker connects and closes at once, the thread that accepts can die of it: the kernel goes on accepting in its name, and no client ever gets an answer.',
    proofs: [
      'The listener has connections waiting that nobody accepts, its process is not stopped (state S), and no client is attached.',
      'Connections closed by the other side (CLOSE_WAIT) hang on the port, and no greeting comes although this server speaks first.',
    ],
    lookAlikes: [
      'State T: the process is suspended and only has to go on.',
      'A client is attached: the server is busy with it.',
    ],
  },
  'server-not-accepting': {
    title: 'The server is alive but does not accept connections',
    summary: (args) =>
      `${theProcess(args, 'The server')} listens on ${thePort(args.port)} but does not take the connections that wait there${args.used === undefined ? '' : ` (${args.used} of them)`}; the queue is full, so new ones time out.`,
    explanation:
      'The kernel keeps new connections in a queue until the program accepts them. A program that is stuck or busy never does; once the queue is full, further attempts get no answer at all, even from the same machine. It looks exactly like a firewall that drops packets.',
    proofs: [
      'The listener has more waiting connections than its queue holds.',
      'A connection from the same machine times out as well.',
    ],
    lookAlikes: [
      'The queue is empty: look at the firewall.',
      'The process is stopped (state T): a suspended job.',
      'No listener: the server was not started.',
    ],
  },
  'server-continued-without-debugger': {
    title: 'The program runs, but its debugger failed to start',
    summary: (args) =>
      `${theProcess(args, 'The program')} was started with its debug option, could not open ${thePort(args.port)}, and went on without a debugger.`,
    explanation:
      'Node prints one line ("Starting inspector on … failed") and goes on; browsers and some debug servers say nothing at all. The program works, its command line shows the debug option, and yet nobody listens.',
    proofs: ['The command line of a running process asks for the port, and the process has no socket on it.'],
    lookAlikes: ['The process listens on another port: then the numbers differ.'],
  },
} satisfies Record<string, CauseWords>;
