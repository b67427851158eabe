import type { LogPattern } from './pattern.js';
import { debuggerPatterns } from './patterns/debuggers.js';
import { debugpyPatterns } from './patterns/debugpy.js';
import { errnoPatterns } from './patterns/errno-names.js';
import { nodePatterns } from './patterns/node.js';
import { runtimePatterns } from './patterns/runtimes.js';
import { servicePatterns } from './patterns/services.js';
import { localTextPatterns } from './patterns/texts-local.js';
import { startupPatterns } from './patterns/startup.js';
import { bindingTextPatterns } from './patterns/texts-binding.js';
import { connectionTextPatterns } from './patterns/texts-connection.js';
import { vaguePatterns } from './patterns/vague.js';

/** Every pattern. A line belongs to the first that matches: what one program prints goes first, the vague last. */
export const LOG_PATTERNS: readonly LogPattern[] = [
  ...debugpyPatterns,
  ...nodePatterns,
  ...runtimePatterns,
  ...debuggerPatterns,
  ...servicePatterns,
  ...startupPatterns,
  ...localTextPatterns,
  ...bindingTextPatterns,
  ...connectionTextPatterns,
  ...errnoPatterns,
  ...vaguePatterns,
];
