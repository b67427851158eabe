/** One kind of project file: where it lies, relative to the project's folder, and when it is worth reading. */
export interface ProjectFile {
  /** `*` stands for any name within one folder. */
  pattern: string;
  /** A file without any of these words has nothing to say about debugging; null: always read. */
  words: readonly string[] | null;
}

/** Words without which a file that is made for something else holds no debug option. */
const DEBUG_WORDS: readonly string[] = ['inspect', 'debug', 'jdwp', 'dlv', 'gdbserver', 'lldb'];

function always(...patterns: string[]): ProjectFile[] {
  return patterns.map((pattern) => ({ pattern, words: null }));
}

function whenItSays(...patterns: string[]): ProjectFile[] {
  return patterns.map((pattern) => ({ pattern, words: DEBUG_WORDS }));
}

/**
 * Every file that `src/targets/formats` reads, apart from the parsers themselves: those are loaded only when a project
 * has such a file.
 */
export const PROJECT_FILES: readonly ProjectFile[] = [
  ...always('.vscode/launch.json', '*.code-workspace'),
  ...always('.idea/runConfigurations/*.xml', '.idea/workspace.xml', '.run/*.run.xml'),
  ...always('debugpy_config.json'),
  ...always('.devcontainer.json', '.devcontainer/devcontainer.json', '.devcontainer/*/devcontainer.json'),
  ...whenItSays('package.json', 'Procfile', 'Procfile.*'),
  ...whenItSays('docker-compose*.yml', 'docker-compose*.yaml', 'compose*.yml', 'compose*.yaml'),
  ...whenItSays('.env', '.env.local', '.env.development', '.env.development.local', '.env.debug'),
];
