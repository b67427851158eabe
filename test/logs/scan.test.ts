import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineScanner, scanText, type ScanOptions } from '../../src/logs/scan.js';
import type { LogHit } from '../../src/model/facts.js';

const LINUX: ScanOptions = { platform: 'linux' };
const IN_USE = 'OSError: [Errno 98] Address already in use';

describe('scanText', () => {
  it('gives what the facts call a log hit', () => {
    const hits: readonly LogHit[] = scanText(`ready\n${IN_USE}\n`, { platform: 'linux', file: '/var/log/server.log' });
    expect(hits).toMatchObject([
      {
        file: '/var/log/server.log',
        lineNumber: 2,
        text: IN_USE,
        symptom: 'address-in-use',
        errno: { name: 'EADDRINUSE', number: 98 },
      },
    ]);
  });

  it.each([
    ['[Errno 48] Address already in use', { name: 'EADDRINUSE', number: 48 }, 'darwin'],
    ['[Errno 98] Address already in use', { name: 'EADDRINUSE', number: 98 }, 'linux'],
    ['bind() to 0.0.0.0:80 failed (98: Address already in use)', { name: 'EADDRINUSE', number: 98 }, 'linux'],
    ['(13)Permission denied: AH00072: make_sock: could not bind', { name: 'EACCES', number: 13 }, null],
    ['[WinError 10061] actively refused it', { name: 'WSAECONNREFUSED', number: 10061 }, 'win32'],
    ['{"code":"EADDRINUSE","errno":-4091,"syscall":"listen"}', { name: 'EADDRINUSE', number: -4091 }, 'win32'],
    [
      'Os { code: 61, kind: ConnectionRefused, message: "Connection refused" }',
      { name: 'ECONNREFUSED', number: 61 },
      'darwin',
    ],
    ['dial tcp 127.0.0.1:1: connect: connection refused', { name: 'ECONNREFUSED', number: 111 }, null],
    ['[Errno 2] Address already in use', { name: 'EADDRINUSE', number: 98 }, null],
    ['job 48: Address already in use', { name: 'EADDRINUSE', number: 98 }, null],
  ])('reads the errno of %s', (line, errno, platform) => {
    expect(scanText(line, LINUX)).toMatchObject([{ errno, platform }]);
  });

  it.each([
    'processed 98 records in 1.4 s',
    'exit 111 after 48 pages',
    'constant ECONNREFUSED = 111;',
    "    if (err.code === 'EADDRINUSE') {",
    '    raise OSError(98, "Address already in use")',
    '--- PASS: connect: Connection refused (0.03s)',
    '{"level":"info","msg":"Connection refused"}',
    'f00dfeed fix: bind: Address already in use',
    'connection refused: 0',
    'Address already in use, trying the next port',
    'Tip: "Connection refused" usually means that nobody listens.',
    'The books say "connection refused" and more.',
    '',
  ])('finds nothing in %j', (line) => {
    expect(scanText(line, LINUX)).toEqual([]);
  });

  it('takes CRLF, NUL and other control characters', () => {
    const hits = scanText(`\u0000\u0001\r\n${IN_USE}\r\n\u0000 bind: Permission denied\u0000\r\n`, LINUX);
    expect(hits.map(({ lineNumber, symptom }) => [lineNumber, symptom])).toEqual([
      [2, 'address-in-use'],
      [3, 'permission-denied'],
    ]);
    expect(hits[0]?.text).toBe(IN_USE);
  });

  it('reads through the colours of a terminal', () => {
    const coloured = '\u001b[31mError\u001b[39m: listen \u001b[1mEADDRINUSE\u001b[22m: address already in use';
    expect(scanText(coloured, LINUX)).toMatchObject([
      { symptom: 'address-in-use', text: 'Error: listen EADDRINUSE: address already in use' },
    ]);
  });

  it('keeps the newest matches', () => {
    const hits = scanText(`${IN_USE}\n`.repeat(20), { platform: 'linux', maxHits: 3 });
    expect(hits.map(({ lineNumber }) => lineNumber)).toEqual([18, 19, 20]);
  });

  it.each([0, 5000, 9000, 70_000, 200_000])('finds an error %i characters into a line, once', (offset) => {
    const hits = scanText(`x\n${'.'.repeat(offset)} ${IN_USE} ${'.'.repeat(offset)} ${IN_USE}\n`, LINUX);
    expect(hits).toMatchObject([{ lineNumber: 2, symptom: 'address-in-use' }]);
    expect(hits[0]?.text.length).toBeLessThanOrEqual(2 * 8192);
  });
});

describe('createLineScanner', () => {
  it('gives the same wherever the input is cut', () => {
    const localised = 'Обычно разрешается только одно использование адреса сокета';
    const text = `ready\r\n${IN_USE}\n${localised}\n\nbind: Permission denied`;
    const bytes = new TextEncoder().encode(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }), (cuts) => {
        const scanner = createLineScanner(LINUX);
        const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
        let from = 0;
        for (const to of ends) {
          scanner.push(bytes.subarray(from, to));
          from = to;
        }
        const { matches, lines } = scanner.end();
        expect(matches).toEqual(scanText(text, LINUX));
        expect(matches.map(({ lineNumber }) => lineNumber)).toEqual([2, 3, 5]);
        expect(lines).toBe(5);
      }),
    );
  });

  it('counts lines and what it dropped', () => {
    const scanner = createLineScanner({ platform: 'linux', maxHits: 2 });
    scanner.push(`${IN_USE}\n${IN_USE}\n`);
    scanner.push(`${IN_USE}\nend`);
    expect(scanner.end()).toMatchObject({ lines: 4, dropped: 1, matches: [{ lineNumber: 2 }, { lineNumber: 3 }] });
  });

  it('finds a text that lies across two pieces of an endless line', () => {
    const scanner = createLineScanner(LINUX);
    for (let piece = 0; piece < 40; piece += 1) scanner.push('.'.repeat(4000));
    scanner.push(IN_USE.slice(0, 20));
    scanner.push(`${IN_USE.slice(20)} `);
    for (let piece = 0; piece < 40; piece += 1) scanner.push('.'.repeat(4000));
    expect(scanner.end()).toMatchObject({ lines: 1, matches: [{ lineNumber: 1, symptom: 'address-in-use' }] });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const scanner = createLineScanner(LINUX);
        for (const chunk of chunks) scanner.push(chunk);
        expect(scanner.end().dropped).toBe(0);
      }),
    );
  });

  /** Each of these starts many patterns and completes none. */
  const HOSTILE = [
    'connect to ',
    'address already in use by ',
    'timed out to ',
    '[Errno 1',
    'lock file "',
    'ptrace ',
    '::',
    '- ',
  ];

  // A pattern that blows up never ends here, and the runner's own limit ends the test.
  it.each(HOSTILE)('reads a megabyte of %j to its end', (unit) => {
    const text = `${unit.repeat(Math.ceil(1_000_000 / unit.length)).replaceAll(/.{4000}/g, '$&\n')}end`;
    const scanner = createLineScanner(LINUX);
    scanner.push(text);
    expect(scanner.end().lines).toBe(text.split('\n').length);
  });
});
