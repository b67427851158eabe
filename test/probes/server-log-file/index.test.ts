import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/diagnose.js';
import { createNodeHost } from '../../../src/host/node.js';
import { createObserver } from '../../../src/observe.js';
import { launch } from '../../checks/facts.js';

const folder = mkdtempSync(join(tmpdir(), 'server-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'logs'));
writeFileSync(join(folder, 'server.log'), '');

async function look(serverLogFile: string | null): Promise<unknown> {
  return createObserver(createNodeHost(), launch({ serverLogFile }), DEFAULT_OPTIONS).see('server-log-file');
}

it.each([
  ['server.log', { exists: true, writable: true, errorCode: null }],
  ['new.log', { exists: false, writable: true }],
  ['absent/deep/new.log', { exists: false, writable: true }],
  ['logs', { writable: false, errorCode: 'EISDIR' }],
])('%s', async (name, expected) => {
  const file = join(folder, name);
  expect(await look(file)).toMatchObject({ status: 'ok', value: { file, directory: folder, ...expected } });
});

it('writes nothing, and asks nothing without a log', async () => {
  expect(await look(join(folder, 'untouched/new.log'))).toMatchObject({ status: 'ok' });
  expect(await createNodeHost().pathStatus(join(folder, 'untouched'))).toMatchObject({ ok: false });
  expect(await look(null)).toMatchObject({ status: 'unavailable', reason: 'unsupported' });
});
