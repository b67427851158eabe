import { describe, expect, it } from 'vitest';
import { DEVTOOLS_HANDSHAKE } from '../../src/adapters/devtools.js';
import { node } from '../../src/adapters/node.js';

describe('a command line', () => {
  it.each([
    ['node --inspect app.js', 'inspect'],
    ['node --inspect-brk=9230 app.js', 'brk'],
    ['node --inspect-wait app.js', 'wait'],
    ['node --inspect=9229 --inspect-port=9230 app.js', 'inspect'],
    ['electron --inspect=5858 .', 'inspect'],
    ['/project/node_modules/electron/dist/electron --inspect-brk=5858 .', 'brk'],
  ])('%s has the mode %s', (line, mode) => {
    expect(node.recognise(line.split(' '))?.mode).toBe(mode);
  });

  it.each(['electron .', 'electron --type=renderer --inspect=5858', 'electron . --inspect=5858'])(
    '%s has none',
    (line) => {
      expect(node.recognise(line.split(' '))).toBeNull();
    },
  );
});

describe('an inspector that publishes nothing', () => {
  // Node 20.20 with --inspect-publish-uid=stderr, to every question.
  const answer =
    'HTTP/1.0 404 OK\r\nContent-Type: application/json; charset=UTF-8\r\nCache-Control: no-cache\r\nContent-Length: 0\r\n\r\n';

  it('is known all the same, without a version', () => {
    expect([node.identifies(answer), node.versionIn(answer)]).toEqual([true, null]);
    expect(node.identifies(answer.replace('404 OK', '404 Not Found'))).toBe(false);
  });

  it('is not waited for any longer', () => {
    const contact = node.contact(null);
    expect(contact.harmless && new RegExp(contact.until).test(answer)).toBe(true);
    expect(new RegExp(DEVTOOLS_HANDSHAKE.until).test(answer)).toBe(true);
  });
});

it('ends a handshake with the list of targets', () => {
  const until = new RegExp(DEVTOOLS_HANDSHAKE.until);
  expect(until.test('HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n[ {} ]\n')).toBe(true);
  expect(until.test('HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n[ {')).toBe(false);
});

it.each([
  ['Starting inspector on 127.0.0.1:9229 failed: address already in use', 'address-in-use', true],
  ['Starting inspector on 203.0.113.77:9229 failed: address not available', 'address-not-available', true],
  ['Unable to resolve "nosuch.invalid": temporary failure', 'name-not-resolved', true],
  ['Unable to resolve "nosuch.invalid": unknown node or service', 'name-not-resolved', true],
  ['node: must be 0 or in range 1024 to 65535.', 'invalid-argument', false],
])('%s', (line, symptom, runsOn) => {
  expect(node.startFailures.find(({ says }) => line.includes(says))).toMatchObject({ symptom, runsOn });
});
