import { expect, it } from 'vitest';
import check from '../../checks/debug-options-belong-to-one-process.js';
import type { DebugServer, InheritedOptions } from '../../src/model/facts.js';
import type { Target } from '../../src/model/target.js';
import {
  attach,
  firstArgs,
  hit,
  identity,
  launch,
  process,
  server,
  socket,
  sockets,
  verdict,
  type Seen,
} from './facts.js';

const OPTION = { variable: 'NODE_OPTIONS', option: '--inspect=5678', adapter: 'node', port: 5678 } as const;
const NONE: InheritedOptions = { options: [], launcher: null };
const SET: InheritedOptions = { options: [OPTION], launcher: null };
const NPM: InheritedOptions = { options: [OPTION], launcher: { program: 'npm', option: OPTION } };

const parent = (pid: number) => ({ pid, name: 'node', command: [] });
const told = { adapter: 'node', role: 'server', variable: 'NODE_OPTIONS', program: null } as const;
const HOLDER = server({ ...told, process: process({ pid: 50, ppid: 9, parents: [parent(9)] }) });
const loser = (ppid: number, parents: readonly number[], changes: Partial<DebugServer> = {}): DebugServer =>
  server({
    ...told,
    listens: [],
    process: process({ pid: 60, ppid, parents: parents.map((pid) => parent(pid)) }),
    ...changes,
  });
const CHILD = loser(50, [50, 9]);

const node: Partial<Target> = { adapter: 'node' };
const given: Partial<Target> = { ...node, source: { kind: 'argument', text: '5678' } };

function seen(holder: DebugServer, others: readonly DebugServer[] | null, inherited = NONE): Seen {
  return {
    'inherited-options': inherited,
    'port-sockets': sockets(socket('127.0.0.1', {}, { server: holder, processes: [holder.process] })),
    ...(others === null ? {} : { 'debug-servers': { servers: [holder, ...others], someHidden: false } }),
    identity: identity(),
  };
}

const FREE: Seen = { 'inherited-options': NONE, 'port-sockets': sockets(), identity: identity() };
const FOUND = 'debug-options-inherited-by-child certain';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['a child without its debugger', seen(HOLDER, [CHILD]), attach(node), FOUND],
  [
    'a parent without its debugger',
    seen(server({ ...HOLDER, process: CHILD.process }), [{ ...HOLDER, listens: [] }]),
    attach(node),
    FOUND,
  ],
  ['a sibling without its debugger', seen(HOLDER, [loser(9, [9])]), attach(node), FOUND],
  [
    'a child of a process with the option in its command line',
    seen({ ...HOLDER, variable: null }, [CHILD]),
    attach(node),
    FOUND,
  ],
  ['a program of another tree', seen(HOLDER, [loser(7, [7])]), attach(node), 'pass'],
  [
    'children of pid 1',
    seen(server({ ...HOLDER, process: process({ pid: 50, ppid: 1 }) }), [loser(1, [])]),
    attach(node),
    'pass',
  ],
  ['a child that was told by its command line', seen(HOLDER, [{ ...CHILD, variable: null }]), attach(node), 'pass'],
  [
    'a child that listens, as workers of a cluster do',
    seen(HOLDER, [{ ...CHILD, listens: [{ address: '127.0.0.1', family: 4, port: 5679 }] }]),
    attach(node),
    'pass',
  ],
  ['a child whose sockets may not be seen', seen(HOLDER, [{ ...CHILD, listens: null }]), attach(node), 'pass'],
  ['a child that was told to take another port', seen(HOLDER, [{ ...CHILD, wantedPort: 5679 }]), attach(node), 'pass'],
  [
    'a child that was told to take another address',
    seen(HOLDER, [{ ...CHILD, wantedHost: '10.0.0.9' }]),
    attach(node),
    'pass',
  ],
  ['one process alone', seen(HOLDER, []), attach(node), 'pass'],
  ['relatives that were not looked at', seen(HOLDER, null), attach(node), 'unknown'],
  [
    'relatives of a server that nobody told by a variable',
    seen({ ...HOLDER, variable: null }, null),
    attach(node),
    'pass',
  ],
  ['another debugger', seen(HOLDER, [CHILD]), attach({ adapter: 'jdwp' }), 'pass'],
  ['a free port', FREE, attach(node), 'pass'],
  ['unseen sockets', { 'inherited-options': NONE }, attach(node), 'unknown'],
  ['npm with the option in the environment', { ...FREE, 'inherited-options': NPM }, launch(given), FOUND],
  [
    'npm with the option for another port than the one that was named',
    { ...FREE, 'inherited-options': NPM },
    launch({ ...given, port: 9229 }),
    'pass',
  ],
  [
    'npm with the option, and no port named',
    { ...FREE, 'inherited-options': NPM },
    launch({ ...node, port: 9229 }),
    FOUND,
  ],
  ['npm with the option of another debugger', { ...FREE, 'inherited-options': NPM }, launch(), 'pass'],
  ['a launch without npm', { ...FREE, 'inherited-options': SET }, launch(given), 'pass'],
  [
    'a launch under the process that has the port',
    seen(server({ ...HOLDER, process: process({ pid: 800 }) }), null, SET),
    launch(given),
    FOUND,
  ],
  [
    'the same without the variable',
    seen(server({ ...HOLDER, process: process({ pid: 800 }) }), null),
    launch(given),
    'pass',
  ],
  ['a launch beside the process that has the port', seen(HOLDER, [CHILD], SET), launch(given), 'pass'],
];

it.each(CASES)('%s', (_, facts, target, expected) => {
  expect(verdict(check, facts, target)).toBe(expected);
});

it('takes what a second virtual machine said before it ended for likely', () => {
  const causes = ['debug-options-inherited-by-child'];
  const logs = { files: [], hits: [hit({ text: 'transport error 202: bind failed', causes })] };
  const facts = { ...seen(HOLDER, []), 'server-logs': logs };
  expect(verdict(check, facts, attach(node))).toBe('debug-options-inherited-by-child likely');
  expect(verdict(check, { ...facts, ...seen({ ...HOLDER, variable: null }, []) }, attach(node))).toBe('pass');
});

it('finds a client that runs under the process that answers it', () => {
  const npx = server({ ...HOLDER, process: process({ pid: 800 }) });
  expect(verdict(check, seen(npx, [], SET), attach(node))).toBe(FOUND);
});

it('is sure of npm, and less so of a Java tool that may run the program in its own machine', () => {
  const option = { variable: 'JAVA_TOOL_OPTIONS', option: '-agentlib:jdwp=', adapter: 'jdwp', port: 5678 } as const;
  const facts = { ...FREE, 'inherited-options': { options: [option], launcher: { program: 'mvn', option } } };
  expect(verdict(check, facts, launch({ adapter: 'jdwp' }))).toBe('debug-options-inherited-by-child likely');
});

it('names both processes and the variable', () => {
  expect(firstArgs(check, seen(HOLDER, [CHILD]), attach(node))).toMatchObject({
    pid: 50,
    variable: 'NODE_OPTIONS',
    otherProcess: 'python3 (pid 60)',
    port: 5678,
  });
});
