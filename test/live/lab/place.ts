/** Where and as whom a command runs. */
export interface Place {
  /** A network namespace made by `scene.namespace()`. */
  namespace?: string;
  /** Runs as this ordinary user, with no groups and no capabilities. */
  user?: 'nobody';
  /** Sees no process but its own children: other work on the machine cannot change what is found. */
  alone?: boolean;
  /** A command that prepares something and then runs its arguments. */
  through?: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd?: string;
}

/** The command that runs `argv` there. Each wrapper but the one for `alone` is replaced by the command, so that pids stay. */
export function commandAt(
  argv: readonly string[],
  { namespace, user, alone, through = [] }: Place,
): { file: string; args: string[] } {
  const [file = '', ...args] = [
    ...(namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace]),
    ...(alone === true ? ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'] : []),
    ...through,
    ...(user === undefined
      ? []
      : ['setpriv', `--reuid=${user}`, '--regid=nogroup', '--clear-groups', '--inh-caps=-all']),
    ...argv,
  ];
  return { file, args };
}

/** The environment without what would slow every start of Node or change what it prints. */
export function environmentAt({ env }: Place): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...rest } = process.env;
  return { ...rest, ...env };
}
