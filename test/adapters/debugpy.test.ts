import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseCaller, recogniseCommand } from '../../src/adapters/index.js';
import { debugpy } from '../../src/adapters/debugpy.js';

const PYDEVD = '/opt/pycharm/plugins/python/helpers/pydev/pydevd.py';

describe('a command line of Python', () => {
  it.each([
    ['python3 -m debugpy --listen 5678 --pid 4242', 'program', null, 5678, 'debugpy'],
    ['python3 -mdebugpy --listen 127.0.0.1:5678 app.py', 'program', '127.0.0.1', 5678, 'debugpy'],
    ['python3 -X dev /lib/debugpy/adapter --for-server 1 --port 5678', 'adapter', null, 5678, 'debugpy'],
    ['python3 -m debugpy.adapter --port 5678', 'adapter', null, 5678, 'standalone-adapter'],
    ['python -m ptvsd --host 0.0.0.0 --port 5678 --wait app.py', 'program', '0.0.0.0', 5678, 'ptvsd'],
    ['python -m ptvsd --server-host localhost --port 3000 app.py --client', 'program', 'localhost', 3000, 'ptvsd'],
    ['python /lib/ptvsd --host localhost -m app', 'program', 'localhost', 5678, 'ptvsd'],
    [`python ${PYDEVD} --port 5679 --server --file app.py`, 'program', '0.0.0.0', 5679, 'pydevd'],
  ])('%s', (line, role, host, port, mode) => {
    expect(recogniseCommand(line.split(' '))).toMatchObject({ adapter: 'debugpy', role, host, port, mode });
    expect(recogniseCaller(line.split(' '))).toBeNull();
  });

  it.each([
    [`python ${PYDEVD} --multiprocess --client 127.0.0.1 --port 51234 --file app.py`, '127.0.0.1', 51_234],
    [`python -m pydevd --client ide.example --port 5678 --file app.py --server`, 'ide.example', 5678],
    ['python3 -m debugpy --connect 127.0.0.1:5678 app.py', '127.0.0.1', 5678],
    ['python -m ptvsd --client --host 10.0.0.2 --port 5678 app.py', '10.0.0.2', 5678],
  ])('%s calls an editor', (line, host, port) => {
    expect(recogniseCommand(line.split(' '))).toBeNull();
    expect(recogniseCaller(line.split(' '))).toMatchObject({ adapter: 'debugpy', role: 'caller', host, port });
  });

  it.each([
    `python ${PYDEVD} --file app.py --client 127.0.0.1 --port 5678`,
    `python app.py ${PYDEVD} --client 127.0.0.1 --port 5678`,
    'python -m ptvsd app.py --port 5678',
    'python -m pydevd_extra --server --port 5678',
    'python -c import-ptvsd --port 5678',
    'python - -m debugpy --listen 5678',
    'python -m',
  ])('%s is neither', (line) => {
    expect(recogniseCommand(line.split(' '))).toBeNull();
    expect(recogniseCaller(line.split(' '))).toBeNull();
  });

  it('never throws', () => {
    const word = fc.constantFrom('-m', '-c', '-X', '--', '-', 'debugpy', 'ptvsd', PYDEVD, '--listen', '--port', '-Im');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        expect(debugpy.recognise(['python3', ...words])?.role).not.toBe('server');
        const argv = debugpy.start({
          host: '::1',
          port: 1,
          program: ['python3', ...words],
          waitForClient: false,
        })?.argv;
        expect(argv === undefined || recogniseCommand(argv)?.port === 1).toBe(true);
      }),
    );
  });
});

describe('what debugpy is started with', () => {
  const started = (program: string, waitForClient = false): string | undefined => {
    const request = { host: '127.0.0.1', port: 5678, program: program.split(' '), waitForClient };
    return debugpy.start(request)?.argv.join(' ');
  };
  const LISTEN = '-m debugpy --listen 127.0.0.1:5678';

  it.each([
    ['python3 app.py -v', `python3 ${LISTEN} app.py -v`],
    ['python3 -m flask run', `python3 ${LISTEN} -m flask run`],
    ['python3 -mflask run', `python3 ${LISTEN} -m flask run`],
    ['python3 -c print(1) x', `python3 ${LISTEN} -c print(1) x`],
    ['python3 -X dev -W ignore app.py', `python3 -X dev -W ignore ${LISTEN} app.py`],
    ['python3 -Xdev -Im flask', `python3 -Xdev -I ${LISTEN} -m flask`],
    ['python3 -u -- app.py', `python3 -u ${LISTEN} app.py`],
    ['python3.11 app.py', `python3.11 -Xfrozen_modules=off ${LISTEN} app.py`],
    ['/opt/bin/python3.13 -u app.py', `/opt/bin/python3.13 -u -Xfrozen_modules=off ${LISTEN} app.py`],
    ['python3.12 -X frozen_modules=on app.py', `python3.12 -X frozen_modules=on ${LISTEN} app.py`],
    ['python3.9 app.py', `python3.9 ${LISTEN} app.py`],
    ['pypy3.11 app.py', `pypy3.11 ${LISTEN} app.py`],
  ])('%s', (program, argv) => {
    expect(started(program)).toBe(argv);
  });

  it('waits where it is told to', () => {
    expect(started('python3 app.py', true)).toBe(`python3 ${LISTEN} --wait-for-client app.py`);
  });

  it.each(['node app.js', 'python3', 'python3 -i', 'python3 -', 'python3 -m debugpy --listen 1 app.py'])(
    'is nothing for %s',
    (program) => {
      expect(started(program)).toBeUndefined();
    },
  );
});

describe('a look', () => {
  it('disturbs what is not debugpy itself, and says so', () => {
    const modes = ['debugpy', 'standalone-adapter', 'ptvsd', 'pydevd', null];
    expect(modes.map((mode) => debugpy.contact(mode).harmless)).toEqual([true, false, false, false, true]);
    expect(modes.map((mode) => debugpy.handshake?.disturbs(mode) === null)).toEqual([true, false, false, false, false]);
  });
});

describe('a failed start', () => {
  const LISTEN = "RuntimeError: Can't listen for client connections:";

  // What debugpy 1.6.3 printed.
  it.each([
    [`${LISTEN} [Errno 98] Address already in use`, 'address-in-use'],
    [`${LISTEN} [Errno 13] Permission denied`, 'permission-denied'],
    [`${LISTEN} [Errno 99] Cannot assign requested address`, 'address-not-available'],
    [`${LISTEN} [Errno -2] Name or service not known`, 'name-not-resolved'],
    ['Error: invalid --listen <address>: invalid port number', 'invalid-argument'],
    ['/usr/bin/python3: No module named debugpy', 'dependency-missing'],
    ["ModuleNotFoundError: No module named 'debugpy'", 'dependency-missing'],
    ["PermissionError: [Errno 13] Permission denied: '/var/log/debugpy.server-22084.log'", 'permission-denied'],
    // The program's own.
    ['OSError: [Errno 98] Address already in use', undefined],
    ["PermissionError: [Errno 13] Permission denied: '/var/log/app.log'", undefined],
    ["ModuleNotFoundError: No module named 'flask'", undefined],
  ])('%s', (line, symptom) => {
    expect(debugpy.startFailures.find(({ says }) => line.includes(says))?.symptom).toBe(symptom);
  });
});
