// Children of the benchmark: started, waited for, and ended, each by its own pid.
import { spawn } from 'node:child_process';

const children = new Set();

/** Starts a program and waits until its output holds a text. */
export async function start(file, args, text) {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  await new Promise((resolve, reject) => {
    let seen = '';
    const timer = setTimeout(() => reject(new Error(`${file} did not print "${text}" in time: ${seen}`)), 30_000);
    const settle = (action) => {
      clearTimeout(timer);
      action();
    };
    const look = (chunk) => {
      seen += chunk;
      if (seen.includes(text)) settle(resolve);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', () => settle(() => reject(new Error(`${file} ended before it printed "${text}": ${seen}`))));
  });
  return child;
}

/** Starts a program that prints nothing. */
export function startQuietly(file, args) {
  const child = spawn(file, args, { stdio: 'ignore' });
  children.add(child);
  child.once('exit', () => children.delete(child));
}

/** Asks every child that still runs to end, and ends it when it has not done so after a while. */
export async function endAll() {
  const running = [...children];
  const ended = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of running) child.kill('SIGTERM');
  const timer = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
  }, 5000);
  await Promise.all(ended);
  clearTimeout(timer);
}
