import type { Adapter, Recognised } from './adapter.js';
import { baseName, flagValue, splitHostPort } from './command-line.js';

function isPython(program: string): boolean {
  return /^(python|pypy)[\d.]*w?$/.test(baseName(program));
}

/**
 * `… python /path/debugpy/adapter --for-server N --host H --port P …`: the process that listens on behalf of a
 * program. It has its own session and pid 1 as parent from the start, so that neither says that it is an orphan.
 */
function recogniseAdapter(command: readonly string[]): Recognised | null {
  const path = command[1] ?? '';
  const module = path === '-m' && command[2] === 'debugpy.adapter';
  if (!module && !/debugpy[\\/]adapter([\\/]__main__\.py)?$/.test(path)) return null;
  const port = Number(flagValue(command, '--port') ?? Number.NaN);
  return {
    role: 'adapter',
    host: flagValue(command, '--host'),
    port: Number.isInteger(port) ? port : null,
    servesProgram: command.includes('--for-server'),
    takesOneClient: true,
  };
}

function recogniseProgram(command: readonly string[]): Recognised | null {
  const module = command.findIndex((argument, index) => argument === '-m' && command[index + 1] === 'debugpy');
  const script = command.findIndex((argument) => /(^|[\\/])debugpy([\\/]__main__\.py)?$/.test(argument));
  const start = module >= 0 ? module + 2 : script + 1;
  if (module < 0 && script < 1) return null;
  const listen = flagValue(command.slice(start), '--listen');
  if (listen === null) return null;
  const { host, port } = splitHostPort(listen);
  return { role: 'program', host, port, servesProgram: false, takesOneClient: true };
}

/**
 * debugpy, and the adapter process that listens for it. Seen with 1.6.3 and 1.8: it speaks first, two or three
 * `output` events. A connection that is closed before they were sent can wedge it for good, so a contact always
 * listens until the version event has come. A second client gets the same events, and its `attach` is then refused
 * with "Server[pid=…] is already being debugged".
 */
export const debugpy: Adapter = {
  id: 'debugpy',
  name: 'debugpy',
  defaultPort: 5678,
  contact: { harmless: true, speaksFirst: true, send: null, until: 'packageVersion' },
  identifies: (answer) => answer.startsWith('Content-Length:') && /"(ptvsd|debugpy)"/.test(answer),
  recognise: (command) => {
    const [program] = command;
    if (program === undefined || !isPython(program)) return null;
    return recogniseAdapter(command) ?? recogniseProgram(command);
  },
  tool: { kind: 'python-module', module: 'debugpy', defaultInterpreter: 'python3' },
};
