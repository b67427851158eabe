import { Writable } from 'node:stream';
import { clean } from '../reporters/clean.js';
import type { AnswerInput, ProjectConfigurations } from '../targets/discover.js';
import type { FoundConfiguration } from '../targets/formats/format.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Shows a text and waits for a line. What is typed to a secret question is not shown. */
export type Ask = (text: string, isSecret: boolean) => Promise<string>;

type Input = ProjectConfigurations['inputs'][number];

const MAX_TRIES = 3;

/** Asks on the terminal that the user sits at; null where nobody sits. */
export function askerOf(terminal: Terminal, signal: AbortSignal): Ask | null {
  if (!terminal.canAsk) return null;
  return async (text, isSecret) => {
    terminal.writeError(text);
    const { createInterface } = await import('node:readline/promises');
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const output = isSecret ? silent : process.stderr;
    const reader = createInterface({ input: process.stdin, output, terminal: isSecret });
    // Where nothing is echoed the keys come one by one, and Ctrl-C is one of them.
    reader.on('SIGINT', () => process.emit('SIGINT'));
    const ended = new Promise<never>((_, refuse) => {
      reader.once('close', () => refuse(new UsageError('There was no answer.')));
    });
    try {
      return await Promise.race([reader.question('', { signal }), ended]);
    } finally {
      ended.catch(() => undefined);
      reader.close();
      if (isSecret) terminal.writeError('\n');
    }
  };
}

/** Asks for one input as its editor would: an empty answer takes the default. */
export async function askInput(input: Input, ask: Ask): Promise<string> {
  const title = clean(input.description ?? input.id, 200);
  const offered = input.default === null || input.isSecret ? '' : ` [${clean(input.default, 100)}]`;
  const choices = input.options.map(({ label }, index) => `  ${index + 1}) ${clean(label, 100)}\n`).join('');
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const text = await ask(
      choices === '' ? `${title}${offered}: ` : `${title}\n${choices}Number${offered}: `,
      input.isSecret,
    );
    const value = answerIn(text.trim(), input);
    if (value !== null) return value;
  }
  throw new UsageError(`The input "${clean(input.id, 100)}" was not answered.`);
}

function answerIn(text: string, { kind, options, default: offered }: Input): string | null {
  if (text === '') return offered;
  if (kind !== 'pickString') return text;
  const chosen = /^\d{1,3}$/.test(text) ? options[Number(text) - 1] : undefined;
  return (chosen ?? options.find(({ label, value }) => text === label || text === value))?.value ?? null;
}

/** Asks for what these configurations wait for, each input once. Commands of the editor cannot be asked for. */
export async function askInputsOf(
  found: readonly FoundConfiguration[],
  { inputs }: ProjectConfigurations,
  ask: Ask,
): Promise<AnswerInput> {
  const answers = new Map<Input, string>();
  const wanted = inputs.filter(({ file, id, kind }) => {
    return kind !== 'command' && found.some((one) => one.file === file && one.inputs.includes(id));
  });
  for (const input of wanted) answers.set(input, await askInput(input, ask));
  return (file, id) => [...answers].find(([input]) => input.file === file && input.id === id)?.[1] ?? null;
}
