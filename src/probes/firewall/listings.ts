import type { Host, RunResult } from '../../host/host.js';
import type { AddressFamily } from '../../model/facts.js';
import type { UnavailableReason } from '../../model/observation.js';

const TIMEOUT_MS = 2000;
const MAX_BYTES = 2 * 1024 * 1024;
const NAMES_BYTES = 4096;

/** What a tool said about the rules, or why it said nothing. */
export type Listing =
  | { ok: true; argv: readonly string[]; text: string; warnings: string; whole: boolean }
  | { ok: false; argv: readonly string[]; reason: UnavailableReason };

export interface Listings {
  nft: Listing;
  /** By address family; missing where no connection of that family was tried. */
  saved: Partial<Record<AddressFamily, Listing>>;
  /** Rules of the older kernel interface, which the other tools do not show; missing where there are none. */
  legacy: Partial<Record<AddressFamily, Listing>>;
}

function listingOf(argv: readonly string[], result: RunResult): Listing {
  if (!result.started) return { ok: false, argv, reason: result.code === 'ENOENT' ? 'not-installed' : 'not-permitted' };
  if (result.timedOut) return { ok: false, argv, reason: 'timed-out' };
  if (result.exitCode === 0 || result.truncated) {
    return { ok: true, argv, text: result.stdout, warnings: result.stderr, whole: !result.truncated };
  }
  const denied = /not permitted|permission denied|must be root/i.test(result.stderr);
  return { ok: false, argv, reason: denied ? 'not-permitted' : 'unparsable' };
}

async function list(host: Host, name: string, ...args: string[]): Promise<Listing> {
  const options = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES };
  const argv = [name, ...args];
  const result = await host.run(argv, options);
  if (result.started || result.code !== 'ENOENT') return listingOf(argv, result);
  // An ordinary user's PATH often leaves out the folder where these tools lie.
  const elsewhere = [`/usr/sbin/${name}`, ...args];
  return listingOf(elsewhere, await host.run(elsewhere, options));
}

/** Whether a listing of `iptables-save` shows the rules of nf_tables, and so not those of the older interface. */
export function showsNfTables(listing: Listing): boolean {
  return listing.ok && listing.text.slice(0, 200).includes('(nf_tables)');
}

async function hasLegacyTables(host: Host, family: AddressFamily, saved: Listing): Promise<boolean> {
  if (saved.ok && `${saved.text.slice(-400)}${saved.warnings}`.includes('legacy tables present')) return true;
  const names = await host.readFile(`/proc/net/${family === 4 ? 'ip' : 'ip6'}_tables_names`, { maxBytes: NAMES_BYTES });
  return names.ok && names.text.trim() !== '';
}

/** Lists the rules with every tool that is there; only for the families of the addresses in question. */
export async function readListings(host: Host, families: readonly AddressFamily[]): Promise<Listings> {
  const nft = list(host, 'nft', '-a', 'list', 'ruleset');
  const listings: Listings = { nft: { ok: false, argv: [], reason: 'not-asked' }, saved: {}, legacy: {} };
  const byFamily = families.map(async (family) => {
    const name = family === 4 ? 'iptables' : 'ip6tables';
    const saved = await list(host, `${name}-save`);
    listings.saved[family] = saved;
    // The newer tool says nothing at all when it has no tables.
    if (saved.ok && saved.text.trim() !== '' && !showsNfTables(saved)) return;
    if (await hasLegacyTables(host, family, saved)) {
      listings.legacy[family] = await list(host, `${name}-legacy-save`);
    }
  });
  [listings.nft] = await Promise.all([nft, ...byFamily]);
  return listings;
}
