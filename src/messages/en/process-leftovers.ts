import type { CauseWords } from '../messages.js';
import { theHolder } from './holder.js';
import { thePort, theProcess } from './phrases.js';

export const leftoverWords = {
  'previous-run-still-listening': {
    title: 'An earlier run of the same program still holds the port',
    summary: (args) =>
      `${theHolder(args, 'An earlier run of your program')} never ended and still listens on ${thePort(args.port)}: it was started with the same command as the one that fails now.`,
    explanation:
      'The window, the terminal or the editor was closed, but the program behind it went on. It keeps its debug port, and the next start finds the port taken.',
    proofs: [
      'The owner of the port has the same executable, command line and user as the program that fails, and was started earlier.',
      'It does not end by itself; often its terminal or editor is gone and its parent is pid 1.',
    ],
    lookAlikes: [
      'The owner is parent or sibling of the failing process: a reloader, or workers.',
      'The owner is stopped (state T): a suspended job.',
      'The owner is a debug adapter: a session left it behind.',
      'It ends within seconds: an old instance that is still closing.',
    ],
  },
  'orphaned-debug-adapter-holds-port': {
    title: 'A debug adapter that a session left behind holds the port',
    summary: (args) => {
      const adapter = theHolder(args, 'A debug adapter');
      return args.programGone === true
        ? `${adapter} still listens on ${thePort(args.port)}, but the program that it debugged has ended. Nobody needs it any more.`
        : `${adapter} still listens on ${thePort(args.port)} for a debug session that has ended, and no client is connected to it.`;
    },
    explanation:
      'Many debuggers put a process of their own between client and program: debugpy starts an adapter that is detached from the terminal on purpose. When the program is killed, or the editor only disconnects, the adapter can stay and keep the port.',
    proofs: [
      'The owner of the port is a debug tool (debugpy/adapter, dlv, gdbserver, lldb-server, openocd), its parent is pid 1 or gone, and no client is connected.',
      'The program that it served does not exist any more.',
    ],
    lookAlikes: [
      'A client is connected: the session is in use.',
      'The program still runs under it: attach again, there is no need to end anything.',
    ],
  },
  'suspended-job-holds-port': {
    title: 'A suspended program holds the port',
    summary: (args) =>
      `${theHolder(args, 'A program')} is stopped (usually with Ctrl-Z) and still holds ${thePort(args.port)}: the system accepts connections in its name, and nobody answers.`,
    explanation:
      'A stopped process keeps its sockets. The kernel goes on accepting connections until the queue is full, so the port looks open, but the program gets no chance to say a word. A server that wants the same port finds it taken.',
    proofs: ['The state of the owner is T, and its parent is an interactive shell.'],
    lookAlikes: [
      'The state is t: a debugger has stopped it, and will let it go on.',
      'The state is S and nothing answers: the server is wedged or busy.',
    ],
  },
  'old-instance-still-closing': {
    title: 'The old instance had not let go of the port when the new one started',
    summary: (args) =>
      `${theProcess(args, 'The previous instance')} was told to end and still had ${thePort(args.port)} when the new one asked for it; some seconds later it works.`,
    explanation:
      'A reloader or supervisor starts the new process before the old one has closed its sockets. A debug client that is still attached makes it worse: it keeps the old process alive.',
    proofs: [
      'The first start fails, a second one some seconds later works with nothing changed.',
      'Or a client is still connected to the debug port of the old process.',
    ],
    lookAlikes: [
      'The owner is still there after a minute, without a client: an earlier run was left over.',
      'No listener at all: TIME_WAIT.',
    ],
  },
  'reloader-child-listens-again': {
    title: 'The auto-reloader starts the program twice, and both want the debug port',
    summary: (args) =>
      `${theProcess(args, 'The parent process')} is the reloader of the same program and already listens on ${thePort(args.port)}; its child runs the same code and asks for the port again.`,
    explanation:
      'Flask, Django, uvicorn and their like run the program in a child process and start it anew on each change. A listen call, or a debug option, that both processes reach opens the same port in both.',
    proofs: [
      'The owner is the parent of the failing process, and both run the same program.',
      'A reloader is on: RUN_MAIN or WERKZEUG_RUN_MAIN is set in one of them, or "Restarting with" is printed.',
    ],
    lookAlikes: [
      'Only later restarts fail: the old instance is still closing.',
      'The owner is a sibling: workers share the port.',
    ],
  },
  'workers-share-one-debug-port': {
    title: 'Several workers of one program open the same debug port',
    summary: (args) =>
      `${theProcess(args, 'Another worker')} belongs to the same program and already listens on ${thePort(args.port)}; every worker runs the code that opens it, and only the first succeeds.`,
    explanation:
      'Under uwsgi, gunicorn, puma, celery or multiprocessing each worker loads the same code. A listen call there is made once per worker, with one fixed port for all of them.',
    proofs: [
      'The owner is a sibling, or the forking parent, of the failing process, under one master.',
      'The call that opens the port stands in code that every worker loads.',
    ],
    lookAlikes: ['A reloader is the parent.', 'The processes belong to different applications.'],
  },
  'listens-twice-in-one-program': {
    title: 'The program asks for its debug port twice',
    summary: (args) =>
      `${theProcess(args, 'The program itself')} already opened ${thePort(args.port)}, and asks for it a second time: often by an option on the command line and by a call in the code.`,
    explanation:
      'The debugger is switched on in two places: --listen and debugpy.listen(), two agent options, a start script that runs twice. The second attempt meets the first.',
    proofs: ['The owner of the port is the failing process itself, or its own debug adapter.'],
    lookAlikes: ['The owner is another process: workers, a reloader, or an earlier run.'],
  },
  'listener-socket-inherited-by-helper': {
    title: 'A helper program inherited the listening socket and keeps the port',
    summary: (args) =>
      `${theHolder(args, 'A helper program')} never listened on ${thePort(args.port)} itself: the server that started it handed its socket down, and the socket stays open until the helper ends.`,
    explanation:
      'A child process gets a copy of every socket that is not marked close-on-exec. When the server ends, the copy in its helper (a shell, sleep, a player) keeps the port busy, under a name that has nothing to do with it.',
    proofs: ['The owner is an unrelated helper that the old server started, and the server itself is gone.'],
    lookAlikes: ['The owner is a server in its own right.'],
  },
  'server-already-running': {
    title: 'The server you want to start is already running',
    summary: (args) =>
      `${theHolder(args, 'A server of the same kind')} already serves ${thePort(args.port)}. Attach to it instead of starting a second one.`,
    explanation:
      'Something started the server on purpose before you did: the command of the container, a service, a task of the editor, an earlier start command. There is nothing to repair, only a second start too many.',
    proofs: ['The owner of the port is the wanted server, and it answers in the expected protocol.'],
    lookAlikes: ['The owner does not answer: it hangs, or is stopped.', 'The owner is of another kind.'],
  },
  'stale-pid-file': {
    title: 'A left-over pid or lock file says that the program runs',
    summary: ({ file, pid }) =>
      `The program will not start, because ${file ?? 'its pid file'} says that it runs already${pid === undefined ? '' : ` as pid ${pid}`}. That process is gone, or is another program by now.`,
    explanation:
      'The file was written by a run that could not clean up: killed, crashed, or in a container that was restarted. In containers the same low pids come again, so even a living pid proves nothing.',
    proofs: [
      'The pid in the file is dead, or belongs to another program, or was written in another pid namespace.',
      'Nothing listens on the port.',
    ],
    lookAlikes: ['The pid is alive, is the same program and listens: then it does run.'],
  },
} satisfies Record<string, CauseWords>;
