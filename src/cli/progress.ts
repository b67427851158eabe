import type { Terminal } from './terminal.js';

/** Less than this is not worth a spinner. */
const SHOW_AFTER_MS = 400;

/** Shows a spinner on a terminal's standard error while something takes long; nothing anywhere else. */
export async function withProgress<T>(terminal: Terminal, text: string, work: Promise<T>): Promise<T> {
  if (!terminal.errorIsTerminal) return work;
  let stop = (): void => undefined;
  let done = false;
  const show = async (): Promise<void> => {
    const { default: ora } = await import('./spinner.js');
    if (done) return;
    const spinner = ora({ text, discardStdin: false }).start();
    stop = () => void spinner.stop();
  };
  const timer = setTimeout(() => void show(), SHOW_AFTER_MS);
  try {
    return await work;
  } finally {
    done = true;
    clearTimeout(timer);
    stop();
  }
}
