import type { AdapterId } from '../target.js';

/** A debug option that a program gets through its environment, so that what it starts gets it too. */
export interface VariableOption {
  /** Such as `NODE_OPTIONS`. */
  variable: string;
  /** As it is written there, such as `--inspect=9229`. */
  option: string;
  adapter: AdapterId;
  /** Null where none can be told. */
  port: number | null;
}

/** The debug options in the environment that the target's command would get. Only those that make a program listen. */
export interface InheritedOptions {
  /** Those of our own environment. */
  options: readonly VariableOption[];
  /** The first program of the command that would listen although it only starts the wanted one, such as `npm`. */
  launcher: { program: string; option: VariableOption } | null;
}
