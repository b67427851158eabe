import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace, thePort, theProcess } from './phrases.js';

export const sessionWords = {
  'single-client-server-used-up': {
    title: 'The server takes one client only, and another one was first',
    summary: (args) =>
      `${theProcess(args, 'The debug server')} serves one client at a time on ${thePort(args.port)}, and something else has connected before you${inBrackets(args.clientAddress === undefined ? undefined : `from ${args.clientAddress}`)}.`,
    explanation:
      'Many debug servers accept a single connection: dlv without --accept-multiclient, a Java agent, gdbserver. An editor that forwards ports, a health check or curl is enough to use it up; some servers close their listener for ever, some end.',
    proofs: [
      'A client is connected to the port, or the log shows an accept and a disconnect before the real client.',
      'After a new start, with nothing else connecting, it works.',
    ],
    lookAlikes: ['Nobody connected before.', 'No client is attached and nothing answers: the server is wedged.'],
  },
  'listen-backlog-too-small': {
    title: 'The queue of the listener is too short, and connections fail by chance',
    summary: ({ port }) =>
      `The server on ${thePort(port)} allows no connection to wait, so one that comes at the same moment as another is lost.`,
    explanation:
      'A listener with a queue of 0 holds hardly one connection. When two arrive together (parent and child process, a probe and the client), one is refused or times out. Early debugpy releases did this.',
    proofs: ['The listener exists with a queue length of 0, and a second connection at the same moment fails.'],
    lookAlikes: ['The queue length is 1 or more: then the server does not accept, or a firewall is in the way.'],
  },
  'monkey-patched-sockets': {
    title: 'gevent or eventlet replaced the sockets of the debugger',
    summary: ({ detail }) =>
      `The program patches sockets and threads${inBrackets(detail)}, those of the debugger included, and the debugger stands still.`,
    explanation:
      'Monkey patching replaces sockets and threads of the whole process with cooperative ones. The threads of the debugger then wait for a turn that never comes, and the connection is silent.',
    proofs: [
      'The thread of the debugger stands in gevent or eventlet code.',
      'Without the patching the debugger answers.',
    ],
    lookAlikes: ['No such library is loaded.'],
  },
  'socket-hook-intercepts-loopback': {
    title: 'A library in the process redirects its local connections',
    summary: ({ detail }) =>
      `A layer that is hooked into the process${inBrackets(detail)} redirects its connections, those of the debugger to this machine too.`,
    explanation:
      'Tools such as mirrord preload a library that sends network calls somewhere else, for instance into a cluster. Connections between the program and its debugger belong on this machine and get lost there.',
    proofs: [
      'A preloaded library (LD_PRELOAD, DYLD_INSERT_LIBRARIES) is mapped into the process.',
      'The same connection from a process without it works.',
    ],
    lookAlikes: ['No such library is mapped.'],
  },
  'debug-port-exposed': {
    title: 'The debug port can be reached from other machines',
    summary: (args) =>
      `${theProcess(args, 'The debug server')} listens on ${thePlace(args.address ?? args.host, args.port)}, and whoever can connect there can run any code as ${args.user === undefined ? 'the user of that process' : args.user}.`,
    explanation:
      'Debug protocols know no password worth the name: a connection is enough to read memory and to run code. A wildcard or routable address offers that to the whole network, unless a firewall limits who may come.',
    proofs: ['The listener is on a wildcard or routable address, and no firewall rule limits who may connect.'],
    lookAlikes: ['It is bound to loopback, or only named addresses are let in.'],
  },
} satisfies Record<string, CauseWords>;
