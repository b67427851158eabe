import type { StartCommand, StartRequest } from './adapter.js';
import { baseName } from './command-line.js';

/** What dlv is to do with a program, and the program's own arguments. */
interface Plan {
  /** The subcommand with what it debugs. */
  subject: readonly string[];
  arguments: readonly string[];
}

/** Options of `go run` and `go test` that take the next argument as their value. */
const GO_WITH_VALUE = /^-(C|p|asmflags|exec|gcflags|ldflags|mod|modfile|overlay|pkgdir|tags|toolexec)$/;

/** Options of `go test` that the test binary takes, there with the prefix `test.`. */
const TEST_SWITCH = /^-(v|short|failfast)(=|$)/;
const TEST_WITH_VALUE = /^-(bench|count|cpu|parallel|run|shuffle|skip|timeout)$/;

/** Another runtime's interpreter or source, which no Go program is. */
const OTHER_RUNTIME =
  /^(python|pypy|node|nodejs|ruby|java|php|perl|bash|sh|dlv)[\d.]*$|\.(py|[cm]?[jt]s|rb|jar|php|sh)$/;

/** A package by its place (`.`, `./cmd/`) or its import path, whose first part is a domain; else it is a binary. */
function isPackage(program: string): boolean {
  return /^\.{1,2}$|\/$|\.go$/.test(program) || /^[a-z\d-]+(\.[a-z\d-]+)+\/\S/.test(program);
}

/** dlv splits `--build-flags` as a shell would. */
function buildFlags(flags: readonly string[]): string[] {
  if (flags.length === 0) return [];
  return [`--build-flags=${flags.map((flag) => (/\s/.test(flag) ? `'${flag}'` : flag)).join(' ')}`];
}

/** Splits options off the front, each with its value. */
function leadingOptions(words: readonly string[], withValue: RegExp): { options: string[][]; rest: readonly string[] } {
  const options: string[][] = [];
  let index = 0;
  while (words[index]?.startsWith('-') === true) {
    const length = withValue.test(words[index] ?? '') ? 2 : 1;
    options.push(words.slice(index, index + length));
    index += length;
  }
  return { options, rest: words.slice(index) };
}

/** The package, or the source files that stand for one. */
function splitPackage(words: readonly string[]): { packages: readonly string[]; rest: readonly string[] } {
  const sources = words.findIndex((word) => !word.endsWith('.go'));
  const count = sources < 0 ? words.length : Math.max(sources, 1);
  return { packages: words.slice(0, count), rest: words.slice(count) };
}

function planRun(words: readonly string[]): Plan | null {
  const { options, rest } = leadingOptions(words, GO_WITH_VALUE);
  const { packages, rest: own } = splitPackage(rest);
  return packages.length === 0
    ? null
    : { subject: ['debug', ...packages, ...buildFlags(options.flat())], arguments: own };
}

function planTest(words: readonly string[]): Plan | null {
  const withValue = new RegExp(`${GO_WITH_VALUE.source}|${TEST_WITH_VALUE.source}`);
  const before = leadingOptions(words, withValue);
  const { packages, rest } = splitPackage(before.rest);
  const after = leadingOptions(rest, withValue);
  // dlv debugs one test binary.
  const own = after.rest[0] === '-args' ? after.rest.slice(1) : after.rest;
  if (own.length > 0 || packages.some((name) => name.endsWith('...'))) return null;
  const options = [...before.options, ...after.options];
  const isTest = ([name = '']: readonly string[]): boolean => TEST_SWITCH.test(name) || TEST_WITH_VALUE.test(name);
  const test = options.filter((option) => isTest(option));
  const build = options.filter((option) => !isTest(option)).flat();
  const named = test.map(([name = '', ...value]) => [`-test.${name.slice(1)}`, ...value].join('='));
  return { subject: ['test', ...packages, ...buildFlags(build)], arguments: named };
}

function planOf([program = '', ...rest]: readonly string[]): Plan | null {
  if (baseName(program) === 'go') {
    const [verb = '', ...words] = rest;
    return verb === 'run' ? planRun(words) : verb === 'test' ? planTest(words) : null;
  }
  if (OTHER_RUNTIME.test(baseName(program))) return null;
  if (!isPackage(program)) return { subject: ['exec', program], arguments: rest };
  const { packages, rest: own } = splitPackage([program, ...rest]);
  return { subject: ['debug', ...packages], arguments: own };
}

/**
 * `dlv dap` where there is no program, since its client brings one. API version 2, since 1.20 speaks 1 unless told.
 * A program that is to run at once needs `--accept-multiclient`: dlv refuses `--continue` without it.
 */
export function startDelve({ host, port, program, waitForClient }: StartRequest): StartCommand | null {
  const listen = `--listen=${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (program.length === 0) return { argv: ['dlv', 'dap', listen], variables: {} };
  const plan = planOf(program);
  if (plan === null) return null;
  const running = waitForClient ? [] : ['--accept-multiclient', '--continue'];
  const own = plan.arguments.length === 0 ? [] : ['--', ...plan.arguments];
  const options = ['--headless', listen, '--api-version=2', ...running];
  return { argv: ['dlv', ...plan.subject, ...options, ...own], variables: {} };
}
