import { expect, it } from 'vitest';
import check from '../../checks/debug-option-stands-before-the-program.js';
import type { MisplacedDebugOption } from '../../src/model/facts.js';
import type { Target } from '../../src/model/target.js';
import {
  answered,
  attach,
  failed,
  firstArgs,
  launch,
  network,
  process,
  REMOTE,
  resolution,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

function misplaced(changes: Partial<MisplacedDebugOption> = {}): Seen {
  const option: MisplacedDebugOption = {
    adapter: 'node',
    option: '--inspect=5678',
    port: 5678,
    process: process({ name: 'node', command: ['node', 'app.js', '--inspect=5678'] }),
    ...changes,
  };
  return {
    'debug-servers': { servers: [], misplaced: [option], someHidden: false },
    connection: failed('ECONNREFUSED'),
    'port-sockets': sockets(),
  };
}

const NODE = attach({ adapter: 'node' });
const FOUND = 'debug-flag-not-applied certain';

it.each<readonly [string, Seen, Target, string]>([
  ['a running program', misplaced(), NODE, FOUND],
  ['a program with another port', misplaced({ port: 9229 }), NODE, 'pass'],
  ['a program of another runtime', misplaced({ adapter: 'jdwp' }), NODE, 'pass'],
  ['a port that somebody else has', { ...misplaced(), 'port-sockets': sockets(socket('127.0.0.1')) }, NODE, 'pass'],
  ['an answer', { ...misplaced(), connection: answered('127.0.0.1', { answeredBy: 'node' }) }, NODE, 'pass'],
  ['no such program', { 'debug-servers': { servers: [], someHidden: false } }, NODE, 'pass'],
  [
    'another machine',
    { ...misplaced(), resolution: resolution([REMOTE]), 'local-network': network() },
    NODE,
    'unknown',
  ],
  ['unseen processes', { connection: failed('ECONNREFUSED') }, NODE, 'unknown'],
  ['a command to be launched', misplaced({ process: null, port: 9229 }), launch({ adapter: 'node' }), FOUND],
  ['a launch beside such a program', misplaced(), launch({ adapter: 'node' }), 'pass'],
])('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it('names the option and the process', () => {
  expect(firstArgs(check, misplaced(), NODE)).toMatchObject({ detail: '--inspect=5678', pid: 4000, port: 5678 });
});
