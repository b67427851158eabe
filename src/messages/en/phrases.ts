import type { FindingArgs } from '../../model/cause.js';

/** Parts of sentences that read well whether or not the case tells the detail. */

/** `port 5678`, or `the port`. */
export function thePort(port: number | undefined): string {
  return port === undefined ? 'the port' : `port ${port}`;
}

/** `10.0.0.7:5678`, `[::1]:5678`, `port 5678`, or `the address`. */
export function thePlace(host: string | undefined, port: number | undefined): string {
  if (host === undefined) return port === undefined ? 'the address' : `port ${port}`;
  const literal = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? host : `${literal}:${port}`;
}

/** The first text in brackets with a blank before it, or nothing. */
export function inBrackets(...details: (string | undefined)[]): string {
  const known = details.filter((detail) => detail !== undefined && detail !== '');
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

/** `node (pid 4242)`, `the process with pid 4242`, or the given words, whose first letter says if a sentence begins. */
export function theProcess({ processName, pid }: FindingArgs, otherwise: string): string {
  const article = /^[A-Z]/.test(otherwise) ? 'The' : 'the';
  if (processName === undefined) return pid === undefined ? otherwise : `${article} process with pid ${pid}`;
  return pid === undefined ? processName : `${processName} (pid ${pid})`;
}

/** How the server of this adapter is told to listen, as a command line. */
export function listenCommand(adapter: string | undefined, host: string, port: number | undefined): string {
  const literal = host.includes(':') ? `[${host}]` : host;
  const at = `${literal}:${port ?? 'PORT'}`;
  switch (adapter) {
    case 'debugpy':
      return `python3 -m debugpy --listen ${at} PROGRAM.py`;
    case 'node':
      return `node --inspect=${at} PROGRAM.js`;
    case 'delve':
      return `dlv debug --headless --listen=${at}`;
    case 'jdwp':
      return `java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=${at} -jar PROGRAM.jar`;
    case 'gdbserver':
      return `gdbserver ${at} PROGRAM`;
    case 'lldb':
      return `lldb-server gdbserver ${at} -- PROGRAM`;
    case 'chrome':
      return `chromium --remote-debugging-port=${port ?? 'PORT'} --user-data-dir=FOLDER`;
    case 'rdbg':
      return `rdbg --open --host ${host} --port ${port ?? 'PORT'} PROGRAM.rb`;
    case 'vsdbg':
      return `netcoredbg --interpreter=vscode --server=${port ?? 'PORT'}`;
    default:
      return `debugpy --listen ${at}, node --inspect=${at}, or what the server calls it`;
  }
}
