import { z } from 'zod';
import { CAUSE_IDS } from './model/cause-ids.js';
import { HOPS } from './model/hop.js';
import { PROBE_LEVELS } from './model/probe-level.js';
import { REMEDY_IDS } from './model/remedy-ids.js';
import { RISKS } from './model/remedy.js';
import { SCHEMA_VERSION } from './model/report.js';
import { SYMPTOM_IDS } from './model/symptom.js';
import { ADAPTER_IDS } from './model/target.js';

// `id` puts a shape under $defs, so that it stands in the document once.

/** Readonly, as in the model, so that the types can be compared. */
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const texts = list(z.string());
const milliseconds = z.number().min(0);
const portRange = z.tuple([z.int(), z.int()]).readonly();
const status = z.enum(['healthy', 'unhealthy', 'inconclusive']);
const severity = z.enum(['error', 'warning']);
const schemaVersion = z.literal(SCHEMA_VERSION);
// Written as a pattern, since many validators refuse a `format` that they were not taught.
const timestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/)
  .describe('RFC 3339');

const causeId = z
  .enum(CAUSE_IDS)
  .meta({ id: 'CauseId', description: 'What has to change. docs/causes has a page for each.' });
const hop = z.enum(HOPS).meta({ id: 'Hop', description: 'A step of the path, or what must be there beneath it.' });
const confidence = z.enum(['certain', 'likely', 'possible']).meta({
  id: 'Confidence',
  description: 'certain: the facts leave nothing else. likely: nothing fits better. possible: the facts allow it.',
});
const symptomId = z
  .enum(SYMPTOM_IDS)
  .meta({ id: 'SymptomId', description: 'What an error says, whatever the reason.' });
const errno = z
  .object({ name: z.string(), number: z.int() })
  .meta({ id: 'Errno', description: 'Name and number on the system in question, such as EADDRINUSE and 98.' });

const evidence = z
  .object({
    text: z.string().describe('What was seen. May hold text from outside.'),
    from: z
      .union([
        z.object({ argv: texts }),
        z.object({ file: z.string() }),
        z.object({ socket: z.string() }),
        z.object({ argument: z.string() }),
      ])
      .nullable()
      .describe('Where it was seen.'),
    detail: z.string().nullable(),
  })
  .meta({ id: 'Evidence' });

const findingArgs = z
  .object({
    adapter: z.string().exactOptional(),
    host: z.string().exactOptional(),
    address: z.string().exactOptional(),
    port: z.int().exactOptional(),
    otherAddress: z.string().exactOptional(),
    otherPort: z.int().exactOptional(),
    freePort: z.int().exactOptional(),
    portRange: portRange.exactOptional(),
    pid: z.int().exactOptional(),
    startTime: z.number().exactOptional(),
    programGone: z.boolean().exactOptional(),
    protectedProcess: z.boolean().exactOptional(),
    processName: z.string().exactOptional(),
    command: texts.exactOptional(),
    user: z.string().exactOptional(),
    unit: z.string().exactOptional(),
    container: z.string().exactOptional(),
    socketPath: z.string().exactOptional(),
    file: z.string().exactOptional(),
    directory: z.string().exactOptional(),
    configFile: z.string().exactOptional(),
    portKeyPath: texts.exactOptional(),
    hostKeyPath: texts.exactOptional(),
    rule: z.string().exactOptional(),
    firewallTool: z.enum(['nft', 'iptables', 'ip6tables', 'ufw', 'firewalld']).exactOptional(),
    direction: z.enum(['input', 'output']).exactOptional(),
    chain: z.string().exactOptional(),
    clientAddress: z.string().exactOptional(),
    interpreter: z.string().exactOptional(),
    otherInterpreter: z.string().exactOptional(),
    canInstall: z.boolean().exactOptional(),
    limit: z.number().exactOptional(),
    used: z.number().exactOptional(),
    variable: z.string().exactOptional(),
    otherProcess: z.string().exactOptional(),
    line: z.string().exactOptional(),
    detail: z.string().exactOptional(),
  })
  .meta({ id: 'FindingArgs', description: 'What is known about the case. A missing member is unknown.' });

const finding = z
  .object({ cause: causeId, args: findingArgs, confidence, evidence: list(evidence) })
  .meta({ id: 'Finding' });

const step = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('run'), argv: texts }),
    z.object({
      kind: z.literal('edit'),
      file: z.string(),
      keyPath: texts,
      value: z.union([z.string(), z.number(), z.boolean()]),
    }),
    z.object({
      kind: z.literal('signal'),
      pid: z.int(),
      startTime: z.number(),
      signal: z.enum(['TERM', 'CONT']),
      graceMs: milliseconds,
    }),
    z.object({ kind: z.literal('instruct'), text: z.string() }),
  ])
  .meta({ id: 'Step' });

const remedy = z
  .object({
    id: z.enum(REMEDY_IDS),
    title: z.string(),
    risk: z.enum(RISKS).describe('safe: looks only. manual: printed, never run.'),
    needsElevation: z.boolean(),
    steps: list(step).describe('argv[0] is looked up on PATH; there is no shell.'),
    verify: z.string().nullable().describe('The check that must pass afterwards; null: all of them.'),
    undo: list(step).nullable(),
  })
  .meta({ id: 'Remedy' });

const source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('default') }),
  z.object({ kind: z.literal('argument'), text: z.string() }),
  z.object({ kind: z.literal('config'), file: z.string(), hostKeyPath: texts, portKeyPath: texts }),
  z.object({
    kind: z.literal('project'),
    file: z.string(),
    line: z.number(),
    column: z.number(),
    hostKeyPath: texts.nullable(),
    portKeyPath: texts.nullable(),
    problems: texts,
    collidesWith: texts,
  }),
]);

const settings = z.object({
  waitForClient: z.boolean(),
  addressFamily: z.enum(['ipv4', 'ipv6']).nullable(),
  connectionTimeoutSeconds: z.number().nullable(),
  reconnectAttempts: z.number().nullable(),
  reconnectDelaySeconds: z.number().nullable(),
  allowedHosts: texts,
});

const target = z
  .object({
    name: z.string(),
    request: z.enum(['attach', 'launch']),
    adapter: z.enum(ADAPTER_IDS),
    host: z.string().nullable(),
    port: z.int().nullable().describe('As given, so possibly outside 1..65535.'),
    socketPath: z.string().nullable(),
    portRange: portRange.describe('First and last port, both included, from which another may be taken.'),
    pid: z.int().nullable(),
    command: texts,
    cwd: z.string(),
    logFiles: texts,
    serverLogFile: z.string().nullable(),
    errorText: z.string().nullable(),
    settings: settings.nullable(),
    source: source.describe('Where the target was learnt of.'),
  })
  .meta({ id: 'Target', description: 'What should be reachable (attach) or startable (launch).' });

const checkResult = z
  .object({
    check: z.string(),
    hop,
    claim: z.string().describe('What should hold.'),
    outcome: z.enum(['pass', 'fail', 'unknown', 'skipped', 'crashed']),
    findings: list(finding),
    evidence: list(evidence),
    reason: z.string().nullable().describe('Why it is unknown, skipped or crashed.'),
    durationMs: milliseconds,
  })
  .meta({ id: 'CheckResult' });

const rootCause = z
  .object({
    cause: causeId,
    hop,
    severity,
    title: z.string(),
    summary: z.string(),
    confidence,
    check: z.string(),
    evidence: list(evidence),
    docs: z.string(),
    remedies: list(remedy).describe('The best first.'),
  })
  .meta({ id: 'RootCause' });

const hidden = z.object({ check: z.string(), hop, because: z.string() });

const diagnosis = z.object({
  symptom: z.object({ id: symptomId, errno: errno.nullable() }).nullable(),
  rootCauses: list(rootCause).describe('The most probable first.'),
  consequences: list(hidden).describe('Checks that were not asked, since an earlier one failed.'),
  ruledOut: list(z.object({ cause: causeId, because: z.string() })),
  unknowns: list(hidden),
});

const pathStep = z.object({
  hop,
  state: z.enum(['ok', 'broken', 'degraded', 'unknown', 'not-reached']),
  summary: z.string(),
});

const targetReport = z
  .object({ target, status, path: list(pathStep), results: list(checkResult), diagnosis })
  .meta({ id: 'TargetReport' });

const hostSummary = z.object({
  platform: z.enum(['linux', 'darwin', 'win32']),
  release: z.string(),
  arch: z.string(),
  elevated: z.boolean(),
  container: z.string().nullable(),
  wsl: z.string().nullable(),
});

/** What `check --json` writes: `Report` of src/model/report.ts. */
export const reportSchema = z
  .object({
    schemaVersion,
    tool: z.object({ name: z.literal('debug-doctor'), version: z.string() }),
    startedAt: timestamp,
    durationMs: milliseconds,
    host: hostSummary,
    status,
    exitCode: z.int().min(0).max(255).describe('0 healthy, 1 problem, 2 usage or own failure, 3 inconclusive.'),
    probeLevel: z
      .enum(PROBE_LEVELS)
      .describe('passive: nothing was connected to. gentle: only what is harmless. full: whole handshakes.'),
    warnings: texts.describe('What a user should know, such as a handshake that may have disturbed a server.'),
    targets: list(targetReport),
  })
  .describe('A report of debug-doctor. Readers must ignore fields that they do not know.');

const explainedCause = z.object({ cause: causeId, title: z.string(), confidence, remedies: list(remedy) });

const explainMatch = z.object({
  line: z.string().describe('The line as it was given.'),
  lineNumber: z.int().min(1),
  file: z.string().nullable(),
  text: z.string().describe('The part of the line that says the error.'),
  symptom: symptomId,
  errno: errno.nullable(),
  causes: list(explainedCause).describe('The most probable first.'),
});

/** What `explain --json` writes. */
export const explainSchema = z
  .object({ schemaVersion, matches: list(explainMatch) })
  .describe('An explanation by debug-doctor. Readers must ignore fields that they do not know.');

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema (draft 2020-12) of a report. Objects may hold further members, so later versions can add some. */
export function reportJsonSchema(): JsonSchema {
  return jsonSchemaOf(reportSchema);
}

/** The JSON Schema (draft 2020-12) of an explanation. */
export function explainJsonSchema(): JsonSchema {
  return jsonSchemaOf(explainSchema);
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    // As input: what is written may hold members that the schema does not name.
    io: 'input',
    override: ({ jsonSchema }) => {
      // Means "managed by the server" in JSON Schema, which is not what the type means.
      delete jsonSchema.readOnly;
      // The bounds of exact integers say nothing about the value.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
}
