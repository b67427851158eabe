import { describe, expect, it } from 'vitest';
import type { Observations } from '../../src/engine/evaluate.js';
import { symptomOf } from '../../src/engine/symptom.js';
import { observed, unavailable } from '../../src/model/observation.js';
import type { Target } from '../../src/model/target.js';
import {
  attach,
  attempt,
  bind,
  connection,
  failed,
  hit,
  launch,
  notTried,
  resolution,
  timedOut,
  type Seen,
} from '../checks/facts.js';

function seen(facts: Seen): Observations {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, observed(value)]));
}

const NO_TOOL = { command: 'python3', found: null, others: [], toolchain: null, canInstall: false };
const NO_DEBUGGER = {
  ...NO_TOOL,
  found: { path: '/usr/bin/python3', version: '3.11', hasDebugger: false, debuggerVersion: null },
};
const HAS = { ...NO_TOOL, found: { ...NO_DEBUGGER.found, hasDebugger: true } };
const UNKNOWN_NAME = resolution([], { host: 'devbox', literal: false, errorCode: 'ENOTFOUND' });

describe('the symptom', () => {
  it.each<[string, Seen, Target, string | null, number | null]>([
    ['a refusal', { connection: failed('ECONNREFUSED') }, attach(), 'connection-refused', 111],
    ['no route', { connection: failed('ENETUNREACH') }, attach(), 'network-unreachable', 101],
    ['silence', { connection: timedOut() }, attach(), 'timed-out', 110],
    [
      'the last of two addresses',
      { connection: connection(attempt('::1', { outcome: 'timed-out' }), ...failed('ECONNREFUSED').attempts) },
      attach(),
      'connection-refused',
      111,
    ],
    [
      'another answer',
      { connection: connection(attempt('127.0.0.1', { answeredBy: 'http' })) },
      attach(),
      'unexpected-answer',
      null,
    ],
    [
      'the wanted answer',
      { connection: connection(attempt('127.0.0.1', { answeredBy: 'debugpy' })) },
      attach(),
      null,
      null,
    ],
    [
      'an accepted connection without an answer',
      { connection: connection(attempt('127.0.0.1')) },
      attach(),
      'timed-out',
      null,
    ],
    [
      'a connection that was closed',
      { connection: connection(attempt('127.0.0.1', { closedByPeer: true })) },
      attach(),
      'closed-without-answer',
      null,
    ],
    [
      'a connection that says nothing anyway',
      { connection: connection(attempt('127.0.0.1', { answerExpected: false })) },
      attach(),
      null,
      null,
    ],
    ['a server that was not dialled', { connection: notTried() }, attach(), null, null],
    ['an unknown name', { resolution: UNKNOWN_NAME }, attach(), 'name-not-resolved', -2],
    ['a taken port', { bind: bind('EADDRINUSE'), 'launch-tool': HAS }, launch(), 'address-in-use', 98],
    ['a forbidden port', { bind: bind('EACCES') }, launch(), 'permission-denied', 13],
    ['a free port', { bind: bind(null), 'launch-tool': HAS }, launch(), null, null],
    ['a missing interpreter', { bind: bind(null), 'launch-tool': NO_TOOL }, launch(), 'dependency-missing', 2],
    [
      'a missing debugger',
      { bind: bind('EADDRINUSE'), 'launch-tool': NO_DEBUGGER },
      launch(),
      'dependency-missing',
      null,
    ],
    [
      'a taken port before a guessed interpreter',
      { bind: bind('EADDRINUSE'), 'launch-tool': NO_DEBUGGER },
      launch({ command: [] }),
      'address-in-use',
      98,
    ],
    ['what the user saw', { 'server-logs': { files: [], hits: [hit()] } }, attach(), 'address-in-use', 98],
    [
      'a refusal before what the user saw',
      { connection: failed('ECONNREFUSED'), 'server-logs': { files: [], hits: [hit()] } },
      attach(),
      'connection-refused',
      111,
    ],
    [
      'a symptom that is not in the list',
      { 'server-logs': { files: [], hits: [hit({ symptom: 'bad-weather' })] } },
      attach(),
      null,
      null,
    ],
  ])('of %s', (_, facts, target, id, number) => {
    const symptom = symptomOf(seen(facts), target, 'linux');
    expect([symptom?.id ?? null, symptom?.errno?.number ?? null]).toEqual([id, number]);
  });

  it('has the number of the platform', () => {
    const observations = seen({ connection: failed('ECONNREFUSED') });
    expect(symptomOf(observations, attach(), 'darwin')?.errno).toEqual({ name: 'ECONNREFUSED', number: 61 });
    expect(symptomOf(observations, attach(), 'win32')?.errno).toEqual({ name: 'WSAECONNREFUSED', number: 10_061 });
  });

  it('is none when nothing was seen', () => {
    expect(symptomOf({ connection: unavailable('timed-out') }, attach(), 'linux')).toBeNull();
  });
});
