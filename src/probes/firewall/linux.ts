import type { Host } from '../../host/host.js';
import { isLoopback } from '../../model/addresses.js';
import type { AddressFamily, ConnectionAttempt, Firewall, FirewallRule } from '../../model/facts.js';
import { listenersOf } from '../../model/listeners.js';
import {
  evidence,
  observed,
  unavailable,
  type Evidence,
  type Observation,
  type UnavailableReason,
} from '../../model/observation.js';
import type { ProbeContext } from '../probe.js';
import { flowsTo, type DialledFlow } from './flow.js';
import { parseIptables } from './iptables.js';
import { readListings, showsNfTables, type Listing, type Listings } from './listings.js';
import { parseNft } from './nft.js';
import { findStops } from './packets.js';
import type { Ruleset, Table } from './rules.js';

const UFW_CONF = '/etc/ufw/ufw.conf';
const CONF_BYTES = 64 * 1024;

const NOT_CONSULTED: Firewall = { consulted: false, stopping: [], frontEnd: null, complete: false };

interface Rules extends Ruleset {
  evidence: Evidence[];
}

function noteOf(listing: Listing, tables: readonly Table[]): Evidence {
  const chains = tables.flatMap((table) => [...table.chains.values()]);
  const rules = chains.reduce((sum, chain) => sum + chain.rules.length, 0);
  return evidence(`${rules} rules in ${chains.length} chains`, { argv: listing.argv });
}

/** Brings the listings of all tools together. A table of iptables is taken from its own tool, which loses nothing. */
function readRules({ nft, saved, legacy }: Listings): Rules {
  const rules: { tables: Table[]; complete: boolean; evidence: Evidence[] } = {
    tables: [],
    complete: nft.ok,
    evidence: [],
  };
  const add = (listing: Listing, parsed: Ruleset): void => {
    rules.tables.push(...parsed.tables);
    rules.complete &&= parsed.complete && listing.ok && listing.whole;
    rules.evidence.push(noteOf(listing, parsed.tables));
  };
  const seenElsewhere = new Set<string>();
  for (const family of [4, 6] as const satisfies readonly AddressFamily[]) {
    const own = saved[family];
    if (own?.ok === true) {
      const parsed = parseIptables(own.text, family);
      add(own, parsed);
      const twins = showsNfTables(own) ? parsed.tables : [];
      for (const table of twins) seenElsewhere.add(`${table.family} ${table.name}`);
    } else if (own !== undefined && own.reason !== 'not-installed') {
      rules.complete = false;
    }
    const older = legacy[family];
    if (older?.ok === true) add(older, parseIptables(older.text, family));
    else if (older !== undefined) rules.complete = false;
  }
  if (nft.ok) add(nft, parseNft(nft.text, seenElsewhere));
  return rules;
}

async function isUfwEnabled(host: Host): Promise<boolean> {
  const conf = await host.readFile(UFW_CONF, { maxBytes: CONF_BYTES });
  return conf.ok && conf.text.split('\n').some((line) => /^ENABLED="?yes"?$/i.test(line.trim()));
}

function frontEndOf(isUfw: boolean, tables: readonly Table[], first: FirewallRule | undefined): Firewall['frontEnd'] {
  if (isUfw) return 'ufw';
  if (tables.some((table) => table.tool === 'nft' && table.name === 'firewalld')) return 'firewalld';
  const tool =
    first?.tool ?? tables.find((table) => [...table.chains.values()].some((chain) => chain.rules.length > 0))?.tool;
  if (tool === undefined) return null;
  return tool === 'nft' ? 'nft' : 'iptables';
}

/** The reason that stands for all, when no tool gave a listing. */
function worstReason({ nft, saved }: Listings): UnavailableReason {
  const reasons = [nft, ...Object.values(saved)].map((listing) => (listing.ok ? 'not-asked' : listing.reason));
  const order: readonly UnavailableReason[] = ['not-permitted', 'timed-out', 'unparsable'];
  return order.find((reason) => reasons.includes(reason)) ?? 'not-installed';
}

function judgeRules(rules: Rules, flows: readonly DialledFlow[], isUfw: boolean): Firewall {
  let complete = rules.complete && flows.length > 0;
  const stopping: FirewallRule[] = [];
  for (const { address, flow, isKnown } of flows) {
    const found = findStops(rules, flow);
    complete &&= found.complete && isKnown;
    stopping.push(...found.stops.map((stop) => ({ ...stop, address })));
  }
  return { consulted: true, stopping, frontEnd: frontEndOf(isUfw, rules.tables, stopping[0]), complete };
}

function withoutListing(listings: Listings, isUfw: boolean): Observation<Firewall> {
  const reason = worstReason(listings);
  const note = evidence(`the firewall rules could not be read (${reason})`, { argv: listings.nft.argv });
  if (!isUfw) return unavailable(reason, note);
  const value: Firewall = { consulted: true, stopping: [], frontEnd: 'ufw', complete: false };
  return observed(value, note, evidence('ufw is enabled', { file: UFW_CONF }));
}

/** On loopback a refusal without a listener needs no rule to explain it; to read them would take longer than all else. */
async function isRefusedByNobody({ see }: ProbeContext, attempts: readonly ConnectionAttempt[]): Promise<boolean> {
  const sockets = await see('port-sockets');
  if (sockets.status !== 'ok' || listenersOf(sockets.value).length > 0) return false;
  return attempts.every(({ errorCode, to }) => {
    return errorCode === 'ECONNREFUSED' && 'address' in to && isLoopback(to.address);
  });
}

/**
 * Finds the firewall rules of this network namespace that stop the target's connection. The rules are only read when no
 * connection was accepted, and somebody may listen: `nft`, `iptables-save` and `ip6tables-save` each take at most two seconds and 2 MiB.
 */
export async function observeFirewall(context: ProbeContext): Promise<Observation<Firewall>> {
  if (context.target.request === 'launch') return observed(NOT_CONSULTED);
  const connection = await context.see('connection');
  if (connection.status !== 'ok') return unavailable('not-asked');
  const { attempts } = connection.value;
  if (attempts.some((attempt) => attempt.outcome === 'connected')) return observed(NOT_CONSULTED);
  const dialled = attempts.flatMap(({ to }) => ('address' in to ? [to] : []));
  if (dialled.length === 0) return unavailable('not-asked');
  if (await isRefusedByNobody(context, attempts)) return observed(NOT_CONSULTED);
  const flows = await flowsTo(context, dialled);
  const families = new Set(flows.map(({ flow }) => flow.destination.family));
  const [listings, isUfw] = await Promise.all([readListings(context.host, [...families]), isUfwEnabled(context.host)]);
  const rules = readRules(listings);
  if (rules.evidence.length === 0) return withoutListing(listings, isUfw);
  return observed(judgeRules(rules, flows, isUfw), ...rules.evidence);
}
