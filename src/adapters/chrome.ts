import type { Adapter } from './adapter.js';
import { baseName, flagValue } from './command-line.js';

/** Programs that take the browser's options only to hand them on: test drivers and Debian's start script. */
const STARTERS =
  /^(node(js)?|npm|npx|yarn|pnpm|bun|deno|python[\d.]*|ruby|java|php|perl|(ba|da|z)?sh|env|sudo|xvfb-run)$/;

/**
 * Chrome, Chromium, Edge and Electron, by the Chrome DevTools Protocol. Seen with Chromium 156: `/json/version` answers
 * at any time and disturbs nothing. It listens on 127.0.0.1 whatever `--remote-debugging-address` says, needs the `=`
 * in `--remote-debugging-port=N`, and its helpers (`--type=…`) carry the same options. When the port is taken it
 * listens on `[::1]` instead, and with a port that does not exist it runs on without DevTools.
 */
export const chrome: Adapter = {
  id: 'chrome',
  name: 'Chrome DevTools (Chrome, Chromium, Edge, Electron)',
  defaultPort: 9222,
  secondaryPorts: () => [],
  contact: () => ({
    harmless: true,
    speaksFirst: false,
    send: 'GET /json/version HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    until: '}',
    stayWhileStartingMs: 0,
  }),
  handshake: null,
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
  start: ({ port, program: [browser, ...rest] }) =>
    browser === undefined ? null : { argv: [browser, `--remote-debugging-port=${port}`, ...rest], variables: {} },
  announces: /DevTools listening on /,
  startFailures: [
    { says: 'bind() failed: Address already in use', symptom: 'address-in-use', runsOn: true },
    { says: 'bind() failed: Permission denied', symptom: 'permission-denied', runsOn: true },
  ],
  tool: null,
};
