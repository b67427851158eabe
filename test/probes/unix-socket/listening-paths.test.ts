import { expect, it } from 'vitest';
import { parseListeningPaths } from '../../../src/probes/unix-socket/listening-paths.js';

const TABLE = `Num       RefCount Protocol Flags    Type St Inode Path
00000000ddcff351: 00000002 00000000 00010000 0001 01 1781177 /tmp/a socket
00000000677b85eb: 00000003 00000000 00000000 0001 03 1781178 /tmp/connected
00000000677b85ec: 00000002 00000000 00010000 0001 01 1781179
nonsense`;

it('tells listening sockets with a path from all others', () => {
  expect([...parseListeningPaths(TABLE)]).toEqual([[1_781_177, '/tmp/a socket']]);
});

it('finds nothing in an empty table', () => {
  expect(parseListeningPaths('').size).toBe(0);
});
