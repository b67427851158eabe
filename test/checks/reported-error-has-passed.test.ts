import { expect, it } from 'vitest';
import check from '../../checks/reported-error-has-passed.js';
import type { Target } from '../../src/model/target.js';
import { answered, attach, failed, hit, verdict, type Seen } from './facts.js';

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  [
    'an error, and the debugger answers now',
    { 'server-logs': { files: [], hits: [hit()] }, connection: answered() },
    attach({ errorText: 'x' }),
    'pass',
  ],
  [
    'an error',
    { 'server-logs': { files: [], hits: [hit()] }, connection: failed('ECONNREFUSED') },
    attach({ errorText: 'x' }),
    'port-held-by-other-program possible',
  ],
  [
    'the last of two errors',
    { 'server-logs': { files: [], hits: [hit(), hit({ causes: ['disk-full'] })] } },
    attach({ errorText: 'x' }),
    'disk-full possible',
  ],
  [
    'an error in a log only',
    { 'server-logs': { files: [], hits: [hit({ file: '/log' })] } },
    attach({ errorText: 'x' }),
    'pass',
  ],
  [
    'a cause that is not known',
    { 'server-logs': { files: [], hits: [hit({ causes: ['bad-weather'] })] } },
    attach({ errorText: 'x' }),
    'pass',
  ],
  ['a text without an error', { 'server-logs': { files: [], hits: [] } }, attach({ errorText: 'x' }), 'pass'],
  ['no text read', {}, attach({ errorText: 'x' }), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});
