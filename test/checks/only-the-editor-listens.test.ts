import { expect, it } from 'vitest';
import check from '../../checks/only-the-editor-listens.js';
import { attach, launch, process, socket, sockets, verdict } from './facts.js';

const XDEBUG = { adapter: 'xdebug' } as const;

function heldBy(name: string): ReturnType<typeof sockets> {
  return sockets(socket('0.0.0.0', {}, { processes: [process({ name })] }));
}

it.each([
  ['docker-proxy', 'debug-roles-reversed likely'],
  ['conmon', 'debug-roles-reversed likely'],
  ['phpstorm', 'pass'],
])('%s', (name, expected) => {
  expect(verdict(check, { 'port-sockets': heldBy(name) }, attach(XDEBUG))).toBe(expected);
  expect(verdict(check, { 'port-sockets': heldBy(name) }, launch(XDEBUG))).toBe(expected);
});

it('passes where nothing listens, and is unknown where nothing is seen', () => {
  expect(verdict(check, { 'port-sockets': sockets() }, attach(XDEBUG))).toBe('pass');
  expect(verdict(check, {}, attach(XDEBUG))).toBe('unknown');
  expect(check.appliesTo(attach())).toBe(false);
});
