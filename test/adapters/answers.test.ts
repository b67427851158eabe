import { describe, expect, it } from 'vitest';
import { ADAPTERS, identifyAnswer } from '../../src/adapters/index.js';
import { flagValue, splitHostPort } from '../../src/adapters/command-line.js';
import { identifyProtocol } from '../../src/probes/connection/contact.js';

const DEBUGPY =
  'Content-Length: 157\r\n\r\n{"seq": 1, "type": "event", "event": "output", "body": {"category": "telemetry", "output": "ptvsd", "data": {"packageVersion": "1.6.3"}}}' +
  'Content-Length: 159\r\n\r\n{"seq": 2, "type": "event", "event": "output", "body": {"category": "telemetry", "output": "debugpy", "data": {"packageVersion": "1.6.3"}}}';
const NODE =
  'HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{\n "Browser": "node.js/v20.20.2",\n  "Protocol-Version": "1.1"\n\n}\n\n';

describe('an answer', () => {
  it.each([
    ['debugpy', DEBUGPY],
    ['debugpy', DEBUGPY.slice(0, 140)],
    ['node', NODE],
    ['jdwp', 'JDWP-Handshake'],
    ['lldb', '+$PacketSize=20000;QStartNoAckMode+;native-signals+#00'],
    ['gdbserver', '+$PacketSize=47ff;QPassSignals+#00'],
    ['http', 'HTTP/1.0 404 File not found\r\nServer: SimpleHTTP/0.6 Python/3.11.2\r\n\r\n'],
    ['chrome', NODE.replace('node.js/', 'Chrome/')],
    ['ssh', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
    [null, ''],
    [null, 'Content-Length: 12\r\n\r\n{"type":"x"}'],
    [null, 'hello "debugpy"'],
    [null, 'Cannot start, "Browser": "node.js/'],
  ])('of %s is told apart', (expected, received) => {
    expect(identifyProtocol(received)).toBe(expected);
  });

  it('is never claimed for a plain TCP server', () => {
    expect(identifyAnswer('hello')).toBeNull();
  });
});

describe('every adapter', () => {
  it.each(Object.entries(ADAPTERS))('%s has its own id and a port that exists', (id, adapter) => {
    expect(adapter.id).toBe(id);
    expect(adapter.defaultPort).toBeGreaterThan(0);
    expect(adapter.defaultPort).toBeLessThan(65_536);
  });

  it('knows the end of the greeting that it waits for', () => {
    for (const [adapter, answer] of [
      [ADAPTERS.debugpy, DEBUGPY],
      [ADAPTERS.node, NODE],
    ] as const) {
      const contact = adapter.contact(null);
      expect(contact.harmless && new RegExp(contact.until).test(answer)).toBe(true);
      expect(contact.harmless && new RegExp(contact.until).test(answer.slice(0, 60))).toBe(false);
    }
  });
});

describe('a command line', () => {
  it.each([
    ['127.0.0.1:5678', '127.0.0.1', 5678],
    ['[::1]:5678', '::1', 5678],
    [':5678', null, 5678],
    ['5678', null, 5678],
    ['localhost', null, null],
    ['localhost:', 'localhost', null],
    ['localhost:http', 'localhost', null],
    ['', null, null],
  ])('splits %j', (text, host, port) => {
    expect(splitHostPort(text)).toEqual({ host, port });
  });

  it('gives the value of a flag in both forms', () => {
    expect(flagValue(['x', '--port', '1'], '--port')).toBe('1');
    expect(flagValue(['x', '--port=2'], '--port')).toBe('2');
    expect(flagValue(['x', '--port'], '--port')).toBeNull();
    expect(flagValue(['x', '--portable', '1'], '--port')).toBeNull();
  });
});
