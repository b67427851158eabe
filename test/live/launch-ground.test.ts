import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import check from '../../checks/file-descriptors-are-left.js';
import { evaluateChecks } from '../../src/engine/evaluate.js';
import { observed } from '../../src/model/observation.js';
import type { CheckResult } from '../../src/model/report.js';
import { target } from '../remedies/samples.js';
import { PYTHON } from './lab/debuggers.js';
import { expectCause, expectHealthy, runCli, runDoctor, type Examination } from './lab/doctor.js';
import { claimPort, SYSTEM_PATH } from './lab/holders.js';
import type { Place } from './lab/place.js';
import { canRun, useScene } from './lab/scene.js';

const scene = useScene();
const hasPython = canRun('what a launch needs', PYTHON);
const mayIsolate = canRun(
  'what a launch needs, as other users and in namespaces',
  'root',
  'ip',
  'setpriv',
  'unshare',
  PYTHON,
);

/** An address of a block that is set aside for documentation: no machine has it. */
const FOREIGN = '203.0.113.77';

/** Would debugpy start there? */
function launchAt(where: string | number, place: Place = {}, ...rest: string[]): Promise<Examination> {
  const system = { ...place, env: { PATH: SYSTEM_PATH, ...place.env } };
  return runDoctor(['check', String(where), '--request', 'launch', '--adapter', 'debugpy', ...rest], system);
}

/** Would debugpy start as this configuration says? */
function launchFrom(settings: object, place: Place = {}): Promise<Examination> {
  const file = join(scene.folder(), 'debugpy_config.json');
  writeFileSync(file, JSON.stringify(settings));
  const system = { ...place, env: { PATH: SYSTEM_PATH, ...place.env } };
  return runDoctor(['check', '--config', file, '--request', 'launch'], system);
}

describe.runIf(hasPython)('healthy launches without a finding', () => {
  it('of debugpy on a free port', async () => {
    const port = claimPort();
    expectHealthy(await launchAt(port, {}, '--', PYTHON, '-m', 'debugpy', '--listen', `127.0.0.1:${port}`, 'app.py'));
  });

  it('of debugpy where its configuration says', async () => {
    const port = claimPort();
    const file = join(scene.folder(), 'logs', 'debugpy.log');
    const examination = await launchFrom({ server: { host: '127.0.0.1', port }, logging: { file } });
    expectHealthy(examination);
    expect(examination.target.target).toMatchObject({ port, serverLogFile: file });
  });

  it('of Node', async () => {
    const port = claimPort();
    expectHealthy(await launchAt(port, {}, '--adapter', 'node', '--', process.execPath, `--inspect=${port}`, 'app.js'));
  });

  it('on IPv6', async () => {
    expectHealthy(await launchAt(`[::1]:${claimPort()}`));
  });

  it.runIf(mayIsolate)('of an ordinary user', async () => {
    expectHealthy(await launchAt(claimPort(), { user: 'nobody' }));
  });

  it.runIf(mayIsolate)('on a low port that the system lets anybody have', async () => {
    const space = scene.namespace();
    space.run('sysctl', '-qw', 'net.ipv4.ip_unprivileged_port_start=80');
    expectHealthy(await launchAt('127.0.0.1:80', { namespace: space.name, user: 'nobody' }));
  });
});

describe.runIf(hasPython)('addresses and ports', () => {
  it.runIf(mayIsolate)('a port below the limit is for root', async () => {
    const space = scene.namespace();
    const { args } = expectCause(
      await launchAt('127.0.0.1:80', { namespace: space.name, user: 'nobody' }),
      'privileged-port',
    );
    expect(args).toMatchObject({ port: 80, limit: 1024, user: 'nobody', freePort: 5678 });
    expectHealthy(await launchAt('127.0.0.1:80', { namespace: space.name }));
  });

  it('an address that the machine does not have', async () => {
    const examination = await launchAt(`${FOREIGN}:${claimPort()}`);
    expect(expectCause(examination, 'address-not-on-this-machine').args).toMatchObject({ address: FOREIGN });
    expect(examination.target.diagnosis.symptom).toMatchObject({
      id: 'address-not-available',
      errno: { name: 'EADDRNOTAVAIL' },
    });
  });

  it.runIf(mayIsolate)('an IPv6 address where IPv6 is switched off', async () => {
    const space = scene.namespace();
    space.run('sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
    expectCause(await launchAt(`[::1]:${claimPort()}`, { namespace: space.name }), 'ipv6-disabled');
  });

  it('a port that no machine has', async () => {
    expect(expectCause(await launchAt('127.0.0.1:70000'), 'invalid-address-syntax').args).toMatchObject({
      port: 70_000,
    });
  });

  it('a port that Node refuses to anybody', async () => {
    expect(
      expectCause(await launchAt('127.0.0.1:80', {}, '--adapter', 'node'), 'invalid-address-syntax').args,
    ).toMatchObject({ limit: 1024 });
  });

  it.runIf(mayIsolate)('a name that does not resolve', async () => {
    const { name } = scene.namespace({ files: { hosts: '127.0.0.1 localhost\n', 'nsswitch.conf': 'hosts: files\n' } });
    expectCause(await launchAt(`nosuch.invalid:${claimPort()}`, { namespace: name }), 'name-does-not-resolve');
  });

  it.each(['0.0.0.0', '[::]'])('%s lets everybody in: a warning', async (host) => {
    const port = claimPort();
    const examination = await launchAt(`${host}:${port}`);
    expect(examination.causes).toEqual(['debug-port-exposed']);
    expect(examination.target.diagnosis.rootCauses[0]?.severity).toBe('warning');
    expect(examination).toMatchObject({ exitCode: 0, target: { status: 'healthy' } });
    expect((await launchAt(`${host}:${port}`, {}, '--fail-on', 'warning')).exitCode).toBe(1);
  });

  it('a wildcard address that the configuration means', async () => {
    expectHealthy(
      await launchFrom({ server: { host: '0.0.0.0', port: claimPort() }, security: { allowed_hosts: ['10.0.0.0/8'] } }),
    );
  });
});

describe.runIf(hasPython)('programs', () => {
  it('an interpreter without debugpy, beside one that has it', async () => {
    const folder = scene.folder();
    execFileSync(PYTHON, ['-m', 'venv', '--without-pip', folder]);
    const interpreter = join(folder, 'bin/python3');
    const found = expectCause(
      await launchAt(claimPort(), {}, '--', interpreter, 'app.py'),
      'debugger-missing-in-interpreter',
    );
    expect(found).toMatchObject({
      confidence: 'certain',
      args: { interpreter, otherInterpreter: PYTHON, canInstall: false },
    });
  });

  it('an interpreter that is not there', async () => {
    const interpreter = join(scene.folder(), 'bin/python3');
    const examination = await launchAt(claimPort(), {}, '--', interpreter, 'app.py');
    expect(expectCause(examination, 'interpreter-not-found')).toMatchObject({
      confidence: 'certain',
      args: { interpreter },
    });
    expect(examination.target.diagnosis.symptom).toMatchObject({ id: 'dependency-missing' });
  });
});

describe.runIf(mayIsolate)('rights and resources', () => {
  it('a log in a folder of somebody else', async () => {
    const folder = scene.folder();
    const file = join(folder, 'debugpy.log');
    const settings = { server: { port: claimPort() }, logging: { file } };
    const { args } = expectCause(await launchFrom(settings, { user: 'nobody' }), 'log-file-not-writable');
    expect(args).toMatchObject({ file, directory: folder, user: 'nobody' });
    expectHealthy(await launchFrom(settings));
  });

  it('a log file of somebody else, and a log that is a folder', async () => {
    const folder = scene.folder();
    const file = join(folder, 'debugpy.log');
    writeFileSync(file, '', { mode: 0o644 });
    const settings = (log: string): object => ({ server: { port: claimPort() }, logging: { file: log } });
    expectCause(await launchFrom(settings(file), { user: 'nobody' }), 'log-file-not-writable');
    expectCause(await launchFrom(settings(folder)), 'log-file-not-writable');
  });

  it('a disk without space', async () => {
    const folder = scene.folder();
    const script = 'mount -t tmpfs -o size=64k none "$0" && head -c 65536 /dev/zero >"$0/full"; cd "$0" && exec "$@"';
    const through = ['unshare', '--mount', 'sh', '-c', script, folder];
    const { args } = expectCause(await launchAt(claimPort(), { through }), 'disk-full');
    expect(args).toMatchObject({ directory: folder });
  });

  it('a disk without inodes', async () => {
    const folder = scene.folder();
    const script = 'mount -t tmpfs -o size=1m,nr_inodes=2 none "$0" && touch "$0/last"; cd "$0" && exec "$@"';
    const through = ['unshare', '--mount', 'sh', '-c', script, folder];
    expect(expectCause(await launchAt(claimPort(), { through }), 'disk-full').args).toMatchObject({
      directory: folder,
    });
  });

  /** Runs the doctor from a shell with this limit. */
  const withFiles = (limit: number): readonly string[] => [
    'sh',
    '-c',
    'ulimit -n "$0" && "$@"; exit $?',
    String(limit),
  ];

  it('too few open files for a program started here', async () => {
    const limit = 30;
    const examination = await launchAt(claimPort(), { through: withFiles(limit) }, '--adapter', 'node');
    expect(expectCause(examination, 'file-descriptors-exhausted').args).toMatchObject({ limit });
  });

  it('enough open files', async () => {
    expectHealthy(await launchAt(claimPort(), { through: withFiles(64) }, '--adapter', 'node'));
  });

  it('too few open files even for the doctor: whatever it says, not that all is well', async () => {
    const args = ['check', String(claimPort()), '--request', 'launch', '--adapter', 'node'];
    for (const limit of [18, 20, 22, 24]) {
      const { exitCode } = await runCli(args, { through: withFiles(limit) });
      expect(exitCode, `${limit} files`).toBeGreaterThan(0);
    }
  });
});

describe('the files of the whole system', () => {
  const judge = (systemOpenFiles: number): CheckResult | undefined => {
    const limits = observed({ systemOpenFiles, systemOpenFilesLimit: 1000, ownOpenFilesLimit: 1024 });
    return evaluateChecks([check], { limits }, {}, target({ request: 'launch' }))[0]?.result;
  };

  it('are used up at the limit, and not before', () => {
    expect(judge(1000)).toMatchObject({
      outcome: 'fail',
      findings: [{ cause: 'file-descriptors-exhausted', args: { used: 1000, limit: 1000 } }],
    });
    expect(judge(999)).toMatchObject({ outcome: 'pass' });
  });
});
