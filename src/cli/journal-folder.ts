import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where fixes are remembered, by the conventions of each system. */
export function journalFolder(): string {
  const { env, platform } = process;
  const { XDG_STATE_HOME: state, LOCALAPPDATA: local } = env;
  if (platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'debug-doctor', 'journal');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'debug-doctor', 'journal');
  return join(
    state !== undefined && state.startsWith('/') ? state : join(homedir(), '.local', 'state'),
    'debug-doctor',
    'journal',
  );
}
