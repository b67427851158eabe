import { z } from 'zod';
import { isHarmlessHost, quote } from './address.js';
import {
  formatKeyPath,
  MAX_DOCUMENT_BYTES,
  nearestNode,
  parseDocument,
  position,
  TOO_LARGE,
  type JsoncDocument,
} from './jsonc-document.js';
import { keyWarnings } from './unknown-keys.js';

const MAX_COMPARED_ISSUES = 100;

// The `error` of each type is what the value should have been; it ends the sentence "expected …".
const flag = z.boolean({ error: 'true or false' }).exactOptional();
const text = z.string({ error: 'a text' }).exactOptional();
const host = z.string({ error: 'a host name or address' }).refine(isHarmlessHost, { error: 'a host name or address' });
const seconds = z.number({ error: 'a number of seconds, 0 or more' }).min(0).exactOptional();
const count = (minimum: number) =>
  z
    .int({ error: `a whole number, ${minimum} or more` })
    .min(minimum)
    .exactOptional();
const section = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape, { error: 'an object' }).exactOptional();

const PORT_RANGE = '[first, last] with 1 <= first <= last <= 65535';
const portRange = z
  .tuple([z.int({ error: PORT_RANGE }), z.int({ error: PORT_RANGE })], { error: PORT_RANGE })
  .refine(([first, last]) => first >= 1 && first <= last && last <= 65535, { error: PORT_RANGE });

const configSchema = z.object(
  {
    server: section({
      host: host.exactOptional(),
      // Any whole number: a port that cannot exist is a finding, not a broken file.
      port: z.int({ error: 'a whole number' }).exactOptional(),
      wait_for_client: flag,
      log_to_file: flag,
      address_family: z.enum(['ipv4', 'ipv6'], { error: '"ipv4" or "ipv6"' }).exactOptional(),
    }),
    client: section({
      connection_timeout: seconds,
      reconnect_attempts: count(0),
      reconnect_delay: seconds,
      keep_alive: flag,
    }),
    security: section({
      allowed_hosts: z.array(host, { error: 'a list of host names or addresses' }).exactOptional(),
      require_authentication: flag,
      max_connections: count(1),
    }),
    remote: section({ port_range: portRange.exactOptional() }),
    logging: section({
      level: text,
      file: z.string({ error: 'a path' }).refine(isPath, { error: 'a path' }).exactOptional(),
      max_size_mb: z.number({ error: 'a number above 0' }).positive().exactOptional(),
      backup_count: count(0),
      format: text,
      enable_console: flag,
    }),
  },
  { error: 'an object' },
);

/** The file's content in the file's own words. Sections and keys that it leaves out are left out here. */
export type DebugpySettings = z.infer<typeof configSchema>;

/** How a file is read; the host's `readFile` fits. `code` is an errno name. */
export type ReadTextFile = (
  path: string,
  options: { maxBytes: number },
) => Promise<{ ok: true; text: string; truncated: boolean } | { ok: false; code: string }>;

export type ReadConfig = { ok: true; settings: DebugpySettings; warnings: string[] } | { ok: false; problem: string };

/**
 * Reads the text of a `debugpy_config.json`: JSON, comments and trailing commas allowed, at most 1 MB. Never throws.
 *
 * `problem` is one sentence part without the file's name: the syntax error, or the first value in the file that has the
 * wrong type, with its key path, what was found, what is expected, line and column. `warnings` name unknown and
 * repeated keys; of repeated keys the last counts, as for Python.
 */
export function readDebugpyConfig(source: string): ReadConfig {
  const parsed = parseDocument(source);
  if (!parsed.ok) return parsed;
  const result = configSchema.safeParse(parsed.document.value);
  if (!result.success) return { ok: false, problem: firstProblem(parsed.document, result.error) };
  return { ok: true, settings: result.data, warnings: keyWarnings(parsed.document, KNOWN_KEYS) };
}

/**
 * Reads the file (through the host, so nothing here touches the disk) and then its text, as `readDebugpyConfig` does.
 * `problem` is a whole sentence; it and every warning name the file.
 */
export async function loadDebugpyConfig(file: string, readFile: ReadTextFile): Promise<ReadConfig> {
  const content = await readFile(file, { maxBytes: MAX_DOCUMENT_BYTES });
  if (!content.ok) return { ok: false, problem: `The configuration ${file} cannot be read (${content.code}).` };
  const read: ReadConfig = content.truncated ? { ok: false, problem: TOO_LARGE } : readDebugpyConfig(content.text);
  if (!read.ok) return { ok: false, problem: `The configuration ${file} cannot be used: ${read.problem}.` };
  return { ...read, warnings: read.warnings.map((warning) => `${file}: ${warning}`) };
}

const KNOWN_KEYS = Object.fromEntries(
  Object.entries(configSchema.shape).map(([name, schema]) => [name, Object.keys(schema.unwrap().shape)]),
);

/** The problem that stands first in the file. */
function firstProblem({ root, text: source }: JsoncDocument, error: z.ZodError): string {
  const [first] = error.issues
    .slice(0, MAX_COMPARED_ISSUES)
    .map(({ path, message }) => {
      const keyPath = path.filter((key) => typeof key !== 'symbol');
      return { keyPath, expected: message, node: nearestNode(root, keyPath) };
    })
    .toSorted((a, b) => a.node.offset - b.node.offset);
  if (first === undefined) return 'malformed';
  const { keyPath, expected, node } = first;
  const found = kindOf(node.type, source.slice(node.offset, node.offset + node.length));
  return `${formatKeyPath(keyPath)} is ${found} at ${position(source, node.offset)}; expected ${expected}`;
}

function kindOf(type: string, found: string): string {
  if (type === 'object') return 'an object';
  if (type === 'array') return 'a list';
  return type === 'string' ? `the text ${quote(found.slice(1, -1))}` : quote(found).slice(1, -1);
}

function isPath(path: string): boolean {
  return path !== '' && path.length <= 4096 && !/\p{Cc}/u.test(path);
}
