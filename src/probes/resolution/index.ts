import type { Host } from '../../host/host.js';
import type { Resolution } from '../../model/facts.js';
import { evidence, observed, unavailable, type Observation } from '../../model/observation.js';
import type { Platform } from '../../model/platform.js';
import type { Probe, ProbeContext } from '../probe.js';

/** The hosts file of each system. */
const HOSTS_FILE: Record<Platform, string> = {
  linux: '/etc/hosts',
  darwin: '/etc/hosts',
  win32: 'C:\\Windows\\System32\\drivers\\etc\\hosts',
};

const MAX_LINE_CHARACTERS = 1000;

/** The family of an address literal without brackets; null for a name. A zone (`fe80::1%eth0`) is part of it. */
export function literalFamily(host: string): 4 | 6 | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255)) return 4;
  return host.includes(':') && /^[0-9a-f:.]{2,45}(%[\w.-]{1,32})?$/i.test(host) ? 6 : null;
}

/** The lines of a hosts file that give `name` an address (hosts(5)). */
export function hostsLinesFor(text: string, name: string): string[] {
  const wanted = name.toLowerCase();
  return text
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE_CHARACTERS).trim())
    .filter((line) => {
      const [address, ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
      return address !== '' && names.some((candidate) => candidate.toLowerCase() === wanted);
    });
}

async function hostsLines(host: Host, name: string): Promise<string[] | null> {
  const file = await host.readFile(HOSTS_FILE[host.platform]);
  return file.ok ? hostsLinesFor(file.text, name) : null;
}

async function observe({ host, target, offline }: ProbeContext): Promise<Observation<Resolution>> {
  const name = target.host;
  if (name === null) return unavailable('unsupported', evidence('the target has no host name'));
  const family = literalFamily(name);
  const base = { host: name, errorCode: null, hostsLines: null };
  if (family !== null) {
    return observed({ ...base, literal: true, addresses: [{ address: name, family }] });
  }
  const lines = await hostsLines(host, name);
  const isLocal = name.toLowerCase() === 'localhost' || (lines !== null && lines.length > 0);
  if (offline && !isLocal) return unavailable('not-asked', evidence(`${name} was not looked up: --offline`));
  const answer = await host.lookup(name);
  if (answer.ok) {
    const list = answer.addresses.map(({ address }) => address).join(', ');
    return observed(
      { ...base, literal: false, addresses: answer.addresses, hostsLines: lines },
      evidence(`${name} resolves to ${list}`),
    );
  }
  // The resolver never answered: that says nothing about the name.
  if (answer.code === 'ETIMEDOUT') return unavailable('timed-out', evidence(`looking up ${name} took too long`));
  return observed(
    { ...base, literal: false, addresses: [], errorCode: answer.code, hostsLines: lines },
    evidence(`${name} does not resolve (${answer.code})`),
  );
}

export const resolution: Probe<'resolution'> = { name: 'resolution', observe };
