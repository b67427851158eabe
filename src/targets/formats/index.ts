import { codeWorkspace } from './code-workspace.js';
import { compose } from './compose.js';
import { debugpyConfigFormat } from './debugpy-config-format.js';
import { devcontainer } from './devcontainer.js';
import { dotenv } from './dotenv.js';
import type { ConfigurationFormat } from './format.js';
import { jetbrains } from './jetbrains.js';
import { packageJson } from './package-json.js';
import { procfile } from './procfile.js';
import { vscodeLaunch } from './vscode-launch.js';

/** Every kind of configuration file that is read. */
export const FORMATS: readonly ConfigurationFormat[] = [
  vscodeLaunch,
  codeWorkspace,
  jetbrains,
  debugpyConfigFormat,
  packageJson,
  compose,
  devcontainer,
  procfile,
  dotenv,
];
