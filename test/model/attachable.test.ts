import { expect, it } from 'vitest';
import { debuggerOf } from '../../src/model/attachable.js';
import { process } from '../checks/facts.js';

it.each([
  ['/usr/bin/python3.11', 'gunicorn', 'debugpy'],
  ['/opt/pypy/bin/pypy3.10', 'pypy3', 'debugpy'],
  ['/usr/bin/python3.11 (deleted)', 'python3', 'debugpy'],
  ['/usr/bin/node', 'MainThread', 'node'],
  ['/usr/lib/jvm/java-17/bin/java', 'java', 'jdwp'],
  ['/usr/bin/dotnet', 'dotnet', 'vsdbg'],
  [null, 'python3', 'debugpy'],
  ['/srv/python-proxy', 'python-proxy', null],
  ['/srv/python3/server', 'python3', null],
  ['/usr/bin/nodemon', 'node', null],
  [null, 'server', null],
])('%s, called %s, is attached to by %s', (executable, name, expected) => {
  expect(debuggerOf(process({ executable, name }))).toBe(expected);
});
