import { explain } from '../explain.js';
import { isPlatform, type Platform } from '../model/platform.js';
import { en } from '../messages/en/index.js';
import { renderExplainJson } from '../reporters/explain-json.js';
import { renderExplainText } from '../reporters/explain-text.js';
import { renderJson } from '../reporters/json.js';
import { redactDeep, redactText } from '../reporters/redact.js';
import { terminalStyle } from '../reporters/style.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** A log of this length holds the error many times over; of a longer one the end is kept, where the newest lines are. */
const MAX_INPUT_CHARACTERS = 64 * 1024 * 1024;

async function readStandardInput(terminal: Terminal): Promise<string> {
  if (process.stdin.isTTY) terminal.writeError('Paste the error, then press Ctrl-D.\n');
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text = (text + String(chunk)).slice(-MAX_INPUT_CHARACTERS);
  return text;
}

function currentPlatform(): Platform {
  return isPlatform(process.platform) ? process.platform : 'linux';
}

/** `debug-doctor explain`: exit code 0 when something was recognised, 3 when not. */
export async function runExplain(raw: { text?: unknown; json?: unknown }, terminal: Terminal): Promise<number> {
  const words = Array.isArray(raw.text) ? raw.text.map(String) : [];
  const piped = words.length === 0 && !process.stdin.isTTY;
  if (words.length === 0 && !piped)
    throw new UsageError('Say what to explain: a number, an errno name, a text, or - for standard input.');
  const input = piped || words[0] === '-' ? await readStandardInput(terminal) : words.join(' ');
  const result = explain(input, { platform: currentPlatform() });
  if (raw.json === true) {
    terminal.write(renderJson(redactDeep(renderExplainJson(result, en, __VERSION__))));
  } else {
    const text = renderExplainText(
      result,
      en,
      terminalStyle(terminal.unicode, terminal.colours),
      Math.min(terminal.columns, 120),
    );
    terminal.write(redactText(text));
  }
  return result.matches.length > 0 ? 0 : 3;
}
