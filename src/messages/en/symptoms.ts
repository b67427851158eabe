import type { SymptomId } from '../../model/symptom.js';
import type { SymptomWords } from '../messages.js';

export const symptomWords: Readonly<Record<SymptomId, SymptomWords>> = {
  'address-in-use': {
    title: 'Address already in use',
    meaning:
      'The server could not listen: somebody has that address and port, that socket path or that published port.',
  },
  'permission-denied': {
    title: 'Permission denied',
    meaning: 'The system, a policy or a remote server refused the right to listen, connect, forward, open or start.',
  },
  'address-not-available': {
    title: 'Address not available',
    meaning: 'The address to listen on or to connect from cannot be used on this machine.',
  },
  'address-family-not-supported': {
    title: 'Address family not supported',
    meaning: 'The system cannot open a socket of that family, nearly always IPv6.',
  },
  'name-not-resolved': {
    title: 'Name not resolved',
    meaning: 'A host name could not be turned into an address.',
  },
  'invalid-argument': {
    title: 'Setting or socket operation not accepted',
    meaning: 'An option, address, port or kind of socket was refused as such, before any other machine was involved.',
  },
  'path-too-long': {
    title: 'Socket path too long',
    meaning: 'The path of the Unix socket does not fit into its address: 107 bytes on Linux, 103 on macOS.',
  },
  'connection-refused': {
    title: 'Connection refused',
    meaning: 'The other end answered at once that nothing accepts connections at that address and port.',
  },
  'timed-out': {
    title: 'Timed out',
    meaning: 'No answer came in time: to an attempt to connect, or on an open connection.',
  },
  'host-unreachable': {
    title: 'No route to host',
    meaning: 'This system, a router or a rejecting firewall reported that the host cannot be reached.',
  },
  'network-unreachable': {
    title: 'Network unreachable',
    meaning: 'No route and no interface leads to the network of the address.',
  },
  'connection-reset': {
    title: 'Connection reset',
    meaning: 'An open connection was torn down by the other end or by something in between.',
  },
  'closed-without-answer': {
    title: 'Closed without an answer',
    meaning: 'The connection was accepted and then closed in order, before anything useful was said.',
  },
  'unexpected-answer': {
    title: 'Unexpected answer',
    meaning: 'Something answered, but not what was needed: another protocol, another version, an error page.',
  },
  'no-client-connected': {
    title: 'Nobody connected',
    meaning: 'A server opened its port and waited, and the one that should have called did not come in time.',
  },
  'process-not-attachable': {
    title: 'Process cannot be attached to',
    meaning: 'The debugger could not take control of a running process, or may not trace at all.',
  },
  'dependency-missing': {
    title: 'Something needed is missing',
    meaning: 'A module, program, file or kernel table that the start needs is not there or cannot be run.',
  },
  'resource-exhausted': {
    title: 'Resource exhausted',
    meaning: 'A limit is used up: descriptors, local ports, buffers, address pools or places for clients.',
  },
  'server-exited': {
    title: 'The server or program ended',
    meaning: 'The debug server, its helper, the browser or the program to debug ended, or did not start at all.',
  },
  'socket-file-missing': {
    title: 'Socket file missing',
    meaning: 'The Unix socket that the client was told to use does not exist.',
  },
  'already-running': {
    title: 'Said to be running already',
    meaning: 'A lock, a pid file or the program itself claims that the server runs already.',
  },
  'reason-not-stated': {
    title: 'Failure without a reason',
    meaning: 'The program says that it could not listen, connect or attach, and not why.',
  },
  'no-error-printed': {
    title: 'No error in the text',
    meaning: 'The lines, if there are any, report no failure; the fault shows from outside only.',
  },
};
