import type { SymptomId } from '../model/symptom.js';
import type { AdapterId } from '../model/target.js';
import type { ReadVariable } from './option-words.js';

/** What a command line tells about a debug server. */
export interface Recognised {
  /** `caller`: it dials an editor that listens. */
  role: 'server' | 'adapter' | 'program' | 'caller';
  /** The address to listen on, or to call, as asked for; null where the command line leaves it to a default. */
  host: string | null;
  port: number | null;
  /** The way in which it was started, in the adapter's own words, where that decides what a contact does. */
  mode: string | null;
  /** True when an adapter process was started on behalf of a program. */
  servesProgram: boolean;
  /** True when it serves one client at a time. */
  takesOneClient: boolean;
}

/**
 * How a server may be contacted. `harmless` says what a connection does to the real thing, as seen in experiments:
 * where it is false the doctor does not connect, and says so.
 */
export type Contact =
  | {
      harmless: true;
      speaksFirst: boolean;
      /** Sent when the server does not speak first; null: only listen. */
      send: string | null;
      /** A regular expression that the answer matches once it identifies the server and it is safe to leave. */
      until: string;
      /** How long a client must stay, at least, while the server may still be starting. */
      stayWhileStartingMs: number;
    }
  | { harmless: false; because: string };

/** What `--probe full` does: one whole exchange, which names the server and its version, and takes leave. */
export interface Handshake {
  /** In this order. `after` is a regular expression for what must have come since the step before; null: at once. */
  steps: readonly { after: string | null; send: string }[];
  /** A regular expression for what comes after the last step; then it is safe to leave. */
  until: string;
  /** The exchange of those modes that speak another protocol. */
  inModes?: Readonly<Record<string, Pick<Handshake, 'steps' | 'until'>>>;
  /** What it may do to the server or its program, as one clause without a full stop; null: nothing. */
  disturbs(mode: string | null): string | null;
}

/** What a debug server is to be started with. */
export interface StartRequest {
  host: string;
  port: number;
  /** The program and its arguments, as they are run without a debugger. */
  program: readonly string[];
  /** The program waits at its first line until a client attaches. */
  waitForClient: boolean;
}

export interface StartCommand {
  argv: readonly string[];
  /** Set besides the environment that it inherits. */
  variables: Readonly<Record<string, string>>;
}

/** A text that a failed start prints, in the language of the C locale. */
export interface StartFailure {
  /** A part of one line, verbatim, without addresses and numbers. */
  says: string;
  symptom: SymptomId;
  /** True where the program runs on without its debugger. */
  runsOn: boolean;
}

/** Another port that a command opens or needs besides the one that clients attach to. */
export interface SecondaryPort {
  port: number;
  /** Name or address literal without brackets; null: every address. */
  host: string | null;
  /** What it is for, as a noun: `JMX`. */
  purpose: string;
}

/** What must be installed to launch, and how its version is read. */
export type Tool =
  | { kind: 'python-module'; module: string; defaultInterpreter: string }
  | { kind: 'php-extension'; extension: string }
  | {
      kind: 'executable';
      /** Null where it has no name of its own: then a command must name it. */
      name: string | null;
      versionArguments: readonly string[];
      /** Reads the version in what those arguments print on either stream; null when there is none. */
      versionIn(output: string): string | null;
    };

/** One debugger: one file. */
export interface Adapter {
  id: AdapterId;
  name: string;
  defaultPort: number;
  /** Further ports of a command line. */
  secondaryPorts(command: readonly string[]): readonly SecondaryPort[];
  /** The editor always listens and the program dials it, so that the listener is never recognised by its command line. */
  editorListens?: true;
  /** What a gentle look does to a server in this mode; null: the mode is not known. */
  contact(mode: string | null): Contact;
  /** Null where a look says as much, or where nothing could be learnt. */
  handshake: Handshake | null;
  /**
   * A harmless request that names the host as a client writes it (`name:port`), where the server may refuse such a
   * name; left out where no name is ever sent.
   */
  requestByName?: (authority: string) => string;
  /** Whether an answer (decoded as Latin-1) comes from this debugger. */
  identifies(answer: string): boolean;
  /** The version that an answer states; null when it states none. */
  versionIn(answer: string): string | null;
  /** Judges a command line; null when it is not this debugger's. */
  recognise(command: readonly string[]): Recognised | null;
  /** What variables of the environment say about a server whose command line names no port. */
  addressIn?(read: ReadVariable): Pick<Recognised, 'host' | 'port' | 'mode'>;
  /** Where a program may carry this debugger without an option in its command line. */
  hidesIn: {
    /** Base names of such programs. */
    programs: RegExp;
    /** Part of the file name of a library that is mapped once the debugger is on; null: nothing tells. */
    library: string | null;
  } | null;
  /** How a user starts it; null where there is nothing to start, or the program cannot be one of this debugger. */
  start(request: StartRequest): StartCommand | null;
  /** Printed once it listens; null: it says nothing. */
  announces: RegExp | null;
  startFailures: readonly StartFailure[];
  /** Needed to launch; null when the program brings its debugger along. */
  tool: Tool | null;
}
