import { PROBE_LEVELS } from '../model/probe-level.js';
import { ADAPTER_IDS } from '../model/target.js';
import { RISKS } from '../model/remedy.js';

/** One option, as both readers of the command line take it: the quick one of `check`, and yargs for all the rest. */
export interface OptionRow {
  type: 'boolean' | 'string';
  multiple?: boolean;
  alias?: string;
  choices?: readonly string[];
  /** The placeholder that help shows for the value. */
  value?: string;
  describe: string;
}

/** What to look at. */
const TARGET_OPTIONS = {
  adapter: { type: 'string', choices: ADAPTER_IDS, describe: 'the debugger that should answer' },
  request: { type: 'string', choices: ['attach', 'launch'], describe: 'attach: reach a server; launch: start one' },
  log: { type: 'string', multiple: true, value: 'FILE', describe: "read the server's log for what went wrong" },
  error: { type: 'string', value: 'TEXT', describe: 'the error text that you saw' },
  config: { type: 'string', value: 'FILE', describe: 'read host, port and more from a debugpy_config.json' },
} as const satisfies Record<string, OptionRow>;

/** How to look. */
const LOOK_OPTIONS = {
  only: { type: 'string', multiple: true, value: 'CHECK', describe: 'run only these checks' },
  skip: { type: 'string', multiple: true, value: 'CHECK', describe: 'leave these checks out' },
  timeout: { type: 'string', value: 'DURATION', describe: 'the longest that one look may take, such as 5s or 800ms' },
  probe: {
    type: 'string',
    choices: PROBE_LEVELS,
    describe:
      'how far to look. passive: connect to nothing; gentle: only where it is harmless; full: a whole handshake, which may disturb',
  },
  offline: { type: 'boolean', describe: 'ask no other machine' },
  replay: { type: 'string', value: 'DIR', describe: 'look at a recorded machine instead of this one' },
} as const satisfies Record<string, OptionRow>;

/** How to say it. */
export const OUTPUT_OPTIONS = {
  json: { type: 'boolean', describe: 'print one JSON document' },
  quiet: { type: 'boolean', alias: 'q', describe: 'print the verdict only' },
  verbose: { type: 'boolean', alias: 'v', describe: 'print every check with evidence and timing' },
} as const satisfies Record<string, OptionRow>;

export const CHECK_OPTIONS = {
  ...TARGET_OPTIONS,
  ...LOOK_OPTIONS,
  ...OUTPUT_OPTIONS,
  wait: { type: 'string', value: 'DURATION', describe: 'check again until healthy, at most this long' },
  record: { type: 'string', value: 'DIR', describe: 'write what was seen to DIR/recording.json' },
  'fail-on': { type: 'string', choices: ['error', 'warning'], describe: 'what makes the exit code 1' },
} as const satisfies Record<string, OptionRow>;

export const FIX_OPTIONS = {
  ...TARGET_OPTIONS,
  timeout: LOOK_OPTIONS.timeout,
  offline: LOOK_OPTIONS.offline,
  json: OUTPUT_OPTIONS.json,
  yes: { type: 'boolean', alias: 'y', describe: 'apply without asking' },
  'dry-run': { type: 'boolean', describe: 'show what would be done, and do nothing' },
  'max-risk': { type: 'string', choices: RISKS.slice(0, 3), describe: 'the riskiest remedy that may be applied' },
} as const satisfies Record<string, OptionRow>;

/** The values of a command line, by option name; an option that was not given is missing. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface ParsedCommand {
  values: OptionValues;
  targets: readonly string[];
  /** Everything after `--`. */
  command: readonly string[];
}
