import { expect, it } from 'vitest';
import check from '../../checks/browser-has-a-profile-of-its-own.js';
import type { DebugServer } from '../../src/model/facts.js';
import {
  address,
  answered,
  attach,
  network,
  process,
  REMOTE,
  resolution,
  server,
  verdict,
  type Seen,
} from './facts.js';

const TARGET = attach({ adapter: 'chrome', port: 9222 });
const CHROME = '/opt/google/chrome/chrome';

function browser(executable: string | null, options: readonly string[], changes: Partial<DebugServer> = {}): Seen {
  const command = [executable ?? CHROME, '--remote-debugging-port=9222', ...options];
  const own = server({ adapter: 'chrome', role: 'server', wantedPort: 9222, listens: [], ...changes });
  const servers = [{ ...own, process: process({ executable, command, name: 'chrome' }) }];
  return { 'debug-servers': { servers, someHidden: false } };
}

const BLOCKED = 'chrome-default-profile-blocks-port likely';

const CASES: readonly (readonly [string, Seen, string])[] = [
  ['an answer', { connection: answered('127.0.0.1', { answeredBy: 'chrome' }) }, 'pass'],
  ['Chrome without a profile folder', browser(CHROME, []), BLOCKED],
  ['Chrome whose executable may not be seen', browser(null, []), BLOCKED],
  ['a beta of Chrome', browser('/opt/google/chrome-beta/chrome', []), BLOCKED],
  ['Edge', browser('/opt/microsoft/msedge/msedge', []), BLOCKED],
  ['the default folder by its name', browser(CHROME, ['--user-data-dir=/home/dev/.config/google-chrome/']), BLOCKED],
  ['a folder that counts last', browser(CHROME, ['--user-data-dir=/tmp/own', '--user-data-dir=']), BLOCKED],
  ['Chrome without a window', browser(CHROME, ['--headless']), 'chrome-default-profile-blocks-port possible'],
  ['a folder of its own', browser(CHROME, ['--user-data-dir=/tmp/own']), 'pass'],
  ['Chrome that listens', browser(CHROME, [], { listens: [address('127.0.0.1', 9222)] }), 'pass'],
  ['Chrome whose sockets may not be seen', browser(CHROME, [], { listens: null }), 'pass'],
  ['Chrome with another port', browser(CHROME, [], { wantedPort: 9223 }), 'pass'],
  ['Chromium', browser('/usr/lib/chromium/chromium', []), 'pass'],
  ['an application made with Electron', browser('/opt/Slack/slack', []), 'pass'],
  [
    'another machine',
    { ...browser(CHROME, []), resolution: resolution([REMOTE]), 'local-network': network() },
    'unknown',
  ],
  ['unseen processes', {}, 'unknown'],
];

it.each(CASES)('%s', (_, seen, expected) => {
  expect(verdict(check, seen, TARGET)).toBe(expected);
});
