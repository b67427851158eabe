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
      // Java 9 and later; a bare port is loopback there.
      return `java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=${host === '0.0.0.0' ? `*:${port ?? 'PORT'}` : at} -jar PROGRAM.jar`;
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

/** How a debugger gets to a program that runs without one. */
export function attachAdvice(adapter: string | undefined, pid: number | undefined): string {
  const id = pid ?? 'PID';
  switch (adapter) {
    case 'debugpy':
      return `As the same user, run "python3 -m debugpy --listen 127.0.0.1:5678 --pid ${id}". It needs gdb, the right to trace, and debugpy in a place that the program can read.`;
    case 'node':
      return `As the same user, run "kill -USR1 ${id}" (on Windows: node -e "process._debugProcess(${id})"): Node then opens its inspector on 127.0.0.1:9229, or where --inspect-port says. It needs no right to trace. A program with a handler of its own for SIGUSR1 may do something else.`;
    case 'jdwp':
      return `A running JVM takes no breakpoints unless it was started with the JDWP agent; with onjcmd=y among the options of the agent, "jcmd ${id} VM.start_java_debugging" opens the port later. To look only, as the same user: "jcmd ${id} Thread.print".`;
    case 'vsdbg':
      return `As the same user, attach from the editor ("request": "attach" with "processId": ${id}), or run "netcoredbg --attach ${id}".`;
    default:
      return `A compiled program: "gdb -p ${id}" or "lldb -p ${id}", Go: "dlv attach ${id}"; these need the right to trace. Python: "python3 -m debugpy --listen 127.0.0.1:5678 --pid ${id}", which needs gdb too. Node.js: "kill -USR1 ${id}" opens the inspector on 127.0.0.1:9229. Java: "jcmd ${id} Thread.print" shows what it does.`;
  }
}
