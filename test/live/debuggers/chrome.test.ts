import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCause, expectHealthy, findingOf, runDoctor } from '../lab/doctor.js';
import { openClient } from '../lab/clients.js';
import { claimPort, takePort } from '../lab/holders.js';
import { NEAR } from '../lab/namespace.js';
import { waitUntil, type Started } from '../lab/processes.js';
import { canRun, useScene, type Scene, type StartOptions } from '../lab/scene.js';
import { provesAttach, provesLaunch, provesLowPort, provesRecognition, type RealDebugger } from './contract.js';

const scene = useScene();
const mayRun = canRun('Chromium', 'root', 'ip', 'chromium');
const mayIsolate = canRun('Chromium as other users', 'root', 'ip', 'setpriv', 'chromium');

/** Nothing that asks the world outside, and no sandbox, which root may not have. */
const OPTIONS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface BrowserOptions extends StartOptions {
  extra?: readonly string[];
}

/** The browser's helpers write into it for a moment longer than the browser lives. */
function profileFolder(place: Scene): string {
  const folder = mkdtempSync(join(tmpdir(), 'ddat-'));
  place.defer(() =>
    waitUntil('the profile is gone', () => {
      try {
        rmSync(folder, { recursive: true, force: true });
        return true;
      } catch {
        return false;
      }
    }),
  );
  return folder;
}

/** It has listened before it says so. */
function startChromium(place: Scene, port: number, options: BrowserOptions = {}): Promise<Started> {
  const { extra = [], ...rest } = options;
  const own = [`--user-data-dir=${profileFolder(place)}`, `--remote-debugging-port=${port}`, ...extra];
  return place.start(['chromium', ...OPTIONS, ...own, 'about:blank'], { prints: 'DevTools listening on', ...rest });
}

/** Opens a session as an editor does: the browser's WebSocket, and one command over it. */
async function attach(port: number): Promise<void> {
  const asking = await openClient(port);
  asking.send('GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  const answer = await asking.waitFor('webSocketDebuggerUrl');
  asking.close();
  const path = /\/devtools\/browser\/[\w-]+/.exec(answer)?.[0] ?? '';
  const client = await openClient(port);
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  client.send(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${upgrade}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  );
  await client.waitFor('101 ');
  client.close();
}

const chrome: RealDebugger = {
  adapter: 'chrome',
  mistakenFor: 'debugpy',
  command: (_host, port) => ['chromium', ...OPTIONS, `--remote-debugging-port=${port}`],
  start: (place, port, options) => startChromium(place, port, options),
  attach,
  onLowPort: 'privileged-port',
  withoutTool: 'interpreter-not-found',
};

describe.runIf(mayRun)('Chromium', () => {
  provesAttach(scene, chrome);
  provesRecognition(scene, chrome);
  provesLaunch(scene, chrome);

  it('may not be launched where its command names no program', async () => {
    const env = { PATH: scene.folder() };
    const argv = ['check', '--request', 'launch', '--', ...chrome.command('127.0.0.1', claimPort())];
    expectCause(await runDoctor(argv, { env }), chrome.withoutTool);
  });

  it('lists what it has when the whole handshake is asked for', async () => {
    const port = claimPort();
    await startChromium(scene, port);
    expectHealthy(await runDoctor(['check', String(port), '--adapter', 'chrome', '--probe', 'full']));
  });

  it('listens in the other family when the port is taken', async () => {
    const port = claimPort();
    await takePort(scene, port);
    await startChromium(scene, port);
    expectHealthy(await runDoctor(['check', `[::1]:${port}`, '--adapter', 'chrome']));
    const examination = await runDoctor(['check', `127.0.0.1:${port}`, '--adapter', 'chrome']);
    expectCause(examination, 'port-answered-by-other-program');
  });

  it('runs on without DevTools when there is no such port', async () => {
    const { name } = scene.namespace();
    const browser = [
      'chromium',
      ...OPTIONS,
      `--user-data-dir=${profileFolder(scene)}`,
      '--remote-debugging-port=70000',
    ];
    // The page is printed once it has been loaded, which is after DevTools would have listened.
    await scene.start(
      [...browser, '--enable-logging=stderr', '--v=0', 'data:text/html,<script>console.log("loaded")</script>'],
      {
        namespace: name,
        prints: 'loaded',
      },
    );
    const examination = await runDoctor(['check', '9222', '--adapter', 'chrome'], { namespace: name });
    expectCause(examination, 'server-not-started');
  });
});

describe.runIf(mayIsolate)('Chromium for an ordinary user', () => {
  provesLowPort(scene, chrome);
});

describe.runIf(mayRun)('Chromium on a machine of its own', () => {
  it('ignores the address that it is told', async () => {
    const { near } = scene.twoMachines();
    const port = claimPort();
    await startChromium(scene, port, { namespace: near.name, extra: ['--remote-debugging-address=0.0.0.0'] });
    const argv = ['check', `${NEAR.four}:${port}`, '--adapter', 'chrome'];
    const examination = await runDoctor(argv, { namespace: near.name });
    expect(expectCause(examination, 'debug-address-flag-ignored').args).toMatchObject({ otherAddress: '127.0.0.1' });
    expect(examination.causes).not.toContain('server-bound-to-unreachable-address');
  });

  it('refuses a host name', async () => {
    const { name } = scene.namespace({ files: { hosts: '127.0.0.1 localhost workstation\n' } });
    const port = claimPort();
    await startChromium(scene, port, { namespace: name });
    const argv = ['check', `workstation:${port}`, '--adapter', 'chrome'];
    const examination = await runDoctor(argv, { namespace: name });
    expectCause(examination, 'host-header-rejected');
    expect(findingOf(examination, 'host-header-rejected').confidence).toBe('certain');
    expectHealthy(await runDoctor(['check', `localhost:${port}`, '--adapter', 'chrome'], { namespace: name }));
  });
});
