import { expect, it } from 'vitest';
import { identifyAnswer } from '../../src/adapters/index.js';
import { phpSettingsOf, xdebug } from '../../src/adapters/xdebug.js';

const GREETING =
  '482\0<?xml version="1.0" encoding="iso-8859-1"?>\n<init xmlns="urn:debugger_protocol_v1" fileuri="file:///a.php" ' +
  'language="PHP" protocol_version="1.0" appid="6174"><engine version="3.2.0"><![CDATA[Xdebug]]></engine></init>\0';

it('reads the version that Xdebug states', () => {
  expect(xdebug.versionIn(GREETING)).toBe('3.2.0');
  expect(xdebug.versionIn(GREETING.replace('Xdebug', 'HHVM'))).toBeNull();
});

it('introduces itself in a packet of the length that it states', () => {
  const [first] = xdebug.handshake?.steps ?? [];
  const [length, packet] = (first?.send ?? '').split('\0');
  expect(packet?.length).toBe(Number(length));
  expect(first?.after).toBeNull();
  expect(identifyAnswer(first?.send ?? '')).toBe('xdebug');
});

it.each(['feature_get -i 1 -n supports_async\0', 'feature_set -i 1 -n max_depth -v 1\0', 'run -i 2\0'])(
  'knows an editor by %j',
  (command) => {
    expect(identifyAnswer(command)).toBe('xdebug');
    expect(new RegExp(xdebug.handshake?.until ?? '').test(command)).toBe(true);
  },
);

it.each(['run', 'run -i', 'grep -i hello', 'HTTP/1.1 400 Bad Request\r\n\r\nrun -i 2'])(
  'knows none by %j',
  (answer) => {
    expect(identifyAnswer(answer)).toBeNull();
  },
);

it('reads settings as PHP does, up to the script', () => {
  const command = ['php', '-d', 'a=1', '-db="x"', '-d', 'c', 'app.php', '-d', 'd=2'];
  expect([...phpSettingsOf(command)]).toEqual([
    ['a', '1'],
    ['b', 'x'],
    ['c', '1'],
  ]);
});
