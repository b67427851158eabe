import type { CauseWords } from '../messages.js';
import { theHolder } from './holder.js';
import { thePlace, thePort, theProcess } from './phrases.js';
import { portHolderWords } from './port-holders.js';

export const portWords = {
  ...portHolderWords,
  'overlapping-bind-address': {
    title: 'A listener on an overlapping address holds the port',
    summary: (args) => {
      const wanted = args.address ?? args.host;
      return `${theHolder(args, 'Another program')} listens on ${args.otherAddress === undefined ? `${thePort(args.port)} of an overlapping address` : thePlace(args.otherAddress, args.port)}, and ${wanted === undefined ? 'the wanted address' : thePlace(wanted, args.port)} is not free beside it: one of the two takes in the other.`;
    },
    explanation:
      'A wildcard address takes the port on every address of its family, and [::] usually on IPv4 as well. So a server on 0.0.0.0 blocks one on 127.0.0.1, and one on 127.0.0.1 blocks one on 0.0.0.0, though the addresses look different.',
    proofs: [
      'The listener that exists is on another address than the wanted one, and one of the two is a wildcard.',
      'Binding the same port on one free, specific address works.',
    ],
    lookAlikes: ['The busy address is exactly the wanted one: an ordinary conflict.'],
  },
  'two-servers-share-one-port': {
    title: 'Two servers listen on the same port, and only one of them gets your connection',
    summary: (args) =>
      `${theProcess(args, 'One server')} and a second server both listen on ${thePort(args.port)}, on different addresses; which one answers depends on the address that is dialled.`,
    explanation:
      'One listens on 127.0.0.1 and the other on [::1], or one on a single address and the other on all of them. Nobody gets an error: the client simply talks to the wrong server, often an older run. Windows even lets two programs listen on exactly the same address.',
    proofs: ['Two listeners with different owners exist on one port.', '127.0.0.1 and [::1] give different answers.'],
    lookAlikes: ['There is one listener, or several that one program opened itself.'],
  },
  'two-servers-configured-for-same-port': {
    title: 'Two servers of yours are set to the same port',
    summary: (args) =>
      `${theProcess(args, 'Another server of yours')} already uses ${thePort(args.port)}, and the one you start is set to the same number.`,
    explanation:
      'Both servers are wanted at the same time, and both use the default port or a copied setting: two applications, two compose mappings, two launch configurations, the same remote forward in two ssh sessions. The second to start loses.',
    proofs: ['The owner is a server of your own that is in use, and its configuration names the same port.'],
    lookAlikes: [
      'Both are workers of one application: then one debug port is opened several times.',
      'The first one is an earlier run that nobody needs any more.',
    ],
  },
  'secondary-port-in-use': {
    title: 'The port you asked for is free, but a second port of the server is taken',
    summary: (args) =>
      `The server opens more than one port, and ${args.port === undefined ? 'one of the others' : `another one of them, ${args.port},`} is held by ${theHolder(args, 'another program')}.`,
    explanation:
      'Some servers open several ports: OpenOCD adds telnet on 4444 and tcl on 6666, Tomcat a shutdown port on 8005, a Java program JMX beside JDWP. A second instance gets its main port and fails on one of these.',
    proofs: ['The error names another port than the configured one, and that other port has a listener.'],
    lookAlikes: ['The busy port is the configured one: an ordinary conflict.'],
  },
  'fixed-port-in-ephemeral-range': {
    title: 'The port is in use as the local end of an outgoing connection',
    summary: (args) =>
      `Nobody listens on ${thePort(args.port)}, but a connection of ${theProcess(args, 'some program')} has it as its local port: the number lies in the range from which the system takes ports for outgoing connections.`,
    explanation:
      'For each outgoing connection the system picks a free local port from its dynamic range (from 32768 on Linux, from 49152 on macOS and Windows). A fixed server port from that range is taken every now and then, for as long as that connection lives.',
    proofs: [
      'No listener exists, a connection that is open has this local port, and the port lies in the dynamic range.',
      'A connection whose two ends are equal: a client that tried its own closed port again and again reached itself.',
    ],
    lookAlikes: ['A listener exists.', 'Only TIME_WAIT entries are left: they go by themselves.'],
  },
  'port-in-time-wait': {
    title: 'Connections that just ended still block the port',
    summary: ({ port, used }) =>
      `Nobody listens on ${thePort(port)}${used === undefined ? '' : `; ${used} ended connections wait there`}. The system keeps ended connections for about a minute (TIME_WAIT), and this server does not ask to listen beside them.`,
    explanation:
      'The side that closes a connection keeps it in TIME_WAIT for a while, so that late packets find nobody else. On Unix a server that sets SO_REUSEADDR can listen all the same, and most debug servers do; one that does not must wait.',
    proofs: [
      'No listener exists, and connections in TIME_WAIT have this local port.',
      'After about a minute the same start works (on Windows it takes longer).',
    ],
    lookAlikes: ['A listener exists.', 'It still fails after several minutes: then something else holds the port.'],
  },
  'free-port-taken-before-bind': {
    title: 'The port was free when it was chosen, and taken when it was used',
    summary: ({ port }) =>
      `The program looked for a free port, let it go again and came too late: another program took ${thePort(port)} in between.`,
    explanation:
      'Between the test and the real bind the port belongs to nobody. With several starts at the same time (tests, workers, CI jobs) two of them find the same port free. It fails rarely, and on another number each time.',
    proofs: ['The failures are rare, come with parallel starts, and name ever different ports.'],
    lookAlikes: ['The same fixed port fails every time: somebody holds it.'],
  },
  'stale-unix-socket-file': {
    title: 'A socket file is left over, and nobody listens on it',
    summary: ({ socketPath, file }) =>
      `${socketPath ?? file ?? 'The socket file'} still exists, but the server that made it is gone: connections to it are refused, and a new server cannot take its place.`,
    explanation:
      'A Unix socket is a file that outlives its server when the server is killed. A client that connects to it is refused, and a new server gets "address already in use", since the name is taken.',
    proofs: ['The path is a socket, connecting to it is refused, and no process holds it.'],
    lookAlikes: [
      'Connecting works, or a process holds it: the server is alive.',
      'The path is an ordinary file: connecting to it is refused in the same way.',
    ],
  },
  'bound-but-not-listening': {
    title: 'A program has reserved the port but does not listen on it',
    summary: ({ port, host, address }) =>
      `Nothing can be bound to ${thePlace(address ?? host, port)}, yet no socket with that port is listed: a program has bound it and never begun to listen, and such a socket shows in no table.`,
    explanation:
      'A program can bind a port and not listen: it crashed half-way, it waits, or it keeps the number for later. The system counts the port as taken, a client is refused, and the usual tools (ss, netstat, lsof) show nothing.',
    proofs: ['Binding gives "address in use", connecting is refused, and no listed socket has this local port.'],
    lookAlikes: ['A listening, connected or TIME_WAIT socket has this local port: then that one is the reason.'],
  },
} satisfies Record<string, CauseWords>;
