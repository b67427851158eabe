import type { CauseWords } from '../messages.js';
import { inBrackets, thePort, theProcess } from './phrases.js';

export const configWords = {
  'invalid-address-syntax': {
    title: 'The address or port is written in a form that the program does not accept',
    summary: ({ detail, line }) =>
      `The program could not read the address or port that it was given${inBrackets(detail ?? line)}, so it never tried to listen or connect.`,
    explanation:
      'Every debugger has its own way to write an address: with or without a host, with a star, with brackets round IPv6. A value in another form, or a port that is no number from 1 to 65535, is refused before any socket is opened. In a URL, an unescaped @, : or / in the password shifts the border between host and port and gives the same effect.',
    proofs: [
      'The message quotes the value itself: port missing, number out of range, address that cannot be parsed.',
      'The same command works with a plain literal such as 127.0.0.1:5678.',
      'In a URL, user name or password holds an @, : or / that is not percent-encoded.',
    ],
    lookAlikes: [
      'A well-formed address with a system error number: the address itself is the question, not how it is written.',
      'A form that only some versions take: JDWP accepts *:PORT from JDK 9 on, older ones do not.',
    ],
  },
  'wrong-port': {
    title: 'Client and server are set to different ports',
    summary: ({ adapter, port, otherPort }) =>
      adapter === 'xdebug' && otherPort !== undefined
        ? `The editor is looked for on ${port === undefined ? 'one port' : thePort(port)}, but the other side uses ${thePort(otherPort)}, so the two never meet.`
        : `The client uses ${port === undefined ? 'one port' : thePort(port)}, but the server listens on ${otherPort === undefined ? 'another' : thePort(otherPort)}, so the two never meet.`,
    explanation:
      'The server runs and listens, only not where the client looks. Usually the number stands in two places that have drifted apart, an option was given twice, or the server moved to the next free port because its own was taken.',
    proofs: [
      'The wanted server has a listening socket, on another port than the one that is dialled.',
      'Two settings disagree: the start command, the editor configuration, a published container port.',
    ],
    lookAlikes: [
      'Nothing of that server listens anywhere: it was not started, or without its debug option.',
      'The dialled port is open and answers in another protocol: another program has it.',
    ],
  },
  'debug-flag-not-applied': {
    title: 'The program runs, but without its debug option',
    summary: (args) =>
      args.detail === undefined
        ? `${theProcess(args, 'The program')} is running, but no debug option is on its command line, so it opened no debug port.`
        : args.adapter === 'xdebug'
          ? `PHP would run with Xdebug and never call the editor: ${args.detail}.`
          : `${args.detail} stands behind the name of the program, which gets it as an argument of its own: the debug port is never opened.`,
    explanation:
      'The option never reached the process that should be debugged. A start script or build plug-in dropped or renamed it, or it stands behind the script name, where it becomes an argument of the program instead of the runtime.',
    proofs: [
      'The process is alive, neither its command line nor its option variables hold a debug option, and it has no debug listener.',
      'The option stands behind the script name, or in a property that the plug-in no longer reads.',
    ],
    lookAlikes: [
      'The option is on the live command line: compare port and address instead.',
      'There is no such process: the server was not started.',
    ],
  },
  'debug-options-inherited-by-child': {
    title: 'A child process inherited the debug option and wants the same port',
    summary: ({ port, processName, pid, variable, otherProcess }) =>
      `${processName ?? 'The owner of the port'}${pid === undefined ? '' : ` (pid ${pid})`} takes ${thePort(port)} because ${variable ?? 'an environment variable'} tells it to, and ${otherProcess ?? 'the next process of the same tree'} is told the same and finds the port taken.`,
    explanation:
      'NODE_OPTIONS, JAVA_TOOL_OPTIONS, MAVEN_OPTS and their like reach every process that is started from there: package managers, build daemons, stop scripts, test forks. The first one takes the debug port, and the program that was meant finds it taken.',
    proofs: [
      'An option variable holds the debug option, and the owner of the port is parent, child or sibling of the process that failed.',
      'Two "listening" lines are printed before the error, or a stop script fails on the port of the server that it should stop.',
    ],
    lookAlikes: [
      'The owner has nothing to do with the process tree: another program holds the port.',
      'The option is on the final command line only and the owner is a worker of the same program: the workers share one port.',
    ],
  },
  'injected-debugger-path-broken': {
    title: 'An injected debugger option points to a file that is not there',
    summary: ({ file }) =>
      `NODE_OPTIONS loads ${file ?? "a file of the editor's debugger"}, which does not exist here, so node ends before it runs a line of the program.`,
    explanation:
      'Editors attach to terminals by putting --require with the path of a loader into NODE_OPTIONS. When the editor was updated, when the path holds blanks or letters outside ASCII, or when the variable was carried into a container or into WSL, the path leads nowhere, and every node in that shell fails to start.',
    proofs: [
      "NODE_OPTIONS holds --require with an editor's path, and that path does not exist for this process.",
      'The same command runs in a shell without the variable.',
    ],
    lookAlikes: ['The missing module is a dependency of the program itself, not a file of the editor.'],
  },
  'child-environment-missing-systemroot': {
    title: 'The server was started without SystemRoot, so Windows sockets cannot start',
    summary: () =>
      'The server process lacks the SystemRoot variable. Without it Winsock does not load, and every port fails without a reason.',
    explanation:
      'On Windows the socket library finds its files through SystemRoot. A launcher that hands over only a few variables, such as PHP with a variables_order without E, starts servers that cannot open any socket.',
    proofs: [
      'Every port fails at once with an empty reason.',
      'The same server works when started from a command prompt; in the failing process SystemRoot is absent.',
    ],
    lookAlikes: ['Only one port or one range fails, or an error number is printed: then the port is the question.'],
  },
  'debug-roles-reversed': {
    title: 'Both sides listen, or the port is forwarded the wrong way',
    summary: ({ port, processName }) =>
      `For this debugger the editor listens and the program connects, yet ${processName ?? 'the other side'} has taken ${thePort(port)} as a listener too.`,
    explanation:
      'Some debuggers work the other way round: with Xdebug, with pydevd as client and with JDWP server=n the editor listens and the program calls it. When the program is started as a server as well, or a container publishes the port of the editor on the host, both want the same port.',
    proofs: [
      'The debugger is one where the editor listens, and the program was started as a server or its port is published.',
      'The owner of the port is a container or virtual machine forwarder, or the editor itself.',
    ],
    lookAlikes: ['The debugger is one where the program listens: debugpy --listen, node --inspect, JDWP server=y.'],
  },
  'debug-target-misconfigured': {
    title: 'The debugger was pointed at something that it cannot run',
    summary: ({ file, detail }) =>
      `${file ?? 'The configured program'} is not something that the debugger can start${inBrackets(detail)}, so its server ended at once.`,
    explanation:
      'The configured program is a shell shim, a folder, or a relative path that the changed working directory no longer reaches; for hardware probes, the interface or access port does not fit the chip. The debug server opens its port, fails on the program and ends.',
    proofs: [
      'The named program is a shim such as node_modules/.bin, a folder, or a path that does not exist from the working directory.',
      'The server opened its port and ended at once.',
    ],
    lookAlikes: [
      'The program fails in the same way without the debugger: the fault is its own.',
      'The message says "Exec format error": the architecture does not match.',
    ],
  },
  'invalid-port-wrapped': {
    title: 'The port is out of range and the server silently took another one',
    summary: ({ port, otherPort }) =>
      `${port === undefined ? 'The configured port' : `Port ${port}`} is not a number from 1 to 65535. The server did not complain and listens on ${otherPort === undefined ? 'some other port' : `port ${otherPort}`} instead.`,
    explanation:
      'gdbserver, rdbg and lldb-vscode keep only the low 16 bits of the number, so that 70000 becomes 4464; node turns a port that is no number into a random one. The server looks healthy, and nobody finds it.',
    proofs: [
      'The configured port is above 65535 and a server listens on the remainder modulo 65536.',
      'The configured port is no number and the server listens on a random one.',
    ],
    lookAlikes: ['The configured port is from 1 to 65535: client and server simply disagree.'],
  },
  'configuration-file-broken': {
    title: 'The configuration file cannot be read as it was meant',
    summary: ({ file, line }) =>
      `${file ?? 'The configuration file'} has a mistake${line === undefined ? '' : ` at ${line}`}, so the editor does not get the configuration that you wrote.`,
    explanation:
      'A configuration file of the project breaks the rules of its format, or one of its values has a type that the editor does not take. The editor leaves such a configuration out or uses a default in its place, often without a word.',
    proofs: ['Reading the file fails, or a known key has a value of the wrong type; the line and column are named.'],
    lookAlikes: ['The file is right and a variable in it is only filled in by the editor: that is no mistake.'],
  },
} satisfies Record<string, CauseWords>;
