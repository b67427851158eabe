import yargs, { type Argv } from 'yargs';
import type { ParsedCommand, OptionRow } from './option-table.js';
import { CHECK_OPTIONS, FIX_OPTIONS, OUTPUT_OPTIONS } from './option-table.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const TARGET_FORMS =
  'HOST:PORT, :PORT, PORT, [::1]:PORT, unix:/path, pid:N or the name of a configuration; when left out, what the project is configured for, else debugpy on 127.0.0.1:5678';

/** The table's options in yargs' words. */
function withOptions(builder: Argv, rows: Readonly<Record<string, OptionRow>>): Argv {
  for (const [name, { type, multiple, alias, choices, describe, value }] of Object.entries(rows)) {
    builder.option(name, {
      type,
      describe: value === undefined ? describe : `${describe}  [${value}]`,
      ...(type === 'string' ? { requiresArg: true } : {}),
      ...(multiple === true ? { array: true, nargs: 1 } : {}),
      ...(alias === undefined ? {} : { alias }),
      ...(choices === undefined ? {} : { choices }),
    });
  }
  return builder;
}

function targetsOf(builder: Argv): Argv {
  return builder.positional('target', { type: 'string', array: true, describe: TARGET_FORMS });
}

interface RawArguments {
  [name: string]: unknown;
}

/** What a command's handler gets out of yargs' result. */
function parsedOf(raw: RawArguments): ParsedCommand {
  const { target, '--': rest, ...values } = raw;
  const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  return { values: values as ParsedCommand['values'], targets: texts(target), command: texts(rest) };
}

/** Positionals and options by name, whatever yargs infers about them. */
function valuesOf(raw: object): Record<string, unknown> {
  return { ...raw };
}

/** A failure in yargs' words becomes one of ours; a repeated single option is the user's mistake. */
function onFailure(message: string | null, error: Error | undefined): never {
  if (error !== undefined && error.name !== 'YError') throw error;
  throw new UsageError(`${message ?? error?.message ?? 'wrong usage'}\nSee \`debug-doctor --help\`.`);
}

interface Outcome {
  exitCode: number;
}

/** The commands that look at a machine, or change it. */
function addPatientCommands(program: Argv, terminal: Terminal, signal: AbortSignal, outcome: Outcome): Argv {
  return program
    .command(
      'check [target..]',
      'find out why a debugger cannot connect; changes nothing',
      (builder) =>
        withOptions(targetsOf(builder), CHECK_OPTIONS)
          .example('$0 check', 'debugpy on 127.0.0.1:5678')
          .example('$0 check :9229 --wait 30s', 'wait until node --inspect answers')
          .example('$0 check 5678 --request launch -- python3 app.py', 'would this debug server start?')
          .example('$0 check :2345 --adapter delve --probe passive', 'judge by tables and command lines alone')
          .example('$0 check --config debugpy_config.json --json', 'one JSON report'),
      async (raw) => {
        outcome.exitCode = await (await import('./check.js')).runCheck(parsedOf(raw), terminal, signal);
      },
    )
    .command(
      'fix [target..]',
      'apply the remedy, check again, remember how to undo it',
      (builder) =>
        withOptions(targetsOf(builder), FIX_OPTIONS)
          .example('$0 fix --dry-run', 'show what would be done')
          .example('$0 fix --config debugpy_config.json --request launch --yes', 'move to a free port'),
      async (raw) => {
        outcome.exitCode = await (await import('./fix.js')).runFix(parsedOf(raw), terminal, signal);
      },
    )
    .command(
      'undo [id]',
      'take back the last fix, or the one with this id',
      (builder) =>
        withOptions(builder.positional('id', { type: 'string', describe: 'an id that `undo --list` shows' }), {
          list: { type: 'boolean', describe: 'list what was done' },
          json: OUTPUT_OPTIONS.json,
        }),
      async (raw) => {
        outcome.exitCode = await (await import('./undo.js')).runUndo(valuesOf(raw), terminal, signal);
      },
    );
}

/** The commands that tell what the doctor knows. */
function addKnowledgeCommands(program: Argv, terminal: Terminal, signal: AbortSignal, outcome: Outcome): Argv {
  return program
    .command(
      'targets',
      'list what is configured in this folder, what runs on this machine, and which meets which',
      (builder) => withOptions(builder, { json: OUTPUT_OPTIONS.json }),
      async (raw) => {
        outcome.exitCode = await (await import('./targets.js')).runTargets(valuesOf(raw), terminal, signal);
      },
    )
    .command(
      'explain [text..]',
      'what an error number, name, text or log means; - reads standard input',
      (builder) =>
        withOptions(
          builder.positional('text', { type: 'string', array: true, describe: 'an error, or - for standard input' }),
          {
            json: OUTPUT_OPTIONS.json,
          },
        )
          .example('$0 explain 98', 'one number, on every system')
          .example('$0 explain EADDRINUSE', 'a name')
          .example('python app.py 2>&1 | $0 explain -', 'a whole traceback'),
      async (raw) => {
        outcome.exitCode = await (await import('./explain.js')).runExplain(valuesOf(raw), terminal);
      },
    )
    .command(
      'list [what]',
      'list checks, causes or adapters',
      (builder) =>
        withOptions(
          builder.positional('what', {
            choices: ['checks', 'causes', 'adapters'] as const,
            describe: 'all when left out',
          }),
          {
            json: OUTPUT_OPTIONS.json,
          },
        ),
      async (raw) => {
        outcome.exitCode = (await import('./list.js')).runList(valuesOf(raw), terminal);
      },
    )
    .command(
      'schema [document]',
      'print the JSON Schema of the reports',
      (builder) =>
        builder.positional('document', {
          choices: ['check', 'explain'] as const,
          default: 'check' as const,
          describe: 'whose JSON',
        }),
      async ({ document }) => {
        outcome.exitCode = (await import('./schema.js')).runSchema(document, terminal);
      },
    );
}

/**
 * Everything but the quick paths of `main.ts`: help, completion, wrong usage, and the commands whose start-up time
 * nobody feels.
 */
export async function runProgram(argv: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const outcome: Outcome = { exitCode: 0 };
  const patient = addPatientCommands(yargs([...argv]), terminal, signal, outcome);
  const program = addKnowledgeCommands(patient, terminal, signal, outcome)
    .scriptName('debug-doctor')
    .usage('$0 <command>\n\nFinds out why a debugger cannot connect, and what one change fixes it.')
    .completion('completion', 'print a script for shell completion: source <(debug-doctor completion)')
    .demandCommand(1, 'Name a command, such as `debug-doctor check`.')
    .recommendCommands()
    .strict()
    .parserConfiguration({
      'populate--': true,
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'boolean-negation': false,
    })
    .version(__VERSION__)
    .alias('help', 'h')
    .wrap(Math.min(110, terminal.columns))
    .epilogue(
      'Exit codes: 0 healthy, 1 a problem was found, 2 wrong usage or the doctor failed, 3 inconclusive, 130 interrupted.',
    )
    .exitProcess(false)
    .fail((message, error) => onFailure(message, error));
  await program.parseAsync();
  return outcome.exitCode;
}
