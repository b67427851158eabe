import { describe, expect, it } from 'vitest';
import { chrome } from '../../src/adapters/chrome.js';

describe('a start of the browser', () => {
  const request = { host: '127.0.0.1', port: 9222, waitForClient: false };

  it('gets a profile of its own', () => {
    const argv = chrome.start({ ...request, program: ['chromium', 'about:blank'] })?.argv;
    expect(argv).toEqual([
      'chromium',
      '--remote-debugging-port=9222',
      '--user-data-dir=chrome-debug-9222',
      'about:blank',
    ]);
    expect(chrome.recognise(argv ?? [])).toMatchObject({ host: '127.0.0.1', port: 9222 });
  });

  it('keeps the profile that it has', () => {
    const program = ['chromium', '--user-data-dir=/tmp/own'];
    expect(chrome.start({ ...request, program })?.argv).toEqual([
      'chromium',
      '--remote-debugging-port=9222',
      '--user-data-dir=/tmp/own',
    ]);
  });

  it('needs a browser', () => {
    expect(chrome.start({ ...request, program: [] })).toBeNull();
  });
});

describe('the version', () => {
  const versionOf = (output: string): string | null | undefined =>
    chrome.tool?.kind === 'executable' ? chrome.tool.versionIn(output) : undefined;

  it.each([
    ['Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', '156.0.8078.79'],
    ['Google Chrome 136.0.7103.93 ', '136.0.7103.93'],
    ['Microsoft Edge 136.0.3240.50', '136.0.3240.50'],
    ['no such browser', null],
  ])('of %j', (output, version) => {
    expect(versionOf(output)).toBe(version);
  });

  it.each([
    ['"Browser": "Chrome/156.0.8078.79"', '156.0.8078.79'],
    ['"Browser": "HeadlessChrome/120.0.1.2"', '120.0.1.2'],
    ['"Browser": "Edg/136.0.3240.50"', '136.0.3240.50'],
  ])('in the answer %s', (line, version) => {
    const answer = `HTTP/1.1 200 OK\r\n\r\n{\n   ${line}\n}`;
    expect([chrome.identifies(answer), chrome.versionIn(answer)]).toEqual([true, version]);
  });
});

// Printed by Chromium 156, but for the profile, which only Google Chrome and Edge refuse.
it.each([
  ['bind() failed: Address already in use (98)', 'address-in-use', true],
  ['bind() failed: Permission denied (13)', 'permission-denied', true],
  ['DevTools remote debugging is disallowed by the system admin.', 'permission-denied', true],
  [
    'DevTools remote debugging requires a non-default data directory. Specify this using --user-data-dir.',
    'reason-not-stated',
    true,
  ],
  ['Failed to create a ProcessSingleton for your profile directory. This means …', 'already-running', false],
  ['Running as root without --no-sandbox is not supported. See https://crbug.com/638180.', 'server-exited', false],
])('%s', (line, symptom, runsOn) => {
  expect(chrome.startFailures.find(({ says }) => line.includes(says))).toMatchObject({ symptom, runsOn });
});
