import { createNodeHost } from '../host/node.js';
import { renderJson } from '../reporters/json.js';
import { redactDeep, redactText } from '../reporters/redact.js';
import { renderSurveyJson, renderSurveyText } from '../reporters/survey.js';
import { terminalStyle } from '../reporters/style.js';
import { survey } from '../survey.js';
import { withProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** `debug-doctor targets`: what is configured here and what runs; exit code 1 when a file is broken or two collide. */
export async function runTargets(raw: { json?: unknown }, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const found = await withProgress(terminal, 'Looking…', survey(createNodeHost(signal), process.cwd()));
  if (raw.json === true) {
    terminal.write(renderJson(redactDeep(renderSurveyJson(found, __VERSION__))));
  } else {
    terminal.write(redactText(renderSurveyText(found, terminalStyle(terminal.unicode, terminal.colours))));
  }
  const collides = found.configured.some(({ collidesWith }) => collidesWith.length > 0);
  return found.problems.length > 0 || collides ? 1 : 0;
}
