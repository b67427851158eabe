import type { Adapter } from './adapter.js';
import { baseName, flagValue } from './command-line.js';
import { DEVTOOLS_CONTACT, DEVTOOLS_HANDSHAKE, requestByName, survives } from './devtools.js';

/** Programs that take the browser's options only to hand them on: test drivers and Debian's start script. */
const STARTERS =
  /^(node(js)?|npm|npx|yarn|pnpm|bun|deno|python[\d.]*|ruby|java|php|perl|(ba|da|z)?sh|env|sudo|xvfb-run)$/;

/** Since Chrome 136 a debug port takes a profile that is not the default one; only the folder's name tells the ports apart. */
function ownProfile(port: number, options: readonly string[]): string[] {
  return options.some((option) => option.startsWith('--user-data-dir='))
    ? []
    : [`--user-data-dir=chrome-debug-${port}`];
}

/**
 * Chrome, Chromium, Edge and Electron, by the Chrome DevTools Protocol. Seen with Chromium 156: it listens on 127.0.0.1
 * whatever `--remote-debugging-address` says, needs the `=` in `--remote-debugging-port=N`, and its helpers
 * (`--type=…`) carry the same options. When the port is taken it listens on `[::1]` instead, root may take a low port,
 * and with a port that does not exist it runs on without DevTools and without a word.
 */
export const chrome: Adapter = {
  id: 'chrome',
  name: 'Chrome DevTools (Chrome, Chromium, Edge, Electron)',
  defaultPort: 9222,
  secondaryPorts: () => [],
  contact: () => DEVTOOLS_CONTACT,
  handshake: DEVTOOLS_HANDSHAKE,
  requestByName,
  identifies: (answer) => answer.startsWith('HTTP/1.') && /"Browser": ?"(Headless)?(Chrome|Edg)\//.test(answer),
  versionIn: (answer) => /"Browser": ?"[A-Za-z]+\/([\d.]+)"/.exec(answer)?.[1] ?? null,
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || STARTERS.test(baseName(program))) return null;
    const digits = flagValue(
      command.filter((argument) => argument.includes('=')),
      '--remote-debugging-port',
    );
    if (digits === null || command.some((argument) => argument.startsWith('--type='))) return null;
    const port = /^\d{1,9}$/.test(digits) ? Number(digits) : null;
    return { role: 'server', host: '127.0.0.1', port, mode: null, servesProgram: false, takesOneClient: false };
  },
  hidesIn: null,
  start: ({ port, program: [browser, ...rest] }) => {
    if (browser === undefined) return null;
    return { argv: [browser, `--remote-debugging-port=${port}`, ...ownProfile(port, rest), ...rest], variables: {} };
  },
  announces: /DevTools listening on /,
  startFailures: [
    // It then listens on [::1], if it can.
    survives('bind() failed: Address already in use', 'address-in-use'),
    survives('bind() failed: Permission denied', 'permission-denied'),
    // Only by Google Chrome and Edge: Debian's Chromium 156 has the text and opens the port all the same.
    survives('DevTools remote debugging requires a non-default data directory.', 'reason-not-stated'),
    survives('DevTools remote debugging is disallowed by the system admin.', 'permission-denied'),
    {
      says: 'Failed to create a ProcessSingleton for your profile directory.',
      symptom: 'already-running',
      runsOn: false,
    },
    { says: 'Running as root without --no-sandbox is not supported.', symptom: 'server-exited', runsOn: false },
  ],
  tool: {
    kind: 'executable',
    // Every vendor has another name for it.
    name: null,
    versionArguments: ['--version'],
    versionIn: (output) => /(?:Chrom(?:e|ium)|Edge)[^\d\n]{0,20}([\d.]+)/.exec(output)?.[1] ?? null,
  },
};
