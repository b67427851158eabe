/** What the command line knows of the place it runs in. The only module beside the host that reads `process`. */
export interface Terminal {
  /** Whether a person watches standard output, or standard error. */
  outputIsTerminal: boolean;
  errorIsTerminal: boolean;
  canAsk: boolean;
  unicode: boolean;
  /** False when NO_COLOR is set to anything (no-color.org). */
  colours: boolean;
  columns: number;
  write(text: string): void;
  writeError(text: string): void;
}

/** Linux's text console and ASCII locales cannot show the signs. */
function showsUnicode(environment: NodeJS.ProcessEnv, platform: string): boolean {
  if (platform === 'win32') {
    return (
      environment['WT_SESSION'] !== undefined ||
      environment['TERM_PROGRAM'] === 'vscode' ||
      environment['ConEmuTask'] !== undefined
    );
  }
  if (environment['TERM'] === 'linux' || environment['TERM'] === 'dumb') return false;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return /utf-?8/i.test(locale);
}

export function createTerminal(): Terminal {
  const { stdout, env, platform } = process;
  // A reader that has seen enough (head, less) closes the pipe: nothing to complain about.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    outputIsTerminal: stdout.isTTY,
    // Each stream takes Node a millisecond to make: only for those who ask.
    get errorIsTerminal() {
      return process.stderr.isTTY;
    },
    get canAsk() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    unicode: showsUnicode(env, platform),
    colours: (env['NO_COLOR'] ?? '') === '',
    columns: stdout.columns ?? 80,
    write: (text) => void stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
  };
}
