import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { dapRequest, openClient } from './clients.js';
import type { GoProgram } from './go-programs.js';
import { environmentAt } from './place.js';

const PATIENCE_MS = 20_000;

/** Attaches with Delve's own terminal, asks for the program's source and leaves. */
export async function connectWithTerminal(port: number, { env }: GoProgram): Promise<void> {
  const child = spawn('dlv', ['connect', `127.0.0.1:${port}`, '--allow-non-terminal-interactive'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environmentAt({ env }),
    timeout: PATIENCE_MS,
  });
  // A terminal that could not connect is gone before it reads.
  child.stdin.on('error', () => undefined).end('sources app/main\\.go\nquit -c\n');
  const [output, problem] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!output.includes('app/main.go')) throw new Error(`dlv connect showed no source: ${output}${problem}`);
}

/** Launches the program through `dlv dap` as an editor does, until it has stopped at its entry. */
export async function launchOverDap(port: number, { binary }: GoProgram): Promise<void> {
  const client = await openClient(port);
  client.send(dapRequest(1, 'initialize', { adapterID: 'go' }));
  await client.waitFor('"command":"initialize"');
  client.send(dapRequest(2, 'launch', { request: 'launch', mode: 'exec', program: binary, stopOnEntry: true }));
  await client.waitFor('"event":"initialized"');
  client.send(dapRequest(3, 'configurationDone'));
  await client.waitFor('"reason":"entry"');
  client.send(dapRequest(4, 'disconnect', { terminateDebuggee: true }));
  await client.waitFor('"command":"disconnect"');
  client.close();
}
