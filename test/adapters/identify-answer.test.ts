import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, identifyAnswer } from '../../src/adapters/index.js';

/** What Chromium 156 and Node.js 20.20.2 answered to `GET /json/version`. */
const CHROMIUM =
  "HTTP/1.1 200 OK\r\nContent-Security-Policy:frame-ancestors 'none'\r\nContent-Length:437\r\n" +
  'Content-Type:application/json; charset=UTF-8\r\n\r\n{\n   "Browser": "Chrome/156.0.8078.79",\n' +
  '   "File-Path-Style": "posix",\n   "Protocol-Version": "1.3",\n   "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) ' +
  'AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36",\n   "V8-Version": "15.6.75.27"\n}\n';
const NODE =
  'HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nCache-Control: no-cache\r\n' +
  'Content-Length: 65\r\n\r\n{\n  "Browser": "node.js/v20.20.2",\n  "Protocol-Version": "1.1"\n} ';

const RDBG = 'PID: 19739, $0: app.rb\ndebug 1.6.3 on ruby 3.1.7p261 (2025-03-26) [x86_64-linux-gnu]\n';

const XDEBUG =
  '482\0<?xml version="1.0" encoding="iso-8859-1"?>\n<init xmlns="urn:debugger_protocol_v1" ' +
  'xmlns:xdebug="https://xdebug.org/dbgp/xdebug" fileuri="file:///app.php" language="PHP" protocol_version="1.0" ' +
  'appid="6174"><engine version="3.2.0"><![CDATA[Xdebug]]></engine></init>\0';

describe('identifyAnswer', () => {
  it.each([
    ['Chromium', CHROMIUM, 'chrome'],
    ['old headless Chrome', CHROMIUM.replace('"Chrome/156', '"HeadlessChrome/110'), 'chrome'],
    ['Edge', CHROMIUM.replace('"Chrome/156', '"Edg/140'), 'chrome'],
    ['Node.js', NODE, 'node'],
    ['rdbg', RDBG, 'rdbg'],
    ['Xdebug', XDEBUG, 'xdebug'],
    ['a web page about Chrome', 'HTTP/1.1 200 OK\r\n\r\n<p>Browser: Chrome/156', null],
    ['a Host header that Chromium refuses', 'HTTP/1.1 500 Internal Server Error\r\n\r\nHost header is specified', null],
    ['nothing', '', null],
  ])('%s', (_, answer, adapter) => {
    expect(identifyAnswer(answer)).toBe(adapter);
  });

  it('waits for enough of an answer to identify it', () => {
    for (const [adapter, answer] of [
      [ADAPTERS.chrome, CHROMIUM],
      [ADAPTERS.rdbg, RDBG],
    ] as const) {
      const contact = adapter.contact(null);
      if (!contact.harmless) throw new Error(adapter.id);
      const enough = new RegExp(`^[\\s\\S]*?(?:${contact.until})`).exec(answer)?.[0] ?? '';
      expect(identifyAnswer(enough)).toBe(adapter.id);
    }
  });

  it('never throws', () => {
    const begins = fc.constantFrom('', 'HTTP/1.1 ', 'PID: 1, $0: a\ndebug ', '482\0<?xml?>\n<init ');
    fc.assert(
      fc.property(begins, fc.string({ unit: 'binary' }), (begin, rest) => {
        expect([...Object.keys(ADAPTERS), null]).toContain(identifyAnswer(begin + rest));
      }),
    );
  });
});
