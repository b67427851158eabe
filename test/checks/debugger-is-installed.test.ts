import { expect, it } from 'vitest';
import check from '../../checks/debugger-is-installed.js';
import type { Target } from '../../src/model/target.js';
import { launch, firstArgs, verdict, type Seen } from './facts.js';

const TOOL = { command: 'python3', found: null, others: [], toolchain: null, canInstall: true };
const HAS = { path: '/usr/bin/python3', version: '3.11.2', hasDebugger: true, debuggerVersion: '1.6.6' };
const HAS_NOT = { path: '/opt/venv/bin/python3', version: '3.12.1', hasDebugger: false, debuggerVersion: null };

const CASES: readonly (readonly [string, Seen, Target, string])[] = [
  ['an interpreter that has it', { 'launch-tool': { ...TOOL, found: HAS } }, launch(), 'pass'],
  [
    'an interpreter without it',
    { 'launch-tool': { ...TOOL, found: HAS_NOT } },
    launch(),
    'debugger-missing-in-interpreter certain',
  ],
  [
    'an interpreter without it, another one with it',
    { 'launch-tool': { ...TOOL, found: HAS_NOT, others: [HAS] } },
    launch(),
    'debugger-missing-in-interpreter certain',
  ],
  [
    'a guessed interpreter without it',
    { 'launch-tool': { ...TOOL, found: HAS_NOT } },
    launch({ command: [] }),
    'debugger-missing-in-interpreter likely',
  ],
  [
    'a guessed interpreter without it, another one with it',
    { 'launch-tool': { ...TOOL, found: HAS_NOT, others: [HAS] } },
    launch({ command: [] }),
    'debugger-missing-in-interpreter possible',
  ],
  ['no interpreter', { 'launch-tool': TOOL }, launch(), 'interpreter-not-found certain'],
  ['no guessed interpreter', { 'launch-tool': TOOL }, launch({ command: [] }), 'interpreter-not-found likely'],
  ['an interpreter that did not answer', {}, launch(), 'unknown'],
];

it.each(CASES)('%s', (_, seen, target, expected) => {
  expect(verdict(check, seen, target)).toBe(expected);
});

it('names the interpreter that has it', () => {
  const args = firstArgs(check, { 'launch-tool': { ...TOOL, found: HAS_NOT, others: [HAS] } }, launch());
  expect(args).toMatchObject({
    interpreter: HAS_NOT.path,
    otherInterpreter: HAS.path,
    canInstall: true,
  });
});
