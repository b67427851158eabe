import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CONFIGURATIONS = '/etc/netns';

/** Two machines on one cable; both addresses are inside namespaces and lead nowhere else. */
export const NEAR = { four: '10.213.78.1', six: 'fd00:78::1' };
export const FAR = { four: '10.213.78.2', six: 'fd00:78::2' };

/** An address of the cable's network that nobody has. */
export const NOBODY = '10.213.78.77';

export interface NamespaceOptions {
  /** Files that replace those of /etc inside, such as `hosts` and `nsswitch.conf`. */
  files?: Readonly<Record<string, string>>;
  /** False leaves the loopback interface down. */
  loopback?: boolean;
}

export interface Namespace {
  name: string;
  /** Runs a command inside; throws when it fails. */
  run(...argv: string[]): void;
  /** Loads nft rules. */
  loadNft(rules: string): void;
  remove(): void;
}

function execute(argv: readonly string[], input = ''): void {
  const [file = '', ...args] = argv;
  execFileSync(file, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });
}

let made = 0;

/** A network namespace of its own, without a way out. */
export function createNamespace({ files = {}, loopback = true }: NamespaceOptions = {}): Namespace {
  made += 1;
  const name = `ddat-${process.pid}-${made}`;
  const folder = join(CONFIGURATIONS, name);
  const run = (...argv: string[]): void => execute(['ip', 'netns', 'exec', name, ...argv]);
  execute(['ip', 'netns', 'add', name]);
  if (Object.keys(files).length > 0) mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  if (loopback) run('ip', 'link', 'set', 'lo', 'up');
  return {
    name,
    run,
    loadNft: (rules) => execute(['ip', 'netns', 'exec', name, 'nft', '-f', '-'], rules),
    remove: () => {
      execute(['ip', 'netns', 'delete', name]);
      rmSync(folder, { recursive: true, force: true });
      try {
        rmdirSync(CONFIGURATIONS);
      } catch {
        // Other namespaces have their files there.
      }
    },
  };
}

/** Lays a cable between two namespaces: NEAR's addresses in the first, FAR's in the second. */
export function connect(near: Namespace, far: Namespace): void {
  execute([
    'ip',
    'link',
    'add',
    'ddat0',
    'netns',
    near.name,
    'type',
    'veth',
    'peer',
    'name',
    'ddat0',
    'netns',
    far.name,
  ]);
  for (const [space, own] of [
    [near, NEAR],
    [far, FAR],
  ] as const) {
    space.run('ip', 'address', 'add', `${own.four}/24`, 'dev', 'ddat0');
    space.run('ip', 'address', 'add', `${own.six}/64`, 'dev', 'ddat0', 'nodad');
    space.run('ip', 'link', 'set', 'ddat0', 'up');
  }
}
