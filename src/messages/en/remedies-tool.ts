import type { RemedyWords } from '../messages.js';
import { action, advice } from './remedy-words.js';

export const toolRemedyWords = {
  'install-debugger': {
    title: ({ interpreter }) => `Install debugpy for ${interpreter ?? 'the interpreter that runs the program'}`,
  },
  'load-xdebug': {
    title: ({ interpreter }) => `Install Xdebug for ${interpreter ?? 'the PHP that runs the program'} and load it`,
    instruct: () =>
      'Install it (Debian: php-xdebug; elsewhere: pecl install xdebug), put zend_extension=xdebug into an ini file that "php --ini" lists, and do not use "php -n". The PHP of a web server may read other files than that of the terminal. "php -v" then names Xdebug.',
  },
  'use-other-interpreter': {
    title: ({ otherInterpreter }) => `Use ${otherInterpreter ?? 'an interpreter that has the debugger'}`,
    instruct: ({ otherInterpreter }) =>
      `Select ${otherInterpreter ?? 'the interpreter of the right environment'} in the editor and in the start command. Where the system manages its Python, make a virtual environment (python3 -m venv .venv) and install debugpy there.`,
  },
  'show-debugger-version': action('See which version of the debugger is there'),
  'install-debugger-files': {
    title: ({ file }) => `Install ${file ?? 'what the debugger lacks'}`,
    instruct: () =>
      'Install gdb or lldb where the program runs, image included; collect the files of the debugger when freezing (collect_all("debugpy") for PyInstaller); share the folder again, or remove the tool and install it anew.',
  },
  'find-program': action('See whether the program is on PATH'),
  'match-architecture': advice(
    'Use a build for this architecture',
    'Build for the target (GOOS and GOARCH for Go), run an image of the native architecture, use gdb-multiarch, or open the debug server in the program (debugpy.listen) instead of attaching by pid.',
  ),
  'use-development-build': advice(
    'Debug an unpackaged or test build',
    'Use a build with the fuse on. Leave it off in what you ship.',
  ),
  'use-own-profile': action('Start Chrome with a profile folder of its own'),
  'change-tool-version': advice(
    'Use another release of the tool',
    'Upgrade it; when the failing release is the newest, go back to the last one that worked, and look the exact message up in its issue list. On macOS, remove /Library/Developer/CommandLineTools and run xcode-select --install.',
  ),
  'avoid-socket-feature': advice(
    'Switch off what this system does not have',
    'Use one worker on Windows, enable the function that is disabled (disable_functions in php.ini), or drop the socket option. Let the program print the real error.',
  ),
  'set-core-pattern': advice(
    'Set core_pattern and the core limit on the host',
    'Write a path that exists in the container into /proc/sys/kernel/core_pattern on the host, start the container with --ulimit core=-1, and open the core inside the same image.',
  ),
  'show-core-pattern': action('See where core dumps go'),
  'collect-facts': advice(
    'Collect what is still missing',
    'Try another port, another user and the literal 127.0.0.1, and note which of them changes the error. Run the doctor again with more rights (root or administrator) and with the log of the server, so that it can see what stayed hidden.',
  ),
  'correct-program-path': {
    title: ({ interpreter, command }) => `Install ${interpreter ?? command?.[0] ?? 'the program'} or correct its path`,
    instruct: ({ otherInterpreter }) =>
      `Name an existing program in the configuration${otherInterpreter === undefined ? '' : `, such as ${otherInterpreter}`}, or install the missing one. An editor may have another PATH than the terminal: an absolute path settles that.`,
  },
} satisfies Record<string, RemedyWords>;
