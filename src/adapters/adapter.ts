import type { AdapterId } from '../model/target.js';

/** What a command line tells about a debug server. */
export interface Recognised {
  /** `caller`: it dials an editor that listens. */
  role: 'server' | 'adapter' | 'program' | 'caller';
  /** The address to listen on, or to call, as asked for; null where the command line leaves it to a default. */
  host: string | null;
  port: number | null;
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

/** One debugger: one file. */
export interface Adapter {
  id: AdapterId;
  name: string;
  defaultPort: number;
  /** The editor listens and the program dials it, so that the listener is never recognised by its command line. */
  editorListens?: true;
  contact: Contact;
  /** Whether an answer (decoded as Latin-1) comes from this debugger. */
  identifies(answer: string): boolean;
  /** Judges a command line; null when it is not this debugger's. */
  recognise(command: readonly string[]): Recognised | null;
  /** Needed to launch; null when the program brings its debugger along. */
  tool:
    | { kind: 'python-module'; module: string; defaultInterpreter: string }
    | { kind: 'executable'; name: string }
    | null;
}
