import { baseName } from '../../adapters/command-line.js';
import { readCommands } from '../command-text.js';
import { debugOptionsOf } from '../debug-options.js';
import { MAX_DOCUMENT_BYTES, TOO_LARGE } from '../jsonc-document.js';
import { fillVariables } from '../shell-variables.js';
import { configurationsOf, NOTHING_FOUND, problemAt } from './found.js';
import type { ConfigurationFormat, FileContent, FormatContext } from './format.js';

const LINE = /^([A-Za-z0-9_-]+):\s*(.*)$/;

/** `Procfile`: one `name: command` a line. The lines whose command starts a debug server. */
export const procfile: ConfigurationFormat = { id: 'procfile', files: ['Procfile', 'Procfile.*'], read };

function read(text: string, context: FormatContext): FileContent {
  if (text.length > MAX_DOCUMENT_BYTES) {
    return { ...NOTHING_FOUND, problems: [problemAt({ line: 1, column: 1 }, TOO_LARGE, context)] };
  }
  const file = baseName(context.file);
  const configurations = text.split(/\r?\n/).flatMap((line, index) => {
    const [, name = '', command = ''] = LINE.exec(line) ?? [];
    const place = { line: index + 1, column: 1 };
    return readCommands(fillVariables(command, context.environment)).flatMap((simple) => {
      const assignments = [...simple.variables].map(([key, value]) => `${key}=${value}`);
      const argv = assignments.length === 0 ? simple.argv : ['env', ...assignments, ...simple.argv];
      return configurationsOf(debugOptionsOf(simple), { name: `${file} ${name}`, place, command: argv }, context);
    });
  });
  return { ...NOTHING_FOUND, configurations };
}
