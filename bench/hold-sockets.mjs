// Holds a number of connections to itself: two sockets each, as a busy machine has them. Ends with its parent's pipe, or by itself.
// usage: node bench/hold-sockets.mjs PORT CONNECTIONS
import { connect, createServer } from 'node:net';

const [port, wanted] = process.argv.slice(2).map(Number);
const BATCH = 100;

const server = createServer({ backlog: 511 });
await new Promise((resolve) => {
  server.listen(port, '127.0.0.1', resolve);
});
for (let held = 0; held < wanted; held += BATCH) {
  const batch = Array.from({ length: BATCH }, () => {
    const socket = connect(port, '127.0.0.1');
    return new Promise((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
  });
  await Promise.all(batch);
}
console.log('ready');
setTimeout(() => process.exit(0), 300_000);
