import { describe, expect, it } from 'vitest';
import { capturesOf } from '../../src/logs/captures.js';

describe('capturesOf', () => {
  it.each([
    ['Error: listen EADDRINUSE: address already in use 127.0.0.1:9229', '127.0.0.1', 9229],
    ['Error: listen EADDRINUSE: address already in use :::3000', '::', 3000],
    ['Error: connect ECONNREFUSED ::1:9229', '::1', 9229],
    ['connect ECONNREFUSED fd77::2:7002 - Local (:::0)', 'fd77::2', 7002],
    ['bind [::1]:15840: Address already in use', '::1', 15840],
    ["error while attempting to bind on address ('127.0.0.1', 49151): in use", '127.0.0.1', 49151],
    ['listen tcp :80: bind: permission denied', null, 80],
    ['Failed to bind to address http://localhost:5000: address already in use.', 'localhost', 5000],
    ['{"code":"EACCES","syscall":"listen","address":"::"}', '::', null],
    ['{"code":"ETIMEDOUT","address":"172.21.0.2","port":5678}', '172.21.0.2', 5678],
    ['lookup nosuch.invalid on 10.255.255.53:53: no such host', 'nosuch.invalid', null],
    ['Error: getaddrinfo ENOTFOUND db.internal', 'db.internal', null],
    ['curl: (7) Failed to connect to localhost port 80 after 2239 ms: Connection refused', 'localhost', 80],
    ['could not bind to the listen port : 65531.', null, 65531],
    ['2026-01-11 11:10:00 portforward.go:340] failed', null, null],
    ['port 99999 is in use', null, null],
  ])('%s', (line, host, port) => {
    expect(capturesOf(line, {}, null)).toMatchObject({ host, port });
  });

  it('reads processes and paths', () => {
    expect(capturesOf('held by pid 4121', {}, null).pid).toBe(4121);
    expect(capturesOf("[Errno 13] Permission denied: '/var/log/a b.log'", {}, 13)).toMatchObject({
      path: '/var/log/a b.log',
      errno: 13,
    });
    expect(capturesOf('dial unix /var/run/docker.sock: connect: permission denied', {}, null).path).toBe(
      '/var/run/docker.sock',
    );
  });

  it('prefers what the pattern named', () => {
    expect(capturesOf('on 127.0.0.1:1', { host: 'other', port: '2', pid: '3', path: '/p' }, null)).toEqual({
      host: 'other',
      port: 2,
      pid: 3,
      path: '/p',
      errno: null,
    });
  });
});
