import type { CauseId } from './cause-ids.js';
import type { Hop } from './hop.js';
import type { Platform, Surrounding } from './platform.js';
import type { RemedyPlan } from './remedy.js';
import type { SymptomId } from './symptom.js';

/**
 * What a finding knows about its case. Every member may be missing: `explain` knows only what an error text says.
 * Texts may be untrusted.
 */
export interface FindingArgs {
  adapter?: string;
  host?: string;
  /** The numeric address that was dialled or bound. */
  address?: string;
  port?: number;
  /** The address and port where the wanted server really listens. */
  otherAddress?: string;
  otherPort?: number;
  /** The next free port of the target's range. */
  freePort?: number;
  portRange?: readonly [number, number];
  pid?: number;
  /** Start time of `pid` in clock ticks since boot: with the pid it identifies a process. */
  startTime?: number;
  /** True when the program that a debug adapter served is gone, so that ending the adapter loses nothing. */
  programGone?: boolean;
  /** True when the doctor must not end `pid`: pid 1, a service, another user's, or one of our own ancestors. */
  protectedProcess?: boolean;
  processName?: string;
  command?: readonly string[];
  user?: string;
  unit?: string;
  container?: string;
  socketPath?: string;
  file?: string;
  directory?: string;
  /** The configuration file and key path where the port (or host) stands. */
  configFile?: string;
  portKeyPath?: readonly string[];
  hostKeyPath?: readonly string[];
  /** The verbatim firewall rule, and the tool that lists it. */
  rule?: string;
  firewallTool?: 'nft' | 'iptables' | 'ip6tables' | 'ufw' | 'firewalld';
  /** On which way `rule` stops the packets, as seen from this machine; unknown counts as `input`. */
  direction?: 'input' | 'output';
  /** Table and chain of `rule`, such as `inet filter input`. */
  chain?: string;
  /** The address (or network) from which a firewall would have to let the client in. */
  clientAddress?: string;
  interpreter?: string;
  otherInterpreter?: string;
  /** True when pip may install into `interpreter`. */
  canInstall?: boolean;
  limit?: number;
  used?: number;
  /** The environment variable that holds the debug option. */
  variable?: string;
  /** Another process than `pid`, as `node (pid 38)`. */
  otherProcess?: string;
  line?: string;
  /** Free wording of one detail, such as the name of the program that answered. */
  detail?: string;
}

/**
 * A root cause as data: what has to change. Its words are in `src/messages`.
 * `symptoms` gives, per symptom, how many of about 800 surveyed reports with that symptom had this cause (0: known to
 * occur, never counted); `explain` ranks by it.
 */
export interface Cause {
  id: CauseId;
  hop: Hop;
  severity: 'error' | 'warning';
  symptoms: Readonly<Partial<Record<SymptomId, number>>>;
  platforms: readonly Surrounding[];
  /** Ordered, the best first. Pure. Unknown arguments come out as `<name>` placeholders, which are never run. */
  remedies: Readonly<Record<Platform, (args: FindingArgs) => RemedyPlan[]>>;
}
