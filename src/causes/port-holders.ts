import type { Cause, FindingArgs } from '../model/cause.js';
import type { Platform } from '../model/platform.js';
import type { RemedyPlan } from '../model/remedy.js';
import { ANYWHERE } from './path-remedies.js';
import { advise, by, everywhere, fill, look, none, perSystem, plan, run } from './plan.js';
import { endPortOwner, moveToFreePort, showDynamicPorts, showPortOwner, showProcess } from './shared.js';

/** What holds a port: another program, a service, an editor, the system. */

/** Stops the service that holds the port. A service has users, so a person decides. */
function stopService(platform: Platform, args: FindingArgs): RemedyPlan[] {
  const unit = fill(args.unit, 'service');
  if (platform === 'win32') {
    return [run('stop-service', ['net', 'stop', unit], { risk: 'manual', needsElevation: true })];
  }
  if (platform === 'darwin') return [run('stop-service', ['brew', 'services', 'stop', unit], { risk: 'manual' })];
  // A container's cgroup lies below its engine's unit, which serves the other containers as well.
  if (args.container !== undefined) return [];
  return [
    run('stop-service', ['systemctl', 'stop', unit], {
      risk: 'manual',
      needsElevation: true,
      undo: [{ kind: 'run', argv: ['systemctl', 'start', unit] }],
    }),
  ];
}

function showService(platform: Platform, args: FindingArgs): RemedyPlan {
  const pid = fill(args.pid, 'pid');
  if (platform === 'linux') return look('show-service', 'ps', '-o', 'unit=', '-p', pid);
  if (platform === 'darwin') return look('show-service', 'brew', 'services', 'list');
  return look('show-service', 'tasklist', '/SVC', '/FI', `PID eq ${pid}`);
}

const PORTPROXY = ['netsh', 'interface', 'portproxy'];

function removePortproxyRule(args: FindingArgs): RemedyPlan {
  const listens = [`listenaddress=${fill(args.address, 'listen address')}`, `listenport=${fill(args.port, 'port')}`];
  return run('remove-portproxy-rule', [...PORTPROXY, 'delete', 'v4tov4', ...listens], {
    risk: 'manual',
    needsElevation: true,
  });
}

/** `program` is netsh, or netsh.exe when called from inside WSL. */
function showExcludedPorts(program: string): RemedyPlan {
  return look('show-excluded-ports', program, 'interface', 'ipv4', 'show', 'excludedportrange', 'protocol=tcp');
}

/** Takes the port out of WinNAT's reach while WinNAT is down; containers and WSL have no network for that time. */
function reserveWindowsPort(args: FindingArgs): RemedyPlan {
  const range = ['protocol=tcp', `startport=${fill(args.port, 'port')}`, 'numberofports=1', 'store=persistent'];
  const change = (verb: string) => ['netsh', 'interface', 'ipv4', verb, 'excludedportrange', ...range];
  return plan(
    'reserve-windows-port',
    [
      { kind: 'run', argv: ['net', 'stop', 'winnat'] },
      { kind: 'run', argv: change('add') },
      { kind: 'run', argv: ['net', 'start', 'winnat'] },
    ],
    { risk: 'manual', needsElevation: true, undo: [{ kind: 'run', argv: change('delete') }] },
  );
}

const restartDocker = run('restart-docker', ['systemctl', 'restart', 'docker'], {
  risk: 'disruptive',
  needsElevation: true,
});

function showPublishingContainers(args: FindingArgs): RemedyPlan {
  const filter = `publish=${fill(args.port, 'port')}`;
  return look('show-publishing-containers', 'docker', 'ps', '--all', '--filter', filter);
}

/** Takes back what `adb reverse` opened on the device; it can be put back when we know where it led. */
function removeAdbReverse(args: FindingArgs): RemedyPlan {
  const onDevice = `tcp:${fill(args.port, 'port')}`;
  const argv = ['adb', 'reverse', '--remove', onDevice];
  if (args.otherPort === undefined) return run('remove-adb-reverse', argv, { risk: 'manual' });
  return run('remove-adb-reverse', argv, {
    risk: 'reversible',
    undo: [{ kind: 'run', argv: ['adb', 'reverse', onDevice, `tcp:${args.otherPort}`] }],
  });
}

export const portHolderCauses = {
  'port-held-by-other-program': {
    id: 'port-held-by-other-program',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 17, 'permission-denied': 6, 'reason-not-stated': 2, 'connection-refused': 1 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      ...endPortOwner(platform, args),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'port-held-by-managed-service': {
    id: 'port-held-by-managed-service',
    hop: 'port',
    severity: 'error',
    symptoms: {
      'address-in-use': 8,
      'reason-not-stated': 3,
      'unexpected-answer': 1,
      'invalid-argument': 1,
      'no-error-printed': 1,
      'permission-denied': 1,
      'server-exited': 0,
    },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      advise('change-service-port'),
      ...stopService(platform, args),
      showService(platform, args),
      showPortOwner(platform, args),
    ]),
  },
  'port-held-by-editor': {
    id: 'port-held-by-editor',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 4, 'no-error-printed': 1, 'reason-not-stated': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform, args) => [
      ...moveToFreePort(args),
      advise('close-other-session'),
      showPortOwner(platform, args),
      showProcess(platform, args),
    ]),
  },
  'macos-airplay-receiver-holds-port': {
    id: 'macos-airplay-receiver-holds-port',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 5, 'unexpected-answer': 2, 'no-error-printed': 1 },
    platforms: ['darwin'],
    remedies: by({
      linux: none,
      darwin: (args) => [...moveToFreePort(args), advise('switch-off-airplay-receiver'), showPortOwner('darwin', args)],
      win32: none,
    }),
  },
  'windows-http-sys-holds-port': {
    id: 'windows-http-sys-holds-port',
    hop: 'port',
    severity: 'error',
    symptoms: { 'permission-denied': 4, 'address-in-use': 2, 'no-error-printed': 1 },
    platforms: ['win32'],
    remedies: by({
      linux: none,
      darwin: none,
      win32: (args) => [
        ...moveToFreePort(args),
        ...stopService('win32', args),
        look('show-url-registrations', 'netsh', 'http', 'show', 'servicestate'),
        showPortOwner('win32', args),
      ],
    }),
  },
  'windows-system-service-holds-port': {
    id: 'windows-system-service-holds-port',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 3 },
    platforms: ['win32'],
    remedies: by({
      linux: none,
      darwin: none,
      win32: (args) => [
        ...moveToFreePort(args),
        removePortproxyRule(args),
        advise('switch-off-connection-sharing'),
        showService('win32', args),
        look('show-portproxy-rules', 'netsh', 'interface', 'portproxy', 'show', 'all'),
      ],
    }),
  },
  'windows-excluded-port-range': {
    id: 'windows-excluded-port-range',
    hop: 'port',
    severity: 'error',
    symptoms: { 'permission-denied': 26, 'invalid-argument': 1, 'connection-refused': 1, 'reason-not-stated': 1 },
    platforms: ['win32', 'wsl'],
    remedies: by({
      linux: (args) => [...moveToFreePort(args), showExcludedPorts('netsh.exe')],
      darwin: none,
      win32: (args) => [
        ...moveToFreePort(args),
        reserveWindowsPort(args),
        showExcludedPorts('netsh'),
        showDynamicPorts('win32'),
      ],
    }),
  },
  'wsl-port-held-on-windows-side': {
    id: 'wsl-port-held-on-windows-side',
    hop: 'port',
    severity: 'error',
    symptoms: { 'permission-denied': 2, 'address-in-use': 1 },
    platforms: ['wsl', 'win32'],
    remedies: by({
      linux: (args) => [
        ...moveToFreePort(args),
        advise('free-port-on-windows'),
        look('show-port-owner', 'netstat.exe', '-ano', '-p', 'TCP'),
        look('show-wsl-network', 'wslinfo', '--networking-mode'),
      ],
      darwin: none,
      win32: (args) => [...moveToFreePort(args), advise('free-port-on-windows'), showPortOwner('win32', args)],
    }),
  },
  'systemd-resolved-holds-port-53': {
    id: 'systemd-resolved-holds-port-53',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 3, 'no-error-printed': 1 },
    platforms: ['linux'],
    remedies: by({
      linux: (args) => [...moveToFreePort(args), advise('free-dns-port'), showPortOwner('linux', args)],
      darwin: none,
      win32: none,
    }),
  },
  'systemd-socket-unit-owns-port': {
    id: 'systemd-socket-unit-owns-port',
    hop: 'port',
    severity: 'error',
    symptoms: { 'dependency-missing': 1, 'reason-not-stated': 1, 'address-in-use': 1, 'connection-refused': 0 },
    platforms: ['linux'],
    remedies: by({
      linux: (args) => [
        ...moveToFreePort(args),
        advise('change-socket-unit'),
        look('show-socket-units', 'systemctl', 'list-sockets', '--all', '--no-pager'),
      ],
      darwin: none,
      win32: none,
    }),
  },
  'docker-stale-port-allocation': {
    id: 'docker-stale-port-allocation',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 3 },
    platforms: ['linux', 'darwin', 'win32'],
    remedies: by({
      linux: (args) => [
        ...moveToFreePort(args),
        restartDocker,
        showPublishingContainers(args),
        showPortOwner('linux', args),
      ],
      darwin: (args) => [...moveToFreePort(args), showPublishingContainers(args)],
      win32: (args) => [...moveToFreePort(args), showPublishingContainers(args)],
    }),
  },
  'adb-server-version-conflict': {
    id: 'adb-server-version-conflict',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 6, 'unexpected-answer': 0 },
    platforms: ANYWHERE,
    remedies: perSystem((platform) => [
      run('restart-adb-server', ['adb', 'kill-server'], { risk: 'disruptive' }),
      advise('keep-one-adb'),
      platform === 'win32' ? look('find-program', 'where', 'adb') : look('find-program', 'which', '-a', 'adb'),
    ]),
  },
  'adb-reverse-listener-conflict': {
    id: 'adb-reverse-listener-conflict',
    hop: 'port',
    severity: 'error',
    symptoms: { 'address-in-use': 2 },
    platforms: ANYWHERE,
    remedies: everywhere((args) => [removeAdbReverse(args), look('show-adb-reverse', 'adb', 'reverse', '--list')]),
  },
} satisfies Record<string, Cause>;
