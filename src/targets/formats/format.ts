import type { Platform } from '../../model/platform.js';
import type { AdapterId, DebugRequest } from '../../model/target.js';

/** What reading a configuration file may lean on besides its text. */
export interface FormatContext {
  /** Absolute path of the file. */
  file: string;
  /** Absolute path of the project's folder: `${workspaceFolder}`. */
  folder: string;
  platform: Platform;
  environment(name: string): string | null;
  /** What the user said when asked for an input of this file; null: not asked. */
  answer?(id: string): string | null;
}

/** What an editor asks for before it starts a configuration: `inputs` of launch.json. Texts are untrusted. */
export interface EditorInput {
  id: string;
  /** `command`: a command of the editor, which nobody else can run. */
  kind: 'promptString' | 'pickString' | 'command';
  description: string | null;
  default: string | null;
  /** What there is to choose from; empty for the other kinds. */
  options: readonly { label: string; value: string }[];
  /** What is typed must not be shown. */
  isSecret: boolean;
}

/** One debug configuration of a project. Texts are untrusted. */
export interface FoundConfiguration {
  /** As the editor shows it, or made from the place (`package.json script "debug"`). */
  name: string;
  file: string;
  /** From 1; where the configuration begins. */
  line: number;
  column: number;
  /**
   * `client`: dials a debug server (VS Code's attach). `server`: starts a program that listens (`--inspect` in a
   * script, debugpy with `listen`). `editor-listens`: the editor waits for the program to call (Xdebug, PyCharm).
   */
  role: 'client' | 'server' | 'editor-listens';
  /**
   * `attach` for a client: something must listen already, also where the file's own word is `launch` (cppdbg with a
   * server address). `launch` for a server. The file's word for an editor that listens.
   */
  request: DebugRequest;
  adapter: AdapterId;
  /**
   * Where the file names none, the editor's documented default. Null where there is no default (a launch that takes
   * any free port), where a variable hides it or the file has it wrong, and for a socket or a bare pid.
   */
  host: string | null;
  /** As `host`. A whole number as written, so possibly outside 1..65535. */
  port: number | null;
  socketPath: string | null;
  pid: number | null;
  /**
   * The command that is launched, as argv; empty when unknown. To be shown, not run: the editor adds to it, and
   * arguments may hold what `unresolved` lists.
   */
  command: readonly string[];
  /** Absolute. */
  cwd: string;
  /** Variables that only the editor can fill in, such as `${input:port}`, verbatim. */
  unresolved: readonly string[];
  /** Ids of the inputs that stand in host, port, pid or socket, also where a default has filled them in. */
  inputs: readonly string[];
  /**
   * The key paths of host and port in a JSON file, list indexes as digits, so that a remedy can edit them there; null
   * where no plain value stands for itself: a default, a variable, `HOST:PORT` in one text, another kind of file.
   */
  hostKeyPath: readonly string[] | null;
  portKeyPath: readonly string[] | null;
}

/** Something wrong with the file itself. */
export interface ConfigurationProblem {
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** One sentence without a full stop. */
  message: string;
}

/** Several configurations that start together. */
export interface Compound {
  name: string;
  members: readonly string[];
}

export interface FileContent {
  configurations: readonly FoundConfiguration[];
  compounds: readonly Compound[];
  problems: readonly ConfigurationProblem[];
  /** What the file lets its editor ask for. */
  inputs?: readonly EditorInput[];
}

/** One kind of configuration file. */
export interface ConfigurationFormat {
  id: string;
  /** Paths relative to the project's folder; a `*` stands for any name within one folder. */
  files: readonly string[];
  /** Pure and total: a broken file becomes a problem, never a throw. */
  read(text: string, context: FormatContext): FileContent;
}
