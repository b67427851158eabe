import { spawnSync } from 'node:child_process';
import net from 'node:net';
import os from 'node:os';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { CAUSES } from '../../src/causes/index.js';
import type { CauseId } from '../../src/model/cause-ids.js';
import type { FindingArgs } from '../../src/model/cause.js';
import type { RemedyId } from '../../src/model/remedy-ids.js';
import type { RemedyPlan } from '../../src/model/remedy.js';
import { commandsOf, FULL } from './samples.js';

const LINUX = process.platform === 'linux';
const ROOT = LINUX && process.getuid?.() === 0;
const NAMESPACE = `ddcat-${process.pid}`;

interface Ran {
  status: number | null;
  output: string;
}

/** Runs a command; skips the test where the program is not installed. */
function run(context: TestContext, argv: readonly string[]): Ran {
  const [program = '', ...args] = argv;
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 });
  if (done.error !== undefined && 'code' in done.error && done.error.code === 'ENOENT') context.skip(`no ${program}`);
  return { status: done.status, output: done.stdout + done.stderr };
}

function remedy(cause: CauseId, id: RemedyId, args: FindingArgs): RemedyPlan {
  const found = CAUSES[cause].remedies.linux(args).find((plan) => plan.id === id);
  if (found === undefined) throw new Error(`${cause} gives no ${id}`);
  return found;
}

function commandOf(plan: RemedyPlan): readonly string[] {
  return commandsOf(plan.steps)[0] ?? [];
}

describe.runIf(LINUX)('commands that look, run on this machine', () => {
  const server = net.createServer();
  let args: FindingArgs = {};

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    args = {
      port,
      pid: process.pid,
      host: 'localhost',
      address: '127.0.0.1',
      file: process.execPath,
      directory: os.tmpdir(),
      interpreter: process.execPath,
    };
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  const looks: readonly (readonly [CauseId, RemedyId, () => string])[] = [
    ['wrong-port', 'show-port-owner', () => `127.0.0.1:${args.port}`],
    ['debug-flag-not-applied', 'show-process', () => `${process.pid}`],
    ['name-does-not-resolve', 'resolve-name', () => 'localhost'],
    ['address-not-on-this-machine', 'show-addresses', () => '127.0.0.1'],
    ['no-route-to-host', 'show-route', () => '127.0.0.1'],
    ['debug-target-misconfigured', 'show-file-type', () => process.execPath],
    ['interpreter-not-found', 'find-program', () => process.execPath],
    ['core-pattern-set-by-host', 'show-core-pattern', () => ''],
    ['socket-on-shared-mount', 'show-file-system', () => ''],
    ['client-and-server-use-different-sockets', 'list-unix-sockets', () => ''],
    ['ipv6-disabled', 'show-ipv6-state', () => ''],
  ];

  test.for(looks)('%s: %s', ([cause, id, expected], context) => {
    const ran = run(context, commandOf(remedy(cause, id, args)));
    expect(ran.status, ran.output).toBe(0);
    expect(ran.output).toContain(expected());
  });

  test.runIf(ROOT)('the listeners of a namespace', (context) => {
    const ran = run(context, commandOf(remedy('listens-in-other-network-namespace', 'show-namespace-listeners', args)));
    expect(ran.status, ran.output).toBe(0);
    expect(ran.output).toContain(`127.0.0.1:${args.port}`);
  });

  test('ssh reads the tunnel as one local forward to loopback of the server', (context) => {
    const [program = '', ...rest] = commandOf(remedy('server-bound-to-unreachable-address', 'tunnel-over-ssh', FULL));
    // -G prints the settings that would be used, and connects to nothing.
    const ran = run(context, [program, '-G', ...rest]);
    expect(ran.status, ran.output).toBe(0);
    expect(ran.output).toMatch(/^localforward \[127\.0\.0\.1\]:5678 \[127\.0\.0\.1\]:5678$/m);
    expect(ran.output).toMatch(/^hostname server\.example$/m);
  });

  test('pip knows how to uninstall without asking', (context) => {
    const ran = run(context, ['python3', '-m', 'pip', 'uninstall', '--help']);
    if (ran.status !== 0) context.skip('no pip');
    expect(ran.output).toMatch(/^ +-y, --yes/m);
  });

  test('docker knows how to run a command in the background', (context) => {
    const ran = run(context, ['docker', 'exec', '--help']);
    expect(ran.output).toMatch(/^ +-d, --detach/m);
  });
});

describe.runIf(ROOT)('firewall commands, in a network namespace of their own', () => {
  const inside = (context: TestContext, argv: readonly string[]) =>
    run(context, ['ip', 'netns', 'exec', NAMESPACE, ...argv]);
  let made = false;

  beforeAll(() => {
    made = spawnSync('ip', ['netns', 'add', NAMESPACE]).status === 0;
  });

  afterAll(() => {
    if (made) spawnSync('ip', ['netns', 'delete', NAMESPACE]);
  });

  /** Runs a program's command inside; skips where there is no namespace or no such program. */
  function change(context: TestContext, argv: readonly string[]): void {
    if (!made) context.skip('network namespaces are not permitted here');
    run(context, [argv[0] ?? '', '--version']);
    const ran = inside(context, argv);
    expect(ran.status, ran.output).toBe(0);
  }

  test.for([
    ['iptables', 'input', FULL.clientAddress],
    ['iptables', 'output', FULL.address],
    ['ip6tables', 'input', '2001:db8::9'],
  ] as const)('%s takes the %s opening for %s, and its undo', ([firewallTool, direction, peer], context) => {
    const args: FindingArgs = { ...FULL, firewallTool, direction, clientAddress: peer ?? '' };
    const plan = remedy('firewall-drops-packets', 'open-iptables-for-client', args);
    const rules = () => inside(context, [firewallTool, '-S']).output;
    change(context, commandOf(plan));
    expect(rules()).toContain(`${peer}/`);
    expect(rules()).toContain('--dport 5678 -j ACCEPT');
    for (const argv of commandsOf(plan.undo ?? [])) change(context, argv);
    expect(rules()).not.toContain(`${peer}/`);
  });

  test.for([
    ['input', 'saddr', FULL.clientAddress],
    ['output', 'daddr', FULL.address],
  ] as const)('nft takes the %s opening', ([direction, field, peer], context) => {
    const args: FindingArgs = { ...FULL, firewallTool: 'nft', direction, chain: `inet lab ${direction}` };
    change(context, ['nft', 'add', 'table', 'inet', 'lab']);
    change(context, ['nft', 'add', 'chain', 'inet', 'lab', direction]);
    change(context, commandOf(remedy('firewall-drops-packets', 'open-nft-for-client', args)));
    change(context, commandOf(remedy('firewall-blocks-loopback', 'allow-loopback', args)));
    const rules = inside(context, commandOf(remedy('firewall-drops-packets', 'show-firewall-rules', args))).output;
    expect(rules).toContain(`ip ${field} ${peer} tcp dport 5678 accept`);
    expect(rules).toContain(`${direction === 'input' ? 'iifname' : 'oifname'} "lo" accept`);
  });

  test('ufw reads the opening as one port for one client', (context) => {
    const args: FindingArgs = { ...FULL, firewallTool: 'ufw' };
    const [program = '', ...rest] = commandOf(remedy('firewall-drops-packets', 'open-ufw-for-client', args));
    change(context, [program, '--dry-run', 'status']);
    const ran = inside(context, [program, '--dry-run', ...rest]);
    expect(ran.status, ran.output).toBe(0);
    expect(ran.output).toMatch(/-p tcp --dport 5678 -s 192\.0\.2\.9 -j ACCEPT/);
  });

  test('ufw reads the rule for loopback', (context) => {
    const args: FindingArgs = { ...FULL, firewallTool: 'ufw' };
    const [program = '', ...rest] = commandOf(remedy('firewall-blocks-loopback', 'allow-loopback', args));
    change(context, [program, '--dry-run', 'status']);
    const ran = inside(context, [program, '--dry-run', ...rest]);
    expect(ran.status, ran.output).toBe(0);
    expect(ran.output).toMatch(/-i lo -j ACCEPT/);
  });

  test('loopback is switched on', (context) => {
    change(context, commandOf(remedy('local-network-stack-broken', 'raise-loopback', {})));
    expect(inside(context, ['ip', '-o', 'link', 'show', 'dev', 'lo']).output).toMatch(/<LOOPBACK,UP/);
  });
});
