/**
 * What a program understands, for the commands that remedies use. Keys of the flags are what is written, values say
 * what it means; a `{slot}` in the meaning takes the next argument, one in the key is part of it.
 */
export interface Program {
  /** Flags with which the program still only looks. */
  flags?: Readonly<Record<string, string>>;
  /** Flags that make it change something. */
  changeFlags?: Readonly<Record<string, string>>;
  /** What may remain beside the flags when it only looks; `{command}` takes the rest as a command of its own. */
  look?: readonly string[];
  /** What remains when it changes something. */
  change?: readonly string[];
  /** What follows the first operand is not for this program. */
  stopsAtOperand?: boolean;
}
