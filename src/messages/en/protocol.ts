import type { CauseWords } from '../messages.js';
import { inBrackets, thePlace, thePort, theProcess } from './phrases.js';

export const protocolWords = {
  'client-speaks-other-protocol': {
    title: 'The client and the port do not speak the same protocol',
    summary: (args) =>
      `You reach ${theProcess(args, 'the right program')} on ${thePlace(args.host, args.port)}, but it does not speak the protocol of your client there${inBrackets(args.detail)}.`,
    explanation:
      'The port is open and the program is the right one, but the two sides do not understand each other: a browser on a JDWP port, a debugger on the web port, a debug type in the launch configuration that does not fit the server.',
    proofs: [
      'The server or its log shows first bytes of another protocol, such as GET or Content-Length.',
      'The server waits for a handshake that never comes.',
    ],
    lookAlikes: [
      'The port belongs to another program.',
      'The protocol is right and the versions differ.',
      'Nothing is answered at all: the server may be wedged or busy with another client.',
    ],
  },
  'port-answered-by-other-program': {
    title: 'Another program answers on the debug port',
    summary: (args) =>
      `You reach ${thePlace(args.host, args.port)}, but ${theProcess(args, args.detail ?? 'the program there')} is not the debug server.`,
    explanation:
      'That a port is open does not mean that the debugger is behind it. A web server, an older browser or a development server got there first, accepts the connection, and answers something that the client cannot use, or nothing.',
    proofs: [
      'The connection works, and the owner of the port is not a debug server.',
      'An inspector port answers /json/version with JSON; this one does not.',
    ],
    lookAlikes: ['The owner is the right program.', 'A proxy on the way gave the answer.'],
  },
  'legacy-debug-protocol': {
    title: 'One side speaks the old Node debug protocol, the other the inspector protocol',
    summary: ({ line }) =>
      `Node dropped its old debug protocol in version 8; one side still uses it${inBrackets(line)}.`,
    explanation:
      '--debug and protocol "legacy" belong to Node before version 8, --inspect to everything since. They use different ports (5858 and 9229) and cannot talk to each other.',
    proofs: [
      'The runtime is Node before 6.3, or an old Electron, and the client wants the inspector.',
      'Or --debug, or protocol "legacy", is used with Node 8 or later.',
    ],
    lookAlikes: ['Both sides use --inspect: then look at the port.'],
  },
  'versions-incompatible': {
    title: 'The versions of debugger, client and runtime do not fit together',
    summary: ({ line }) =>
      line === undefined
        ? 'The two sides are there, but their versions do not understand each other.'
        : `The two sides are there, but their versions do not fit: ${line}`,
    explanation:
      'Client and server have to be a pair: pydevd-pycharm and the IDE, Playwright and its server, delve and the Go release, gdb and its stub. After an update of one side only, the connection works and the session fails.',
    proofs: [
      'The message names two versions, or the failure began when only one side was updated.',
      'Another version of one side works.',
    ],
    lookAlikes: ['Both versions are the pair that the documentation names: then it is something else.'],
  },
  'host-header-rejected': {
    title: 'The inspector refuses requests that use this host name',
    summary: ({ host, port }) =>
      `The inspector on ${thePort(port)} answers only to an IP address or localhost, and refused ${host === undefined ? 'the name in the request' : `the name ${host}`}.`,
    explanation:
      'As a protection against web pages that rebind names, the DevTools endpoint checks the Host header and accepts only an IP address or localhost. A container name or a DNS name in the URL is refused, though the connection works.',
    proofs: [
      'The request was made with a host name, and the same request with an IP address, or with "Host: localhost", works.',
    ],
    lookAlikes: ['An IP address is refused as well: then it is something else.'],
  },
} satisfies Record<string, CauseWords>;
