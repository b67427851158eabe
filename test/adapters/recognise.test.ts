import { describe, expect, it } from 'vitest';
import { recogniseCommand } from '../../src/adapters/index.js';

/** A command line in one string; arguments do not hold spaces here. */
function recognised(line: string): string | null {
  const found = recogniseCommand(line.split(' '));
  if (found === null) return null;
  const { adapter, role, host, port, servesProgram, takesOneClient } = found;
  return [
    adapter,
    role,
    host ?? '?',
    port ?? '?',
    ...(servesProgram ? ['for-program'] : []),
    ...(takesOneClient ? ['one-client'] : []),
  ].join(' ');
}

const ADAPTER = '/usr/bin/python3 /usr/lib/python3/dist-packages/debugpy/adapter';
const VSCODE = '/home/dev/.vscode/extensions/ms-python.debugpy-2025.8.0/bundled/libs/debugpy';

describe('debugpy', () => {
  it.each([
    ['/usr/bin/python3 -m debugpy --listen 127.0.0.1:5678 app.py', 'debugpy program 127.0.0.1 5678 one-client'],
    ['python -m debugpy --listen 5678 --wait-for-client -m flask run', 'debugpy program ? 5678 one-client'],
    ['python3.12 -X frozen_modules=off -m debugpy --listen [::1]:5678 app.py', 'debugpy program ::1 5678 one-client'],
    [
      'python3 -Xfrozen_modules=off -Im debugpy --log-to /tmp/logs --listen 0.0.0.0:5678 app.py',
      'debugpy program 0.0.0.0 5678 one-client',
    ],
    ['python3 -m debugpy --configure-subProcess False --listen 5678 app.py', 'debugpy program ? 5678 one-client'],
    [
      '/opt/venv/bin/python /opt/venv/bin/debugpy --listen localhost:5678 app.py',
      'debugpy program localhost 5678 one-client',
    ],
    ['pypy3 /opt/debugpy/__main__.py --listen 5678 app.py', 'debugpy program ? 5678 one-client'],
    [String.raw`C:\Python312\python.exe -m debugpy --listen 5678 app.py`, 'debugpy program ? 5678 one-client'],
    [
      `${ADAPTER} --for-server 44171 --host 127.0.0.1 --port 5678 --server-access-token abc`,
      'debugpy adapter 127.0.0.1 5678 for-program one-client',
    ],
    [`/usr/bin/python3 ${VSCODE}/adapter --host 127.0.0.1 --port 5678`, 'debugpy adapter 127.0.0.1 5678 one-client'],
    ['python3 -m debugpy.adapter --port 5678', 'debugpy adapter ? 5678 one-client'],
    [String.raw`C:\Python312\python.exe c:\ext\debugpy\adapter --port 5678`, 'debugpy adapter ? 5678 one-client'],
  ])('%s', (line, expected) => {
    expect(recognised(line)).toBe(expected);
  });

  it.each([
    'python3 -m debugpy --connect 127.0.0.1:5678 app.py',
    'python3 -m debugpy --connect 127.0.0.1:5678 app.py --listen 9000',
    'python3 -m debugpy --pid 1234',
    'python3 app.py -m debugpy --listen 5678',
    'python3 setup.py debugpy --listen 5678',
    'python3 -c import-debugpy --listen 5678',
    'python3 -m pytest debugpy --listen 5678',
    'python3 -m http.server 5678',
    'pip install debugpy --listen 5678',
    'grep debugpy/adapter --port 5678',
    'vim /usr/lib/debugpy/adapter',
    `python3 ${VSCODE}/adapter2 --port 5678`,
    'python3',
  ])('is not %s', (line) => {
    expect(recognised(line)).toBeNull();
  });
});

describe('node', () => {
  it.each([
    ['node --inspect app.js', 'node server ? 9229'],
    ['/usr/local/bin/node --inspect-brk=0.0.0.0:9230 app.js', 'node server 0.0.0.0 9230'],
    ['nodejs --inspect-wait=9231 app.js', 'node server ? 9231'],
    ['node --enable-source-maps --inspect=[::1]:9229 app.js', 'node server ::1 9229'],
    ['node -r ts-node/register --inspect src/app.ts', 'node server ? 9229'],
    ['node --import tsx --inspect=9300 src/app.ts', 'node server ? 9300'],
    ['node --inspect=127.0.0.1:9229 --inspect-port=9230 worker.js', 'node server 127.0.0.1 9230'],
    ['node --inspect=9000 --inspect=9001 app.js', 'node server ? 9001'],
    ['node -e setInterval --inspect', 'node server ? 9229'],
    ['node --inspect=0 app.js', 'node server ? 0'],
    [String.raw`C:\node\node.exe --inspect app.js`, 'node server ? 9229'],
  ])('%s', (line, expected) => {
    expect(recognised(line)).toBe(expected);
  });

  it.each([
    'node app.js --inspect',
    'node -r ts-node/register app.ts --inspect',
    'node /usr/bin/nodemon --inspect app.js',
    'node --inspect-port=9230 app.js',
    'node --inspect-publish-uid=http app.js',
    'node -- --inspect',
    'node --require --inspect',
    'npm run dev --inspect',
    'nodemon --inspect app.js',
    'node',
  ])('is not %s', (line) => {
    expect(recognised(line)).toBeNull();
  });
});

describe('delve', () => {
  it.each([
    ['/go/bin/dlv dap --listen=127.0.0.1:38697 --log-dest=3', 'delve server 127.0.0.1 38697 one-client'],
    ['dlv debug --headless --listen=:2345 --api-version=2 ./cmd', 'delve server 0.0.0.0 2345 one-client'],
    ['dlv exec ./app --headless=true -l 0.0.0.0:2345 --accept-multiclient', 'delve server 0.0.0.0 2345'],
    ['dlv attach 4242 --headless --listen [::]:2345', 'delve server :: 2345 one-client'],
  ])('%s', (line, expected) => {
    expect(recognised(line)).toBe(expected);
  });

  it.each(['dlv debug ./cmd', 'dlv debug ./cmd -- --headless --listen=:2345', 'dlv version', 'dlv'])(
    'is not %s',
    (line) => {
      expect(recognised(line)).toBeNull();
    },
  );
});

describe('jdwp', () => {
  it.each([
    [
      'java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 -jar app.jar',
      'jdwp server 0.0.0.0 5005 one-client',
    ],
    [
      '/usr/bin/java -Xmx1g -agentlib:jdwp=transport=dt_socket,server=y,address=5005 Main',
      'jdwp server ? 5005 one-client',
    ],
    [
      'java -Xdebug -Xrunjdwp:transport=dt_socket,address=127.0.0.1:8000,server=y Main',
      'jdwp server 127.0.0.1 8000 one-client',
    ],
  ])('%s', (line, expected) => {
    expect(recognised(line)).toBe(expected);
  });

  it.each([
    'java -agentlib:jdwp=transport=dt_socket,server=n,address=10.0.0.1:5005 Main',
    'java -agentlib:hprof=server=y Main',
    'java -jar app.jar',
    'javac -agentlib:jdwp=transport=dt_socket,server=y,address=5005',
  ])('is not %s', (line) => {
    expect(recognised(line)).toBeNull();
  });
});

describe('gdbserver and lldb', () => {
  it.each([
    ['gdbserver 127.0.0.1:2345 ./app', 'gdbserver server 0.0.0.0 2345 one-client'],
    ['/usr/bin/gdbserver --multi :2345', 'gdbserver server 0.0.0.0 2345 one-client'],
    ['gdbserver --attach :2345 4242', 'gdbserver server 0.0.0.0 2345 one-client'],
    ['lldb-server gdbserver 127.0.0.1:1234 -- ./app', 'lldb server 127.0.0.1 1234 one-client'],
    ['lldb-server-14 platform --listen *:1234 --server', 'lldb server 0.0.0.0 1234'],
  ])('%s', (line, expected) => {
    expect(recognised(line)).toBe(expected);
  });

  it.each(['gdb ./app', 'lldb ./app', 'vi gdbserver'])('is not %s', (line) => {
    expect(recognised(line)).toBeNull();
  });
});

it('takes no other command line for a debug server', () => {
  expect(recogniseCommand([])).toBeNull();
  expect(recogniseCommand([''])).toBeNull();
  expect(recogniseCommand(['nginx: master process /usr/sbin/nginx --inspect'])).toBeNull();
});
