import { expect, it } from 'vitest';
import check from '../../checks/versions-fit-together.js';
import type { LaunchTool, LogHit } from '../../src/model/facts.js';
import type { Target } from '../../src/model/target.js';
import { answered, attach, failed, hit, launch, verdict, type Seen } from './facts.js';

function python(version: string | null, debuggerVersion: string | null): Seen {
  const found = { path: '/usr/bin/python3', version, hasDebugger: true, debuggerVersion };
  return { 'launch-tool': { command: 'python3', found, others: [], toolchain: null, canInstall: false } };
}

function delve(version: string | null, go: string | null): Seen {
  const found = { path: '/usr/bin/dlv', version, hasDebugger: true, debuggerVersion: null };
  const toolchain: LaunchTool['toolchain'] = { command: 'go', path: '/usr/bin/go', version: go };
  return { 'launch-tool': { command: 'dlv', found, others: [], toolchain, canInstall: false } };
}

function logged(changes: Partial<LogHit>): Seen {
  return { 'server-logs': { files: [], hits: [hit({ causes: ['versions-incompatible'], ...changes })] } };
}

const dlv = (...command: string[]): Target => launch({ adapter: 'delve', command });
const DEBUG = dlv('dlv', 'debug', '--headless');
const LOGGED = attach({ logFiles: ['/log'] });

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['Debian 12’s Delve and Go', delve('1.20.2', '1.19.8'), DEBUG, 'pass'],
  ['the newest Go that a Delve takes', delve('1.25.2', '1.25.0'), DEBUG, 'pass'],
  ['the oldest Go that a Delve takes', delve('1.20.2', '1.18'), DEBUG, 'pass'],
  ['Go that is too new', delve('1.20.2', '1.21.0'), DEBUG, 'versions-incompatible certain'],
  ['Go that is too old', delve('1.20.2', '1.17.13'), DEBUG, 'versions-incompatible certain'],
  ['Go that is too old for any newer Delve', delve('1.26.0', '1.20'), DEBUG, 'versions-incompatible certain'],
  [
    'Go that is too new, for a client to use',
    delve('1.20.2', '1.99'),
    dlv('dlv', 'dap'),
    'versions-incompatible likely',
  ],
  ['Go that is too new, and no command', delve('1.20.2', '1.99'), dlv(), 'versions-incompatible likely'],
  ['Delve from before the numbers were aligned', delve('1.9.1', '1.99'), DEBUG, 'pass'],
  ['no Go', delve('1.20.2', null), DEBUG, 'unknown'],
  ['Delve without a version', delve(null, '1.19.8'), DEBUG, 'unknown'],
  ['Delve of another form', delve('(devel)', '1.19.8'), DEBUG, 'unknown'],
  ['debugpy of Debian 12', python('3.11.2', '1.6.3+git20221103.a2a3328'), launch(), 'pass'],
  ['debugpy on Python that it never ran on', python('3.6.15', '1.6.3'), launch(), 'versions-incompatible certain'],
  ['debugpy on Python that it gave up', python('3.7.16', '1.8.0'), launch(), 'versions-incompatible certain'],
  ['debugpy on the oldest Python that it runs on', python('3.7.16', '1.7.0'), launch(), 'pass'],
  ['debugpy of unknown version', python('3.7.16', null), launch(), 'unknown'],
  ['an unseen tool', {}, launch(), 'unknown'],
  [
    'a log that says so',
    { ...logged({ file: '/log' }), connection: failed('ECONNREFUSED') },
    LOGGED,
    'versions-incompatible likely',
  ],
  ['what the user saw', logged({}), attach({ errorText: 'settrace()' }), 'versions-incompatible likely'],
  ['an old log of a debugger that answers', { ...logged({ file: '/log' }), connection: answered() }, LOGGED, 'pass'],
  [
    'a log with another first cause',
    logged({ causes: ['debugger-files-missing', 'versions-incompatible'] }),
    LOGGED,
    'pass',
  ],
  ['unseen logs', {}, LOGGED, 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it.each([
  [launch(), true],
  [launch({ adapter: 'node' }), false],
  [DEBUG, true],
  [dlv('dlv', 'test', '.'), true],
  // What was built by another Go than that of PATH.
  [dlv('dlv', 'exec', './shop'), false],
  [dlv('dlv', 'attach', '4000'), false],
  [attach(), false],
  [LOGGED, true],
])('is asked where two versions meet: %#', (target, expected) => {
  expect(check.appliesTo(target)).toBe(expected);
});
