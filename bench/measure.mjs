// Wall-clock times of whole programs, taken in turns so that a busy moment of the machine meets all of them.
import { spawnSync } from 'node:child_process';

const env = { ...process.env };
// Extra certificates slow every start of Node, the doctor's and its peer's alike.
delete env.NODE_EXTRA_CA_CERTS;

function timeOf([file, ...args], exitCodes) {
  const startedAt = performance.now();
  const { status, error } = spawnSync(file, args, { env, stdio: 'ignore', timeout: 60_000 });
  const milliseconds = performance.now() - startedAt;
  if (error !== undefined || !exitCodes.includes(status)) {
    throw new Error(`${file} ${args.join(' ')} ended with ${error?.message ?? status}`);
  }
  return milliseconds;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Median milliseconds by name. `programs`: name → { argv, exitCodes }; one uncounted round warms the caches. */
export function measure(programs, rounds) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, { argv, exitCodes = [0] }] of Object.entries(programs)) {
      const milliseconds = timeOf(argv, exitCodes);
      if (round > 0) times[name].push(milliseconds);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, numbers]) => [name, median(numbers)]));
}

export function isInstalled(file) {
  return spawnSync(file, ['-v'], { stdio: 'ignore' }).error === undefined;
}
