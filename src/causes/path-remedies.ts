import type { FindingArgs } from '../model/cause.js';
import type { Platform, Surrounding } from '../model/platform.js';
import type { RemedyId } from '../model/remedy-ids.js';
import type { RemedyPlan } from '../model/remedy.js';
import { advise, fill, look, plan } from './plan.js';

/** Remedies of the hops from the configuration to the firewall that several causes share. */

export const ANYWHERE: readonly Surrounding[] = ['linux', 'darwin', 'win32', 'wsl', 'container'];

/** A command that only looks, but as root (on Windows: as administrator). */
export function lookAsRoot(id: RemedyId, ...argv: string[]): RemedyPlan {
  return { ...look(id, ...argv), needsElevation: true };
}

/**
 * Writes another host into the configuration that the target came from; advice under the same id when there is no
 * such file, or when the old value is unknown and could not be put back.
 */
function writeHost(id: RemedyId, args: FindingArgs, value: string): RemedyPlan {
  const { configFile, hostKeyPath, host } = args;
  if (configFile === undefined || hostKeyPath === undefined || host === undefined || host === value) return advise(id);
  return plan(id, [{ kind: 'edit', file: configFile, keyPath: hostKeyPath, value }], {
    risk: 'reversible',
    undo: [{ kind: 'edit', file: configFile, keyPath: hostKeyPath, value: host }],
  });
}

/** Lets the program use 127.0.0.1. */
export function bindLoopback(args: FindingArgs): RemedyPlan {
  return writeHost('bind-loopback', args, '127.0.0.1');
}

/**
 * Lets the server listen on every IPv4 address. For causes where `hostKeyPath` leads to the host of a server inside a
 * container: on a bare machine it would open the debug port to the network.
 */
export function bindEveryAddress(args: FindingArgs): RemedyPlan {
  return writeHost('bind-every-address', args, '0.0.0.0');
}

/** What a client dials to reach a listener on `address` of this machine. */
function dialable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

/** Lets the client dial the address where the wanted server listens (`otherAddress`, else `fallback`). */
export function dialListener(args: FindingArgs, fallback?: string): RemedyPlan {
  const wanted = args.otherAddress ?? fallback;
  return wanted === undefined
    ? advise('dial-listener-address')
    : writeHost('dial-listener-address', args, dialable(wanted));
}

/** What the system makes of the name, hosts file included. */
export function resolveName(platform: Platform, args: FindingArgs): RemedyPlan {
  const host = fill(args.host, 'host');
  if (platform === 'linux') return look('resolve-name', 'getent', 'ahosts', host);
  if (platform === 'darwin') return look('resolve-name', 'dscacheutil', '-q', 'host', '-a', 'name', host);
  // nslookup would pass the hosts file over.
  return look('resolve-name', 'ping', '-n', '1', host);
}

/** Which way packets to the address take. */
export function showRoute(platform: Platform, address: string | undefined): RemedyPlan {
  const to = fill(address, 'address');
  if (platform === 'linux') return look('show-route', 'ip', 'route', 'get', to);
  if (platform === 'darwin') return look('show-route', 'route', '-n', 'get', to);
  return look('show-route', 'route', 'print');
}

/** The addresses that this machine has; on Linux only the wanted one, if it is there. */
export function showAddresses(platform: Platform, args: FindingArgs): RemedyPlan {
  if (platform === 'darwin') return look('show-addresses', 'ifconfig', '-a');
  if (platform === 'win32') return look('show-addresses', 'ipconfig', '/all');
  return args.address === undefined
    ? look('show-addresses', 'ip', '-o', 'addr', 'show')
    : look('show-addresses', 'ip', '-o', 'addr', 'show', 'to', args.address);
}

export function showPublishedPorts(args: FindingArgs): RemedyPlan {
  return look('show-published-ports', 'docker', 'port', fill(args.container, 'container'));
}

/** The socket tables inside the container; `cat` is there where `ss` is not. State 0A is LISTEN, 0100007F is 127.0.0.1. */
export function showContainerListeners(args: FindingArgs): RemedyPlan {
  const container = fill(args.container, 'container');
  return look('show-container-listeners', 'docker', 'exec', container, 'cat', '/proc/net/tcp', '/proc/net/tcp6');
}

/** What a file is: script, directory, program, and for which architecture. Windows has no such command. */
export function showFileType(platform: Platform, args: FindingArgs): RemedyPlan[] {
  return platform === 'win32' ? [] : [look('show-file-type', 'file', '--', fill(args.file, 'file'))];
}

/** Where programs of these names are found on PATH. */
export function findProgram(platform: Platform, ...names: string[]): RemedyPlan {
  return look('find-program', platform === 'win32' ? 'where' : 'which', ...names);
}
