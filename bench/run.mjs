// Prints how long the doctor takes, as ratios to a bare start of Node.js, to ss and to lsof in the same run.
// usage: npm run bench -- [--quick]        --quick: few rounds, and no load of sockets and processes
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { endAll, start, startQuietly } from './children.mjs';
import { isInstalled, measure } from './measure.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CLI = join(ROOT, 'dist/cli.cjs');
const OWNER = join(tmpdir(), `debug-doctor-bench-${process.pid}.cjs`);
const PYTHON = '/usr/bin/python3';
const FIRST_PORT = 17610;
const [NODE_PORT, DEBUGPY_PORT, CLOSED_PORT, TAKEN_PORT, HELD_PORT] = [0, 1, 2, 3, 4].map((n) => FIRST_PORT + n);
const HOLDERS = 4;
const CONNECTIONS = 2500;
const PROCESSES = 500;
/** Younger servers are given time to get ready, which says nothing about the doctor. */
const STARTED_MS = 6500;

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 3 : 21;
const doctor = (...args) => [process.execPath, CLI, ...args];

function peers() {
  return {
    'node -e 0': { argv: [process.execPath, '-e', '0'] },
    ...(isInstalled('ss') ? { 'ss -ltnp': { argv: ['ss', '-ltnp'] } } : {}),
    ...(isInstalled('lsof') ? { 'lsof -iTCP': { argv: ['lsof', '-nP', `-iTCP:${TAKEN_PORT}`] } } : {}),
  };
}

function ownerPrograms() {
  return {
    'owner look-up alone': { argv: [process.execPath, OWNER, String(TAKEN_PORT)] },
    'check, port taken': {
      argv: doctor('check', String(TAKEN_PORT), '--request', 'launch', '--adapter', 'tcp'),
      exitCodes: [1],
    },
  };
}

function idlePrograms(hasDebugpy) {
  const attach = (port, adapter) => doctor('check', `127.0.0.1:${port}`, '--adapter', adapter);
  return {
    ...peers(),
    '--version': { argv: doctor('--version') },
    '--help': { argv: doctor('--help') },
    'check, healthy node': { argv: attach(NODE_PORT, 'node') },
    ...(hasDebugpy ? { 'check, healthy debugpy': { argv: attach(DEBUGPY_PORT, 'debugpy') } } : {}),
    'check, nothing listens': { argv: attach(CLOSED_PORT, 'debugpy'), exitCodes: [1] },
    ...ownerPrograms(),
  };
}

/** Rows of name, milliseconds, and the ratio to each peer that is installed. */
function printTable(title, medians) {
  const names = Object.keys(peers());
  const width = Math.max(...Object.keys(medians).map((name) => name.length));
  console.log(`\n${title}`);
  console.log(['what'.padEnd(width), 'ms'.padStart(7), ...names.map((name) => `× ${name}`.padStart(12))].join('  '));
  for (const [name, milliseconds] of Object.entries(medians)) {
    const ratios = names.map((peer) => (milliseconds / medians[peer]).toFixed(2).padStart(12));
    console.log([name.padEnd(width), milliseconds.toFixed(1).padStart(7), ...ratios].join('  '));
  }
}

async function startServers() {
  await start(
    process.execPath,
    [`--inspect=127.0.0.1:${NODE_PORT}`, '-e', 'setTimeout(() => {}, 300_000)'],
    'listening',
  );
  await start(
    process.execPath,
    ['-e', `require('net').createServer().listen(${TAKEN_PORT}, '127.0.0.1', () => console.log('ready'))`],
    'ready',
  );
  try {
    const program = 'print("ready", flush=True); import time; time.sleep(300)';
    await start(PYTHON, ['-m', 'debugpy', '--listen', `127.0.0.1:${DEBUGPY_PORT}`, '-c', program], 'ready');
    await setTimeout(STARTED_MS);
    return true;
  } catch (error) {
    console.log(`left out: check of debugpy (${error.message.split('\n')[0]})`);
    return false;
  }
}

async function startLoad() {
  for (let index = 0; index < PROCESSES; index += 1) startQuietly('sleep', ['300']);
  const hold = join(import.meta.dirname, 'hold-sockets.mjs');
  for (let index = 0; index < HOLDERS; index += 1) {
    await start(process.execPath, [hold, String(HELD_PORT + index), String(CONNECTIONS)], 'ready');
  }
  const sockets = readFileSync('/proc/net/tcp', 'utf8').split('\n').length;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
  return `with ${sockets} sockets and ${processes} processes`;
}

async function main() {
  await build({
    entryPoints: [join(import.meta.dirname, 'find-owner.ts')],
    outfile: OWNER,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // Not needed to find an owner.
    external: ['execa', 'systeminformation', 'zod', 'jsonc-parser'],
    define: { __VERSION__: '"bench"' },
    logLevel: 'error',
  });
  const hasDebugpy = await startServers();
  printTable(`idle, median of ${rounds} rounds`, measure(idlePrograms(hasDebugpy), rounds));
  if (isQuick) return;
  const load = await startLoad();
  printTable(`${load}, median of ${rounds} rounds`, measure({ ...peers(), ...ownerPrograms() }, rounds));
}

try {
  await main();
} finally {
  await endAll();
  rmSync(OWNER, { force: true });
}
