import type { CauseWords } from '../messages.js';
import { inBrackets, thePort, theProcess } from './phrases.js';

/** ` (1019 of 1024)`, or nothing. */
function usage(used: number | undefined, limit: number | undefined): string {
  return used === undefined || limit === undefined ? '' : inBrackets(`${used} of ${limit}`);
}

export const resourcesWords = {
  'ephemeral-ports-exhausted': {
    title: 'This machine has no local port left for outgoing connections',
    summary: ({ used, limit }) =>
      `Every outgoing connection needs a local port of its own, and all of them are in use${usage(used, limit)}; it makes no difference which server is dialled.`,
    explanation:
      'Local ports come from a range of some ten thousand numbers, and each stays in use for about a minute after its connection ended. A program that opens a connection for every request, or never closes any, uses them up for everybody.',
    proofs: [
      'The error comes when connecting, to any server.',
      'The number of sockets is close to the size of the dynamic range.',
    ],
    lookAlikes: ['The error comes from listening on a fixed port: an ordinary conflict.', 'There are few sockets.'],
  },
  'file-descriptors-exhausted': {
    title: 'The process has no file descriptor left',
    summary: (args) =>
      `${theProcess(args, 'The process')} has as many files and sockets open as it may${usage(args.used, args.limit)}, so it cannot accept or open another connection.`,
    explanation:
      'Every socket and file takes a descriptor, and their number is limited per process. At the limit accepting, connecting and even looking up a name fail, and some programs report that as a refused connection or an unknown name.',
    proofs: [
      'The number of open descriptors is at the soft limit of the process.',
      'The error is EMFILE (24), or a client is cut off right after it connected.',
    ],
    lookAlikes: ['Far fewer descriptors are open than the limit allows.'],
  },
  'server-connection-limit-reached': {
    title: 'The server takes no more connections',
    summary: ({ port, used, limit }) =>
      `The server on ${thePort(port)} has as many connections as it allows${usage(used, limit)} and turns new ones away.`,
    explanation:
      'Databases, sshd and some debug servers limit their connections. A program that opens a new one on each hot reload, or sessions that nobody closed, fill the places.',
    proofs: [
      'The server says so ("too many clients", "Too many connections"), or closes new connections while old ones stay.',
    ],
    lookAlikes: ['New connections work while the old ones exist.'],
  },
  'disk-full': {
    title: 'There is no space left where the server must write',
    summary: ({ directory, file }) =>
      `${directory ?? file ?? 'The folder of the log or of the temporary files'} is on a file system that is full, so the server cannot write there.`,
    explanation:
      'A debug server writes logs, compiled code and temporary files. Without space, or without inodes, it ends, and its message about that has no place to go either.',
    proofs: ['The file system has no free blocks or no free inodes, or writing gives ENOSPC (28) or EDQUOT.'],
    lookAlikes: ['The error is EACCES or EROFS: a question of rights.'],
  },
} satisfies Record<string, CauseWords>;
