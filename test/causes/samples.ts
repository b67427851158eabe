import type { FindingArgs } from '../../src/model/cause.js';
import type { Platform } from '../../src/model/platform.js';
import type { RemedyPlan, StepPlan } from '../../src/model/remedy.js';
import { CAUSES } from '../../src/causes/index.js';

export const PLATFORMS: readonly Platform[] = ['linux', 'darwin', 'win32'];

/** A case of which everything is known. Each value stands for one thing, so that a mix-up shows. */
export const FULL: FindingArgs = {
  adapter: 'debugpy',
  host: 'server.example',
  address: '192.0.2.7',
  port: 5678,
  otherAddress: '192.0.2.8',
  otherPort: 5679,
  freePort: 5680,
  portRange: [5678, 5687],
  pid: 4242,
  startTime: 987654,
  programGone: true,
  protectedProcess: false,
  processName: 'held-by',
  command: ['started-by', '--flag'],
  user: 'ada',
  unit: 'held.service',
  container: 'web-1',
  socketPath: '/tmp/sample.sock',
  file: '/srv/sample.file',
  directory: '/srv/sample',
  configFile: '/srv/launch.json',
  portKeyPath: ['configurations', '0', 'connect', 'port'],
  hostKeyPath: ['configurations', '0', 'connect', 'host'],
  rule: 'tcp dport 5678 drop',
  chain: 'inet lab input',
  clientAddress: '192.0.2.9',
  interpreter: '/opt/lab/bin/python3',
  otherInterpreter: '/opt/python/bin/python3',
  canInstall: true,
  limit: 1024,
  used: 1024,
  line: '10.0.0.1 server.example',
  detail: 'some detail',
};

const TOOLS = ['ufw', 'firewalld', 'iptables', 'ip6tables', 'nft'] as const;

/** Cases that differ in what a remedy may depend on. */
export const CASES: readonly FindingArgs[] = [
  {},
  FULL,
  { ...FULL, adapter: 'node' },
  { ...FULL, adapter: 'delve' },
  { ...FULL, adapter: 'jdwp' },
  { ...FULL, adapter: 'gdbserver' },
  { ...FULL, adapter: 'lldb' },
  { ...FULL, adapter: 'xdebug' },
  { ...FULL, protectedProcess: true, programGone: false, canInstall: false },
  { ...FULL, host: '::1', clientAddress: '2001:db8::9', address: '2001:db8::7' },
  ...TOOLS.map((firewallTool) => ({ ...FULL, firewallTool })),
  ...TOOLS.map((firewallTool) => ({ ...FULL, firewallTool, direction: 'output' as const })),
];

/** A remedy that the catalogue gives for a case on a system. */
export interface Given {
  cause: string;
  platform: Platform;
  args: FindingArgs;
  plan: RemedyPlan;
}

/** Every remedy of every cause on every system for every case. */
export function everyRemedy(cases: readonly FindingArgs[] = CASES): Given[] {
  return Object.values(CAUSES).flatMap((cause) =>
    PLATFORMS.flatMap((platform) =>
      cases.flatMap((args) =>
        cause.remedies[platform](args).map((plan) => ({ cause: cause.id, platform, args, plan })),
      ),
    ),
  );
}

/** The argument vectors of the `run` steps. */
export function commandsOf(steps: readonly StepPlan[]): (readonly string[])[] {
  return steps.flatMap((step) => (step.kind === 'run' ? [step.argv] : []));
}
