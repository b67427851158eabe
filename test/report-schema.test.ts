import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Report } from '../src/model/report.js';
import type { ExplainReport } from '../src/reporters/explain-json.js';
import { explainJsonSchema, explainSchema, reportJsonSchema, reportSchema } from '../src/report-schema.js';

const EVIDENCE = { text: 'refused', from: { socket: '127.0.0.1:5678' }, detail: null };

const REPORT: Report = {
  schemaVersion: '1.0',
  tool: { name: 'debug-doctor', version: '0.1.0' },
  startedAt: '2026-01-07T08:00:00.000Z',
  durationMs: 12.5,
  host: { platform: 'linux', release: '6.1', arch: 'x64', elevated: false, container: null, wsl: null },
  status: 'unhealthy',
  exitCode: 1,
  probeLevel: 'gentle',
  warnings: [],
  targets: [
    {
      target: {
        name: 'default',
        request: 'attach',
        adapter: 'debugpy',
        host: '127.0.0.1',
        port: 70000,
        socketPath: null,
        portRange: [5678, 5687],
        pid: null,
        command: [],
        cwd: '/project',
        logFiles: [],
        serverLogFile: null,
        errorText: null,
        settings: null,
        source: { kind: 'default' },
      },
      status: 'unhealthy',
      path: [{ hop: 'port', state: 'broken', summary: 'nothing listens' }],
      results: [
        {
          check: 'server-listens',
          hop: 'process',
          claim: 'a debug server listens',
          outcome: 'fail',
          findings: [
            { cause: 'server-not-started', args: { port: 5678 }, confidence: 'certain', evidence: [EVIDENCE] },
          ],
          evidence: [],
          reason: null,
          durationMs: 0,
        },
      ],
      diagnosis: {
        symptom: { id: 'connection-refused', errno: { name: 'ECONNREFUSED', number: 111 } },
        rootCauses: [
          {
            cause: 'server-not-started',
            hop: 'process',
            severity: 'error',
            title: 'No debug server runs',
            summary: 'Nothing listens.',
            confidence: 'certain',
            check: 'server-listens',
            evidence: [EVIDENCE],
            docs: 'docs/causes/server-not-started.md',
            remedies: [
              {
                id: 'use-another-port',
                title: 'Use another port',
                risk: 'manual',
                needsElevation: false,
                steps: [{ kind: 'instruct', text: 'Do it.' }],
                verify: null,
                undo: null,
              },
            ],
          },
        ],
        consequences: [{ check: 'answer', hop: 'protocol', because: 'server-listens' }],
        ruledOut: [{ cause: 'port-held-by-other-program', because: 'nothing holds it' }],
        unknowns: [],
      },
    },
  ],
};

const EXPLANATION = {
  schemaVersion: '1.0',
  matches: [
    {
      line: 'x [Errno 98] Address already in use',
      lineNumber: 1,
      file: null,
      text: '[Errno 98] Address already in use',
      symptom: 'address-in-use',
      errno: { name: 'EADDRINUSE', number: 98 },
      causes: [{ cause: 'port-held-by-other-program', title: 'Held', confidence: 'likely', remedies: [] }],
    },
  ],
};

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const isReport = ajv.compile(reportJsonSchema());
const isExplanation = ajv.compile(explainJsonSchema());

/** A copy in which the value at a path is another one; undefined takes the key away. */
function changed(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy: unknown = structuredClone(document);
  if (typeof copy !== 'object' || copy === null || !(key in copy)) throw new Error(`no ${key}`);
  const child = changed(Reflect.get(copy, key), rest, value);
  if (child === undefined) Reflect.deleteProperty(copy, key);
  else Reflect.set(copy, key, child);
  return copy;
}

const TARGET = ['targets', 0, 'target'] as const;
const FINDING = ['targets', 0, 'results', 0, 'findings', 0] as const;
const ROOT_CAUSE = ['targets', 0, 'diagnosis', 'rootCauses', 0] as const;

const BROKEN: [string, readonly (string | number)[], unknown][] = [
  ['another version', ['schemaVersion'], '2.0'],
  ['no status', ['status'], undefined],
  ['an unknown status', ['status'], 'fine'],
  ['a date that is none', ['startedAt'], 'yesterday'],
  ['an exit code as text', ['exitCode'], '1'],
  ['a negative duration', ['durationMs'], -1],
  ['an unknown system', ['host', 'platform'], 'freebsd'],
  ['no container field', ['host', 'container'], undefined],
  ['a port as text', [...TARGET, 'port'], '5678'],
  ['a range of one', [...TARGET, 'portRange'], [5678]],
  ['a range of three', [...TARGET, 'portRange'], [1, 2, 3]],
  ['an unknown adapter', [...TARGET, 'adapter'], 'pdb'],
  ['an unknown source', [...TARGET, 'source'], { kind: 'guess' }],
  ['an unknown cause', [...FINDING, 'cause'], 'gremlins'],
  ['a wrong argument', [...FINDING, 'args', 'port'], null],
  ['evidence from nowhere', [...FINDING, 'evidence', 0, 'from'], {}],
  ['an unknown confidence', [...ROOT_CAUSE, 'confidence'], 'sure'],
  ['an unknown risk', [...ROOT_CAUSE, 'remedies', 0, 'risk'], 'none'],
  ['a shell string', [...ROOT_CAUSE, 'remedies', 0, 'steps'], [{ kind: 'run', argv: 'rm -r x' }]],
  ['a step without words', [...ROOT_CAUSE, 'remedies', 0, 'steps'], [{ kind: 'instruct' }]],
  ['an unknown symptom', ['targets', 0, 'diagnosis', 'symptom', 'id'], 'broken'],
  ['an errno number as text', ['targets', 0, 'diagnosis', 'symptom', 'errno', 'number'], '111'],
];

describe('reportSchema', () => {
  it('is the type Report', () => {
    expectTypeOf<z.infer<typeof reportSchema>>().toEqualTypeOf<Report>();
  });

  it('takes a report as it is', () => {
    expect(reportSchema.parse(REPORT)).toEqual(REPORT);
    isReport(REPORT);
    expect(isReport.errors).toBeNull();
  });

  it('takes every kind of step, source and origin', () => {
    const steps = [
      { kind: 'run', argv: ['ss', '-ltn'] },
      { kind: 'edit', file: '/a', keyPath: ['server', 'port'], value: 5679 },
      { kind: 'signal', pid: 2, startTime: 3, signal: 'TERM', graceMs: 3000 },
    ];
    const source = { kind: 'config', file: '/a', hostKeyPath: ['server', 'host'], portKeyPath: ['server', 'port'] };
    const evidence = [{ argv: ['ss'] }, { file: '/a' }, { argument: 'x' }, null].map((from) => ({ ...EVIDENCE, from }));
    const withSteps = changed(REPORT, [...ROOT_CAUSE, 'remedies', 0, 'steps'], steps);
    const document = changed(changed(withSteps, [...TARGET, 'source'], source), [...FINDING, 'evidence'], evidence);
    expect(isReport(document)).toBe(true);
    expect(reportSchema.safeParse(document).success).toBe(true);
  });

  it('lets later versions add fields, at every level', () => {
    expect(isReport({ ...REPORT, added: 1 })).toBe(true);
    expect(isReport(changed(REPORT, TARGET, { ...REPORT.targets[0]?.target, added: {} }))).toBe(true);
    expect(isReport(changed(REPORT, [...FINDING, 'args'], { added: [] }))).toBe(true);
  });

  it.each(BROKEN)('refuses %s', (_, path, value) => {
    const document = changed(REPORT, path, value);
    expect(isReport(document)).toBe(false);
    expect(reportSchema.safeParse(document).success).toBe(false);
  });
});

describe('explainSchema', () => {
  it('covers what the reporter writes', () => {
    expectTypeOf<ExplainReport>().toExtend<z.infer<typeof explainSchema>>();
  });

  it('takes an explanation, with and without an errno', () => {
    const withoutErrno = changed(EXPLANATION, ['matches', 0, 'errno'], null);
    for (const document of [EXPLANATION, withoutErrno, { schemaVersion: '1.0', matches: [] }]) {
      expect(isExplanation(document)).toBe(true);
      expect(explainSchema.safeParse(document).success).toBe(true);
    }
    expect(isExplanation({ ...EXPLANATION, added: true })).toBe(true);
  });

  it.each([
    ['no matches', ['matches'], undefined],
    ['a line number of 0', ['matches', 0, 'lineNumber'], 0],
    ['an unknown symptom', ['matches', 0, 'symptom'], 'broken'],
    ['an unknown cause', ['matches', 0, 'causes', 0, 'cause'], 'gremlins'],
    ['no title', ['matches', 0, 'causes', 0, 'title'], undefined],
  ] satisfies [string, (string | number)[], unknown][])('refuses %s', (_, path, value) => {
    const document = changed(EXPLANATION, path, value);
    expect(isExplanation(document)).toBe(false);
    expect(explainSchema.safeParse(document).success).toBe(false);
  });
});

describe('the JSON Schemas', () => {
  it.each([reportJsonSchema(), explainJsonSchema()])('are of draft 2020-12 and have no id', (schema) => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(JSON.stringify(schema)).not.toMatch(/"\$?id":"|"additionalProperties"|"readOnly"|9007199254740991/);
  });
});
