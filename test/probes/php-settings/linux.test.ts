import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePhpAnswer } from '../../../src/probes/php-settings/linux.js';

it('reads what PHP says, after its warnings', () => {
  const answer = '{"php":"8.2.36","xdebug":"3.2.0","settings":{"xdebug.mode":"debug","xdebug.dump.ENV":null}}';
  const read = parsePhpAnswer(`PHP Warning:  Invalid "xdebug.client_port" setting.\n${answer}`);
  expect(read).toMatchObject({ php: '8.2.36', xdebug: '3.2.0' });
  expect([...(read?.settings ?? [])]).toEqual([['xdebug.mode', 'debug']]);
});

it('knows PHP without Xdebug', () => {
  expect(parsePhpAnswer('{"php":"8.2.36","xdebug":false,"settings":[]}')).toMatchObject({ xdebug: null });
});

it.each(['', 'hello', '{"php":"8.2.36"}', '{"php":8,"xdebug":false}', '{"php":"8","xdebug":true}'])(
  'is not %s',
  (text) => {
    expect(parsePhpAnswer(text)).toBeNull();
  },
);

it('never throws', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      parsePhpAnswer(text);
      parsePhpAnswer(`{"php":"8","xdebug":false,"settings":${text}}`);
    }),
  );
});
