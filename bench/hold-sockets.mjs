// Holds a number of connections to itself: two sockets each, as a busy machine has them.
// usage: node bench/hold-sockets.mjs PORT CONNECTIONS
import { connect, createServer } from 'node:net';

const [port, wanted] = process.argv.slice(2).map(Number);
const BATCH = 100;
const sockets = [];

/** A connection that is reset leaves no TIME_WAIT behind, which would burden the machine for another minute. */
function end() {
  for (const socket of sockets) socket.resetAndDestroy();
  setTimeout(() => process.exit(0), 100);
}

process.once('SIGTERM', end);
// Should the benchmark be killed.
setTimeout(end, 300_000);

const server = createServer((socket) => socket.on('error', () => {}));
await new Promise((resolve) => {
  server.listen({ port, host: '127.0.0.1', backlog: 511 }, resolve);
});
for (let held = 0; held < wanted; held += BATCH) {
  const batch = Array.from({ length: BATCH }, () => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
  });
  await Promise.all(batch);
}
console.log('ready');
