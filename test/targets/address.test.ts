import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, isHarmlessHost, mayHideAPort, parseTarget, quote } from '../../src/targets/address.js';

const nothing = { host: null, port: null, socketPath: null, pid: null };

describe('parseTarget', () => {
  it.each([
    ['localhost:5678', { host: 'localhost', port: 5678 }],
    ['127.0.0.1:9229', { host: '127.0.0.1', port: 9229 }],
    [':5678', { port: 5678 }],
    ['5678', { port: 5678 }],
    ['localhost', { host: 'localhost' }],
    ['my_container.internal.', { host: 'my_container.internal.' }],
    ['münchen:5678', { host: 'münchen', port: 5678 }],
    ['[::1]:5678', { host: '::1', port: 5678 }],
    ['[fe80::1%eth0]:5678', { host: 'fe80::1%eth0', port: 5678 }],
    ['[::1]', { host: '::1' }],
    ['::1', { host: '::1' }],
    ['::', { host: '::' }],
    ['unix:/run/debug server.sock', { socketPath: '/run/debug server.sock' }],
    ['unix:///run/x.sock', { socketPath: '/run/x.sock' }],
    ['pid:4711', { pid: 4711 }],
    ['999.1.1.1:80', { host: '999.1.1.1', port: 80 }],
  ])('reads %s', (text, expected) => {
    expect(parseTarget(text)).toEqual({ ok: true, value: { ...nothing, ...expected } });
  });

  it.each([
    ['70000', 70000],
    ['localhost:70000', 70000],
    ['localhost:0', 0],
    [':-5', -5],
    ['[::1]:99999', 99999],
    [':-0', 0],
  ])('takes the impossible port of %s as it is', (text, port) => {
    const parsed = parseTarget(text);
    expect(parsed.ok && parsed.value.port).toBe(port);
  });

  it.each([
    '',
    ' ',
    '-p',
    '-5678',
    'localhost:',
    'localhost:abc',
    'localhost:56 78',
    'localhost:5678 ',
    'localhost:5678.0',
    'localhost:٥٦٧٨',
    '-oProxyCommand=x:22',
    'a b:5678',
    'a\u0000b:1',
    '\u001B[31mred:5678',
    'left\u202Eright:1',
    'back\\slash',
    'a%20b:80',
    'http://localhost:5678',
    'localhost:5678:9',
    ':::5678',
    '[localhost]:5678',
    '[::1',
    '[::1]5678',
    '[::1]:',
    '[::1]:x',
    'unix:',
    'unix:relative.sock',
    'unix:/a\nb',
    `unix:/${'x'.repeat(5000)}`,
    'pid:',
    'pid:0',
    'pid:-1',
    'pid:abc',
    'pid:99999999999',
    'a'.repeat(254),
    `${'ü'.repeat(130)}:80`,
    '9'.repeat(400),
  ])('refuses %j', (text) => {
    const parsed = parseTarget(text);
    expect(parsed.ok).toBe(false);
    // Nothing that a terminal would obey comes through, and the sentence stays short.
    if (!parsed.ok) expect(/[\p{C}\n]/u.test(parsed.problem) || parsed.problem.length > 600).toBe(false);
  });

  it('never throws, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const parsed = parseTarget(text);
        if (!parsed.ok) return !/\p{C}/u.test(parsed.problem);
        const { host } = parsed.value;
        return host === null || isHarmlessHost(host);
      }),
    );
  });

  it('never throws on things that look like targets', () => {
    const marks = ['[', ']', ':', '-', '%', '.', '/', ' '];
    const piece = fc.constantFrom(...marks, '::1', 'pid:', 'unix:', '127.0.0.1', 'a', '5678');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const parsed = parseTarget(pieces.join(''));
        if (!parsed.ok) return parsed.problem.length > 0;
        const again = parseTarget(formatAddress(parsed.value));
        expect(again).toEqual(parsed);
        return true;
      }),
    );
  });

  it('reads back what it writes', () => {
    const port = fc.integer({ min: -99999, max: 999999 });
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().filter((text) => !text.includes('.')),
    );
    const address = fc.oneof(
      fc.record({ host: fc.option(host), port, socketPath: fc.constant(null), pid: fc.constant(null) }),
      fc.record({ ...mapNothing(), host }),
      fc.record({ ...mapNothing(), pid: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }),
      fc.record({ ...mapNothing(), socketPath: fc.stringMatching(/^\/[a-z][a-z./ -]{0,50}$/) }),
    );
    fc.assert(
      fc.property(address, (value) => {
        expect(parseTarget(formatAddress(value))).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('mayHideAPort', () => {
  it.each([
    ['::1:5678', true],
    ['2001:db8::1:9229', true],
    ['::1', false],
    ['2001:db8::1234', false],
    ['localhost', false],
  ])('%s: %s', (host, expected) => {
    expect(mayHideAPort(host)).toBe(expected);
  });
});

describe('quote', () => {
  it('clips, and shows what cannot be seen', () => {
    expect(quote('a\u001B\u202Eb')).toBe('"a\\u{1b}\\u{202e}b"');
    expect(quote('x'.repeat(1000)).length).toBeLessThan(70);
  });
});

function mapNothing() {
  return { host: fc.constant(null), port: fc.constant(null), socketPath: fc.constant(null), pid: fc.constant(null) };
}
