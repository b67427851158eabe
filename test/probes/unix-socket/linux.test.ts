import { expect, it } from 'vitest';
import { parseListeningInode } from '../../../src/probes/unix-socket/linux.js';

// As the kernel wrote it on Debian 12: a stream listener, a datagram socket, a client, and a path with a space.
const TABLE = `Num       RefCount Protocol Flags    Type St Inode Path
000000001591b8e1: 00000003 00000000 00000000 0001 03  1141
00000000a96d8181: 00000002 00000000 00010000 0001 01 124486 /run/debug.sock
00000000b75cbfdf: 00000003 00000000 00000000 0001 03  1142 /run/debug.sock
00000000c75cbfdf: 00000002 00000000 00000000 0002 01  1143 /run/log.sock
00000000d75cbfdf: 00000002 00000000 00010000 0001 01  1144 /run/my debug.sock
00000000e75cbfdf: 00000002 00000000 00010000 0001 01  1145 @/run/abstract.sock
`;

it.each([
  ['/run/debug.sock', 124_486],
  ['/run/my debug.sock', 1144],
  ['/run/log.sock', null],
  ['/run/abstract.sock', null],
  ['/run/debug', null],
  ['debug.sock', null],
  ['', null],
])('%j is listened on by inode %s', (path, inode) => {
  expect(parseListeningInode(TABLE, path)).toBe(inode);
});
