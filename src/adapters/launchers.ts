import type { AdapterId } from '../model/target.js';
import { baseName } from './command-line.js';
import type { ReadVariable } from './option-words.js';

/**
 * Programs that run on the runtime whose debugger this is, and start the wanted program as a process of its own. Seen
 * with npm 11 on Node 20: with `--inspect` in NODE_OPTIONS npm has the port, and the script prints `failed: address
 * already in use` and runs on.
 */
const LAUNCHERS: ReadonlyMap<AdapterId, RegExp> = new Map<AdapterId, RegExp>([
  [
    'node',
    /^(npm|npx|pnpm|pnpx|yarn|yarnpkg|nodemon|tsx|ts-node-dev|concurrently|npm-run-all|run-[ps]|cross-env|lerna)$/,
  ],
  ['jdwp', /^(mvnw?|mvnd|gradlew?|sbt|ant)$/],
  ['rdbg', /^(foreman|guard|rerun)$/],
]);

const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** They take assignments before the program that they start. */
const SETS_VARIABLES = /^(env|cross-env)$/;

const MAX_WRAPPED = 4;

interface OptionOf {
  adapter: AdapterId;
  port: number | null;
}

/**
 * The first program of a command that would take the port of a debug option although it only starts the wanted program,
 * and that option. `env` and `cross-env` set variables for what follows them. A port that the system chooses is nobody's
 * to lose. Null when there is none.
 */
export function launcherWithOption<T extends OptionOf>(
  command: readonly string[],
  read: ReadVariable,
  optionsIn: (read: ReadVariable) => readonly T[],
): { program: string; option: T } | null {
  const variables = new Map<string, string>();
  let words = command;
  for (let wrapped = 0; wrapped < MAX_WRAPPED; wrapped += 1) {
    const program = baseName(words[0] ?? '').replace(/\.(cmd|bat|ps1)$/i, '');
    const options = optionsIn((name) => variables.get(name) ?? read(name));
    const option = options.find(({ adapter, port }) => LAUNCHERS.get(adapter)?.test(program) === true && port !== 0);
    if (option !== undefined && option.port !== null) return { program, option };
    if (!SETS_VARIABLES.test(program)) return null;
    const rest = words.slice(1);
    const assigned = rest.findIndex((word) => !ASSIGNMENT.test(word));
    for (const word of assigned < 0 ? rest : rest.slice(0, assigned)) {
      const [, name = '', value = ''] = ASSIGNMENT.exec(word) ?? [];
      variables.set(name, value);
    }
    words = assigned < 0 ? [] : rest.slice(assigned);
  }
  return null;
}
