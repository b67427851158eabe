import { describe, expect, it } from 'vitest';
import { vsdbg } from '../../src/adapters/vsdbg.js';

describe('a command line of netcoredbg', () => {
  it.each([
    ['netcoredbg --server --interpreter=vscode', 4711],
    ['/opt/netcoredbg/netcoredbg --interpreter=vscode --server=4712 -- dotnet app.dll', 4712],
    ['netcoredbg --server --server=4713', 4713],
    ['netcoredbg --attach 42 --server=4712', 4712],
    ['netcoredbg --server=70000', 70_000],
    ['netcoredbg --server=abc', null],
  ])('%s', (line, port) => {
    expect(vsdbg.recognise(line.split(' '))).toMatchObject({ role: 'server', host: '0.0.0.0', port });
  });

  it.each([
    'netcoredbg --interpreter=vscode',
    'netcoredbg --interpreter=cli -ex --server=4711',
    'netcoredbg --server=0',
    'netcoredbg -- dotnet app.dll --server=4711',
    'vsdbg --interpreter=vscode',
    'vsdbg --server=4711',
  ])('is not %s', (line) => {
    expect(vsdbg.recognise(line.split(' '))).toBeNull();
  });
});

it('starts netcoredbg for a .NET program only', () => {
  const request = { host: '127.0.0.1', port: 4711, waitForClient: true };
  const argv = ['netcoredbg', '--server=4711', '--interpreter=vscode', '--', 'dotnet', 'app.dll'];
  expect(vsdbg.start({ ...request, program: ['dotnet', 'app.dll'] })?.argv).toEqual(argv);
  expect(vsdbg.start({ ...request, program: ['node', 'app.js'] })).toBeNull();
  expect(vsdbg.start({ ...request, program: [] })).toBeNull();
});

it.each([
  ["can't bind to specified port: Address already in use", 'address-in-use'],
  ["can't bind to specified port: Permission denied", 'permission-denied'],
  ["can't open listening socket for port 4711", 'reason-not-stated'],
])('reads "%s" as %s', (line, symptom) => {
  expect(vsdbg.startFailures.find(({ says }) => line.includes(says))?.symptom).toBe(symptom);
});
