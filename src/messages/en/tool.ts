import type { CauseWords } from '../messages.js';
import { inBrackets, thePort } from './phrases.js';

export const toolWords = {
  'debugger-missing-in-interpreter': {
    title: 'The interpreter in use does not have the debugger',
    summary: ({ adapter, interpreter, otherInterpreter }) =>
      `${interpreter ?? 'The interpreter that runs the program'} cannot load ${adapter === 'xdebug' ? 'Xdebug' : 'debugpy'}${otherInterpreter === undefined ? '' : `, while ${otherInterpreter} can`}, so it cannot be debugged.`,
    explanation:
      'Each Python installation and each virtual environment has packages of its own. debugpy was installed for another one than the command uses, or a reloader started its child without the added path.',
    proofs: [
      'Importing debugpy with exactly the interpreter of the failing command fails.',
      'With another interpreter of this machine it works.',
    ],
    lookAlikes: [
      'The import works there: then look at the command line.',
      'On Windows, the launcher of a virtual environment is taken for the interpreter: attach to its child.',
    ],
  },
  'debugger-files-missing': {
    title: 'Files of the debugger are missing or damaged',
    summary: ({ file, detail }) =>
      `${file ?? 'A program or file that the debugger needs'} is not there or cannot be used${inBrackets(detail)}.`,
    explanation:
      'The debugger starts helpers: gdb or lldb, its own libraries, data files. They are missing in a slim image, were left out when the program was frozen into one file, lie on a mount that came up empty, or are of two versions after an upgrade that was cut short.',
    proofs: [
      'The named helper or file does not exist where it is looked for.',
      'After installing the tool anew the same command works.',
    ],
    lookAlikes: ['The files are there and run by hand: look at rights and at the working directory.'],
  },
  'architecture-mismatch': {
    title: 'Debugger and program are built for different architectures',
    summary: ({ file, detail }) =>
      `${file ?? 'The program or the helper of the debugger'} is built for another processor or system than the one that should run or debug it${inBrackets(detail)}.`,
    explanation:
      'An image for another processor runs under emulation, a build was mounted from a host with another system, or the debugger brings no helper for this processor. Starting fails with "exec format error", or the debugger reads registers of the wrong size.',
    proofs: [
      'The message says "exec format error", names a missing helper for this architecture, or complains about a register packet.',
      'The architecture of the file differs from that of the machine or container.',
    ],
    lookAlikes: ['Both architectures are equal: the file is damaged, or it is no program.'],
  },
  'inspector-disabled-by-build': {
    title: 'This build has its inspector switched off',
    summary: ({ file }) =>
      `${file ?? 'The application'} was packaged without the inspector: it ignores or refuses --inspect, whatever the port.`,
    explanation:
      'Packaged Electron applications can have the fuses for --inspect and NODE_OPTIONS blown, which is good practice for what is shipped. Such a build never opens a debug port.',
    proofs: ['The fuse nodeCliInspect or NODE_OPTIONS is off, and an unpackaged build takes the option.'],
    lookAlikes: ['The unpackaged build refuses the option as well: look at how it is passed on.'],
  },
  'chrome-default-profile-blocks-port': {
    title: 'Chrome ignores the debug port for its default profile',
    summary: ({ port }) =>
      `Chrome 136 and later opens ${thePort(port)} only together with a profile folder of its own, and none was given.`,
    explanation:
      'To keep malware away from cookies, Chrome does not open its debug port for the default profile any more. The option is accepted without a word, Chrome starts, and nothing listens.',
    proofs: [
      'Chrome is 136 or later, has --remote-debugging-port but no --user-data-dir of its own, and owns no listener.',
    ],
    lookAlikes: [
      'A profile folder is given: then another fault is at work.',
      'The new process ended at once: a running Chrome took the start over.',
    ],
  },
  'tool-version-broken': {
    title: 'This release of the debug tool does not work here',
    summary: ({ detail }) =>
      `The debug tool or its backend fails by itself${inBrackets(detail)}; another release works with the same settings.`,
    explanation:
      'The backend crashes or refuses with an error of its own. Releases do break on new systems and new runtimes; the settings are then innocent.',
    proofs: [
      'The backend ends with a signal or an internal error.',
      'Another release, or a repaired installation, works with the same configuration.',
    ],
    lookAlikes: ['Every release fails in the same way: look at the rights and at the program.'],
  },
  'platform-lacks-socket-feature': {
    title: 'This system or runtime does not offer the socket function that is used',
    summary: ({ detail }) =>
      `The call is refused as such${inBrackets(detail)}, whatever the port: this system or runtime does not have it, or has it disabled.`,
    explanation:
      'Some socket options exist on some systems only, Windows does not share a listener among workers, and hosts disable functions of a runtime. Programs often report that as "address already in use", which sends one looking for an owner that does not exist.',
    proofs: ['The call fails on every port, and the same program works on another system or with another option.'],
    lookAlikes: ['Another port works: then the port is the question.'],
  },
  'core-pattern-set-by-host': {
    title: 'Core dumps of the container follow the pattern of the host',
    summary: ({ detail }) =>
      `The kernel writes core dumps as its host says${inBrackets(detail)}, and that program or folder is not in the container.`,
    explanation:
      'core_pattern belongs to the kernel, which a container shares with its host. When the pattern pipes to a program such as apport or systemd-coredump, the dump goes there or is lost, and a debugger in the container finds none.',
    proofs: ['core_pattern begins with a pipe to a program, or names a folder, that the container does not have.'],
    lookAlikes: ['A core file lies where the pattern says: open it with the binaries of the same image.'],
  },
  undetermined: {
    title: 'The cause could not be found',
    summary: ({ port }) =>
      `The connection to ${thePort(port)} fails, and none of the known causes fits what could be seen.`,
    explanation:
      'The facts exclude the known causes or are too few to choose one. What was seen and what stayed unknown is listed, so that a person can go on from there.',
    proofs: ['No known cause is proved by the facts at hand.'],
    lookAlikes: ['Any other cause that is proved.'],
  },
  'interpreter-not-found': {
    title: 'The program that should be started is not there',
    summary: ({ interpreter, command }) =>
      `${interpreter ?? command?.[0] ?? 'The configured interpreter or debugger'} was not found, so nothing was started and nothing listens.`,
    explanation:
      'The command is not on PATH, or its configured path does not exist: a virtual environment was moved or deleted, python is called python3 here, or the editor has another PATH than the terminal.',
    proofs: ['The command leads to nothing on PATH (exit 127, ENOENT, 9009 on Windows), or the path does not exist.'],
    lookAlikes: ['It starts and reports a missing module: the debugger is missing in that interpreter.'],
  },
} satisfies Record<string, CauseWords>;
