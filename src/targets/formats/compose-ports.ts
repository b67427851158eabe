import type { Place } from '../places.js';
import { variablesIn } from '../shell-variables.js';
import type { YamlNode } from '../yaml-document.js';

interface Range {
  first: number;
  last: number;
}

/** A line of a service's `ports`. */
export interface PortMapping {
  place: Place;
  /** The host's address; null for every address. */
  hostAddress: string | null;
  /** The ports on the host; null where Docker chooses or a variable is unset. */
  published: Range | null;
  /** The ports in the container. */
  target: Range;
  /** Unset variables, as `${NAME}`. */
  unresolved: readonly string[];
}

const SHORT = /^(?:(?:(.*):)?([^:[\]]*):)?(\d+(?:-\d+)?)$/;

/**
 * The TCP ports that a service publishes, of `"[ADDRESS:][PORT:]PORT[/PROTOCOL]"` and of the long form with `target`,
 * `published`, `host_ip` and `protocol`. What has neither form is left out. `fill` puts in variables.
 */
export function readPorts(ports: YamlNode | null, fill: (text: string) => string): PortMapping[] {
  return (ports?.items() ?? []).flatMap((item) => {
    const mapping = item.text === null ? longForm(item, fill) : shortForm(item.place, fill(item.text));
    return mapping ?? [];
  });
}

/** The host's port for a port of the container; null when it cannot be told. */
export function publishedFor({ published, target }: PortMapping, port: number): number | null {
  if (published === null || published.last - published.first !== target.last - target.first) return null;
  return published.first + port - target.first;
}

/** Whether the mapping is about a port of the container. */
export function covers({ target }: PortMapping, port: number): boolean {
  return port >= target.first && port <= target.last;
}

function shortForm(place: Place, text: string): PortMapping | null {
  const [mapping = '', protocol = 'tcp'] = text.split('/', 2);
  const match = SHORT.exec(mapping);
  const target = rangeOf(match?.[3] ?? '');
  if (match === null || target === null || protocol !== 'tcp') return null;
  const [, address, published = ''] = match;
  return mappingOf(place, address, published, target);
}

function longForm(item: YamlNode, fill: (text: string) => string): PortMapping | null {
  const value = (key: string): string => fill(item.get(key)?.text ?? '');
  const target = rangeOf(value('target'));
  if (target === null || !['', 'tcp'].includes(value('protocol'))) return null;
  return mappingOf(item.place, value('host_ip'), value('published'), target);
}

function mappingOf(place: Place, address: string | undefined, published: string, target: Range): PortMapping {
  const host = (address ?? '').replaceAll(/^\[|\]$/g, '');
  const isAny = ['', '0.0.0.0', '::'].includes(host);
  return {
    place,
    hostAddress: isAny || host.includes('$') ? null : host,
    published: rangeOf(published),
    target,
    unresolved: variablesIn(`${host} ${published}`),
  };
}

function rangeOf(text: string): Range | null {
  const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  return first === undefined ? null : { first: Number(first), last: Number(last) };
}
