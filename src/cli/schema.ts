import { explainJsonSchema, reportJsonSchema } from '../report-schema.js';
import { renderJson } from '../reporters/json.js';
import type { Terminal } from './terminal.js';

/** `debug-doctor schema`: the JSON Schema of `check --json` or of `explain --json`. */
export function runSchema(document: 'check' | 'explain', terminal: Terminal): number {
  terminal.write(renderJson(document === 'check' ? reportJsonSchema() : explainJsonSchema()));
  return 0;
}
