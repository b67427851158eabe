import { expect, it } from 'vitest';
import check from '../../checks/php-calls-the-editor.js';
import type { PhpSettings } from '../../src/model/facts.js';
import { attach, firstArgs, verdict } from './facts.js';

const PHP: PhpSettings = {
  path: '/usr/bin/php',
  version: '8.2.36',
  xdebugVersion: '3.2.0',
  mode: 'develop, debug',
  modeVariable: null,
  starts: 'always',
  triggers: [],
  clientHost: 'localhost',
  clientPort: 9003,
  unread: [],
};
const TARGET = attach({ adapter: 'xdebug', port: 9003, command: ['php', 'app.php'] });

it.each<[string, Partial<PhpSettings>, string]>([
  ['a session at every start', {}, 'pass'],
  ['a trigger', { starts: 'on-trigger', triggers: ['XDEBUG_SESSION'] }, 'pass'],
  ['no trigger', { starts: 'on-trigger' }, 'debug-flag-not-applied likely'],
  ['no session ever', { starts: 'never', triggers: ['XDEBUG_SESSION'] }, 'debug-flag-not-applied likely'],
  ['another mode', { mode: 'develop' }, 'debug-flag-not-applied certain'],
  ['a mode that only looks like it', { mode: 'debugger' }, 'debug-flag-not-applied certain'],
  ['another port', { clientPort: 9000 }, 'wrong-port certain'],
  ['no port', { clientPort: null }, 'unknown'],
  ['no Xdebug', { xdebugVersion: null, mode: '' }, 'unknown'],
])('%s', (_, changes, expected) => {
  expect(verdict(check, { 'php-settings': { ...PHP, ...changes } }, TARGET)).toBe(expected);
});

it('leaves the trigger to the requests of a web server', () => {
  const target = attach({ adapter: 'xdebug', port: 9003, command: ['php', '-S', '127.0.0.1:8000'] });
  expect(verdict(check, { 'php-settings': { ...PHP, starts: 'on-trigger' } }, target)).toBe('pass');
});

it('names the port that PHP calls, and needs a command', () => {
  const seen = { 'php-settings': { ...PHP, clientPort: 9000 } };
  expect(firstArgs(check, seen, TARGET)).toMatchObject({ otherPort: 9000, interpreter: '/usr/bin/php' });
  expect(check.appliesTo(attach({ adapter: 'xdebug', command: [] }))).toBe(false);
});
