import { describe, expect, it } from 'vitest';
import check from '../../checks/inspector-takes-the-host-name.js';
import type { ConnectionAttempt } from '../../src/model/facts.js';
import type { Target } from '../../src/model/target.js';
import { answered, attach, failed, firstArgs, verdict, type Seen } from './facts.js';

const TARGET = attach({ adapter: 'node', host: 'workstation', port: 9229 });

function asked(received: string, isRefused: boolean): Seen {
  const byName: ConnectionAttempt['byName'] = { authority: 'workstation:9229', isRefused, received };
  return { connection: answered('127.0.0.1', { answeredBy: 'node', byName }) };
}

const REFUSED = asked('HTTP/1.0 400 Bad Request\r\n\r\nWebSockets request was expected\r\n', true);

it.each<readonly [string, Seen, string]>([
  ['a refusal', REFUSED, 'host-header-rejected certain'],
  ['an answer', asked('HTTP/1.0 200 OK\r\n\r\n{}', false), 'pass'],
  ['a name that was not asked for', { connection: answered() }, 'unknown'],
  ['no connection', { connection: failed('ECONNREFUSED') }, 'unknown'],
])('%s', (_, seen, expected) => {
  expect(verdict(check, seen, TARGET)).toBe(expected);
});

it('says who was asked for, and where', () => {
  expect(firstArgs(check, REFUSED, TARGET)).toMatchObject({ host: 'workstation', port: 9229, address: '127.0.0.1' });
});

describe('who sends a name', () => {
  const project = (file: string): Target => ({
    ...TARGET,
    source: {
      kind: 'project',
      file,
      line: 1,
      column: 1,
      hostKeyPath: null,
      portKeyPath: null,
      problems: [],
      collidesWith: [],
    },
  });

  it.each<readonly [string, Target, boolean]>([
    ['a client that was given one', TARGET, true],
    ['a client of a browser', { ...TARGET, adapter: 'chrome' }, true],
    ['the configuration of another editor', project('/project/.idea/workspace.xml'), true],
    ['VS Code', project('/project/.vscode/launch.json'), false],
    ['VS Code with a workspace', project('/project/all.code-workspace'), false],
    ['a client of localhost', { ...TARGET, host: 'localhost' }, false],
    ['a client of an address', { ...TARGET, host: '10.20.0.2' }, false],
    ['a client of an IPv6 address', { ...TARGET, host: '::1' }, false],
    ['a client of another debugger', { ...TARGET, adapter: 'debugpy' }, false],
  ])('%s', (_, target, expected) => {
    expect(check.appliesTo(target)).toBe(expected);
  });
});
